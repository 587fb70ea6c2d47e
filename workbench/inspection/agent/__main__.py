"""Started as ``python agent.zip``, in the project's own interpreter."""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 8):
        sys.exit("the workbench needs Python 3.8 or newer, and this interpreter is Python %d.%d" % sys.version_info[:2])

    from workbench_agent.serving import serve

    del sys.path[0]  # the archive: our package remembers it, and the project's own folder takes its place
    sys.argv = ["manage.py", "shell"]  # settings modules look at it, some at its second item unasked
    serve()
