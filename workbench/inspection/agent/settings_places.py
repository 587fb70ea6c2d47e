"""Where the settings module assigns a setting, star imports followed: the statement that came last counts."""

import ast
import importlib.util
import sys
import tokenize

from . import places


def setting_origin(name):
    """The origin of ``NAME = …``; without file and line where Django's default stands or a call made the setting."""
    from django.conf import settings

    module = sys.modules.get(getattr(settings, "SETTINGS_MODULE", None) or "")
    file, line = _found(module, name, set()) or (None, None)
    return {"name": name, "file": places.shown(file), "line": line}


def _found(module, name, seen):
    """(file, line) or None."""
    file = getattr(module, "__file__", None)
    if not file or file in seen or not file.endswith(".py"):
        return None
    seen.add(file)
    for statement in reversed(list(_statements(_parsed(file)))):
        if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
            found = _found(sys.modules.get(_imported(statement, module)), name, seen)
        else:
            found = (file, statement.lineno) if name in _assigned(statement) else None
        if found:
            return found
    return None


def _statements(tree):
    """Those under ``if``, ``try`` and ``with``, too, in the order of the file."""
    for node in tree.body:
        yield node
        for part in ("body", "handlers", "orelse", "finalbody"):
            if isinstance(node, (ast.If, ast.Try, ast.With)):
                for inner in getattr(node, part, []):
                    yield from _statements(inner) if isinstance(inner, ast.ExceptHandler) else (inner,)


def _assigned(statement):
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _imported(statement, module):
    relative = "." * statement.level + (statement.module or "")
    return importlib.util.resolve_name(relative, module.__package__ or None) if statement.level else relative


def _parsed(file):
    """An empty module for what cannot be read: the import has worked all the same."""
    try:
        with tokenize.open(file) as source:
            return ast.parse(source.read())
    except (OSError, SyntaxError, UnicodeDecodeError):
        return ast.Module(body=[], type_ignores=[])
