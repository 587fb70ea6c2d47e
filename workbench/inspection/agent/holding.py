"""What the recorder keeps of the command's objects; let go of before the interpreter ends.

Taking an interpreter down takes longer where something still holds models, fields and blocks that refer to each other:
0.05 of 0.25 s for a few apps of Django's own tests.
"""

import atexit

_held = []


def held(container):
    """A dict that is emptied at the end; what asks it then has to find anew."""
    _held.append(container)
    return container


def _let_go():
    for container in _held:
        container.clear()


def at_exit():
    """Lets go of everything when the interpreter ends, before what the command registered until now."""
    atexit.register(_let_go)
