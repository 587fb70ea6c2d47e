"""Where classes and their attributes are written, from the source files; each file is read and parsed once."""

import ast
import sys
import textwrap
import tokenize
from functools import lru_cache

from . import places
from .naming import dotted


def class_origin(cls):
    """The origin of a class statement; without file and line where the class was made by a call."""
    found = _statement(cls)
    return _origin(dotted(cls), found and found[0], found and found[1].lineno)


def attribute_origin(cls, name):
    """The origin of ``name = …`` in the class body; of the class where the body does not assign it."""
    found = _statement(cls)
    line = found and (_assignments(found[1]).get(name) or found[1].lineno)
    return _origin(dotted(cls) + "." + name, found and found[0], line)


def meta_origin(cls, text):
    """The origin of the constant ``text`` in the Meta of the class or of the nearest base that has it."""
    for base in cls.__mro__:
        found = _statement(base)
        for line in _meta_lines(found[1], text) if found else ():
            return _origin(dotted(cls) + ".Meta", found[0], line)
    return class_origin(cls)


def class_source(cls):
    """The class statement as written, decorators included, dedented; empty where there is none."""
    found = _statement(cls)
    if not found:
        return ""
    file, node = found
    first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
    return textwrap.dedent("".join(_parsed(file)[0][first - 1 : node.end_lineno]))


def _origin(name, file, line):
    return {"name": name, "file": places.shown(file) if file else None, "line": line or None}


@lru_cache(maxsize=None)
def _statement(cls):
    """(file, ClassDef) or None."""
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    if not file or not file.endswith(".py"):
        return None
    node = _parsed(file)[1].get(cls.__qualname__)
    return (file, node) if node is not None else None


@lru_cache(maxsize=None)
def _parsed(file):
    """(lines, {qualified name: ClassDef}); empty for what cannot be read: the import has worked all the same."""
    try:
        with tokenize.open(file) as source:
            lines = source.readlines()
        tree = ast.parse("".join(lines))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return [], {}
    return lines, dict(_classes(tree, ""))


def _classes(tree, prefix):
    """Class statements by qualified name, those under ``if`` and ``try`` too; the last of a name counts."""
    for node in tree.body + getattr(tree, "orelse", []) + getattr(tree, "finalbody", []):
        if isinstance(node, ast.ClassDef):
            yield prefix + node.name, node
            yield from _classes(node, prefix + node.name + ".")
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from _classes(node, prefix)
            for handler in getattr(node, "handlers", []):
                yield from _classes(handler, prefix)


def _assignments(node):
    """{name: line} of a class body."""
    lines = {}
    for statement in node.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        lines.update((target.id, statement.lineno) for target in targets if isinstance(target, ast.Name))
    return lines


def _meta_lines(node, text):
    metas = (inner for inner in node.body if isinstance(inner, ast.ClassDef) and inner.name == "Meta")
    return (part.lineno for meta in metas for part in ast.walk(meta) if getattr(part, "value", None) == text)
