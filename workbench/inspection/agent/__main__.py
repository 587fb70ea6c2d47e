"""Started as ``python agent.zip``, in the project's own interpreter."""

import sys

if __name__ == "__main__":
    archive = sys.path.pop(0)  # the project's own folder takes its place; our package remembers the archive
    sys.path.insert(0, archive)
    from workbench_agent.serving import serve

    sys.path.remove(archive)
    serve()
