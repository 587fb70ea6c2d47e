"""Started as ``python agent.zip``, in the project's own interpreter."""

import sys

if __name__ == "__main__":
    from workbench_agent.serving import serve

    del sys.path[0]  # the archive: our package remembers it, and the project's own folder takes its place
    sys.argv = ["manage.py", "shell"]  # settings modules look at it, some at its second item unasked
    serve()
