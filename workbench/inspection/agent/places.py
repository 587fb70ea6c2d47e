"""File names as the workbench shows them, and which code is the project's own."""

import os
import sys
import sysconfig
from functools import lru_cache

from . import context

_FOREIGN = ("site-packages", "dist-packages", "node_modules", "__pypackages__")


@lru_cache(maxsize=None)
def shown(file):
    """Relative to the project's root where inside it, to its sys.path entry where not."""
    if file is None:
        return None
    file = os.path.abspath(file)
    for folder in [context.root(), *sorted(filter(os.path.isdir, sys.path), key=len, reverse=True)]:
        if os.path.join(file, "").startswith(os.path.join(os.path.abspath(folder), "")):
            return os.path.relpath(file, folder)
    return os.path.basename(file)


def is_own(file):
    """Whether a file lies inside the project's root, outside any environment and the standard library."""
    if not file or file.startswith("<"):  # "<frozen os>"
        return False
    file = os.path.abspath(file)
    if not file.startswith(os.path.join(context.root(), "")):
        return False
    folders = os.path.relpath(file, context.root()).split(os.sep)[:-1]
    return not any(name in _FOREIGN for name in folders) and not _inside_environment(file)


def _inside_environment(file):
    inside = (sys.prefix, sysconfig.get_paths()["stdlib"])
    nested = [place for place in inside if place.startswith(os.path.join(context.root(), ""))]
    return any(file.startswith(os.path.join(place, "")) for place in nested)
