"""Which code is the recorded project's own; asked once for each code object, by many frames."""

import os
import sys
import sysconfig
from functools import lru_cache

_FOREIGN = ("site-packages", "dist-packages", "node_modules", "__pypackages__")
_STATE = {"root": "", "outside": ()}


def prepare(root):
    """``root``: the folder whose code is the project's, environments and Django itself left out."""
    import django

    root = os.path.join(os.path.realpath(root), "")
    nested = (sys.prefix, sysconfig.get_paths()["stdlib"], os.path.dirname(django.__file__))
    places = (os.path.join(os.path.realpath(place), "") for place in nested)
    _STATE.update(root=root, outside=tuple(place for place in places if not root.startswith(place)))


@lru_cache(maxsize=None)
def is_own(file):
    """Whether a code object's file is the project's."""
    if not file or file.startswith("<"):
        return False
    file = os.path.realpath(file)
    if not file.startswith(_STATE["root"]) or file.startswith(_STATE["outside"]):
        return False
    return not any(name in _FOREIGN for name in file[len(_STATE["root"]) :].split(os.sep)[:-1])


@lru_cache(maxsize=None)
def shown(file):
    """The file, relative to the project's root."""
    return None if file is None else os.path.realpath(file)[len(_STATE["root"]) :]
