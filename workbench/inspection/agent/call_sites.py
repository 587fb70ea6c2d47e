"""``call_sites``: where the project's own code builds querysets, read from the source; nothing is imported."""

import ast
import os
import re
import tokenize

from .site_visitor import SiteVisitor

# what a file must hold to be worth parsing: a manager, a shortcut that takes one, or a class with models' methods
_WORTH = re.compile(r"\b(objects|_default_manager|_base_manager|get_object_or_404|get_list_or_404|models|queryset)\b")
_SKIPPED = ("node_modules", "site-packages", "__pycache__", "migrations")


def call_sites(request):
    """``{"call_sites": [{"file", "line", "text", "model", "methods", "expression", "unread"}], "unread": […]}``.

    ``model`` is a dotted name; ``expression`` the text that can be evaluated away from its place, "" where
    ``unread`` says why there is none. ``packages``: the dotted name of each folder, as its modules were named; ``apps``
    says so where it is known: a folder may be on the path by several names, and an app has one.
    """
    found, unread, packages, apps = [], [], {}, request.get("apps", {})
    for file in sorted(_files(request["root"])):
        shown = os.path.relpath(file, request["root"])
        try:
            with tokenize.open(file) as source:
                text = source.read()
            if _WORTH.search(text):
                module = _module(file, request["paths"], apps)
                packages[os.path.dirname(file)] = _package(module, file)
                found += [dict(site, file=shown) for site in _sites(text, module)]
        except (SyntaxError, UnicodeDecodeError) as error:
            unread.append({"file": shown, "line": getattr(error, "lineno", None), "message": str(error)})
    return {"call_sites": found, "unread": unread, "packages": packages}


def _sites(text, module):
    visitor = SiteVisitor(text, module)
    visitor.visit(ast.parse(text))
    return visitor.found


def _files(root):
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not _foreign(os.path.join(folder, name), name)]
        yield from (os.path.join(folder, name) for name in files if name.endswith(".py"))


def _foreign(path, name):
    return name in _SKIPPED or name.startswith(".") or os.path.isfile(os.path.join(path, "pyvenv.cfg"))


def _module(file, paths, apps):
    """The name under its app, else under the longest sys.path entry that holds it; a package's folder is no entry."""
    app = max((path for path in apps if file.startswith(os.path.join(path, ""))), key=len, default=None)
    if app is not None:
        return _dotted([apps[app]], os.path.relpath(file, app))
    holders = [path for path in paths if file.startswith(os.path.join(path, "")) and not _is_package(path)]
    base = max(holders, key=len) if holders else _outside_packages(os.path.dirname(file))
    return _dotted([], os.path.relpath(file, base))


def _dotted(package, path):
    parts = package + path[: -len(".py")].split(os.sep)
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def _package(module, file):
    return module if os.path.basename(file) == "__init__.py" else module.rpartition(".")[0]


def _outside_packages(folder):
    """The nearest folder above that is no package."""
    while _is_package(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def _is_package(folder):
    return os.path.isfile(os.path.join(folder, "__init__.py"))
