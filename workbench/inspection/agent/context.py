"""What ``setup`` has loaded; the other operations read it."""

import contextlib
import gc

CURRENT = {}  # type: dict


def remember(**facts):
    """Keeps the facts of the loaded project: root, dialect, settings, seconds, diagnostics."""
    CURRENT.update(facts)


def root():
    """The opened folder, absolute, without a trailing separator."""
    return CURRENT["root"]


def dialect():
    """``postgres`` or ``sqlite``."""
    return CURRENT["dialect"]


def diagnostic(code, name, thing, fact, help="", fidelity="note", file=None, line=None):
    """A diagnostic in the wire form of ``workbench.diagnostic.Diagnostic``."""
    place = {"name": name, "file": file, "line": line}
    return {"code": code, "place": place, "thing": thing, "fact": fact, "help": help, "fidelity": fidelity}


@contextlib.contextmanager
def no_collection():
    """Pauses the garbage collector: loading and reading make many objects and hardly a cycle that ends."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
