"""Laid as ``sitecustomize.py`` into a folder at the head of PYTHONPATH: the interpreter imports it at its start.

It imports the sitecustomize that it hides, and leaves a finder that waits for Django; a process that never imports
Django pays for nothing else. What the recorder itself needs is imported only then.
"""

import sys

_AWAITED = "django.db.backends.utils"
_FOLDER = __file__.rpartition("/")[0]


class Waiting:
    """A finder that finds nothing, until Django's cursors are imported: then recording begins."""

    def find_spec(self, name, path=None, target=None):
        if name != _AWAITED:
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = Following(spec.loader)
        return spec


class Following:
    """The module's own loader, after which recording begins; the module keeps the former."""

    def __init__(self, loader):
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        try:
            _recorder().install(module)
        except Exception as error:  # the command goes on without a recording, and the workbench says so
            _say(error)


def _recorder():
    """The recorder, out of a folder that leaves ``sys.path`` again at once."""
    _keep_bytecode(_FOLDER + "/agent/workbench_agent")
    sys.path.insert(0, _FOLDER + "/agent")
    try:
        from workbench_agent import recording
    finally:
        sys.path.remove(_FOLDER + "/agent")
    return recording


def _keep_bytecode(folder):
    """Modules of ``folder`` are compiled once for all processes, also where the command's Python writes no bytecode."""
    from importlib.machinery import FileFinder, SourceFileLoader

    class Kept(SourceFileLoader):
        def get_code(self, name):
            given, sys.dont_write_bytecode = sys.dont_write_bytecode, False  # nothing else is imported meanwhile
            try:
                return super().get_code(name)
            finally:
                sys.dont_write_bytecode = given

    sys.path_importer_cache[folder] = FileFinder(folder, (Kept, [".py"]))


def _say(error):
    import os

    with open(os.path.join(os.environ["WORKBENCH_RECORD"], "%d.failed" % os.getpid()), "w") as file:
        file.write("%s: %s" % (type(error).__name__, error))


def _hidden():
    """Runs the sitecustomize that would have been imported without us, in our place."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    sys.path[:] = [entry for entry in sys.path if entry != _FOLDER]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is None or spec.loader is None:
        return
    module = module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


sys.meta_path.insert(0, Waiting())
_hidden()
