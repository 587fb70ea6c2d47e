"""A function of the project as data: its dotted name, place, source text, and what its names stand for."""

import ast
import inspect
import re
import textwrap
from functools import lru_cache

from . import places

_SECRET = re.compile("SECRET|KEY|TOKEN|PASSWORD|DSN|URL|DATABASE")  # settings that are not read


def closure(function):
    """The variables that a nested function took along, by name."""
    cells = getattr(function, "__closure__", None) or ()
    names = function.__code__.co_freevars if cells else ()
    return {name: cell.cell_contents for name, cell in zip(names, cells) if _filled(cell)}


def _filled(cell):
    try:
        return cell.cell_contents is cell.cell_contents
    except ValueError:  # not assigned yet
        return False


def module_of(function):
    """The module in whose namespace a function runs, whatever ``functools.wraps`` wrote on it."""
    return getattr(function, "__globals__", {}).get("__name__", "")


def made(callback, kind):
    """A view as ``as_view(**initkwargs)`` makes it, for its attributes; the class where it cannot be made so."""
    known = getattr(callback, "view_initkwargs", None) or getattr(callback, "initkwargs", None) or {}
    try:
        return kind(**known)
    except Exception:  # the project's own __init__
        return kind


def dotted(thing):
    """``module.qualname`` of a function or class."""
    return "%s.%s" % (getattr(thing, "__module__", "") or "", getattr(thing, "__qualname__", type(thing).__qualname__))


def origin(thing):
    """Where a function or class was written, in the wire form of ``Origin``."""
    code = getattr(thing, "__code__", None)
    file, line = (code.co_filename, code.co_firstlineno) if code is not None else _class_place(thing)
    return {"name": dotted(thing), "file": places.shown(file), "line": line}


@lru_cache(maxsize=None)
def _class_place(kind):
    """(file, line) of a class; remembered, since Python parses the whole file to find it."""
    try:
        return inspect.getsourcefile(kind), inspect.getsourcelines(kind)[1] or 1
    except (OSError, TypeError):
        return None, None


@lru_cache(maxsize=None)
def source(thing):
    """The text as written, dedented; "" where there is none."""
    try:
        return textwrap.dedent(inspect.getsource(thing)).rstrip()
    except (OSError, TypeError):
        return ""


def body(function):
    """Everything another room needs to read a function without running it."""
    text = source(function)
    code = function.__code__
    return {
        "name": dotted(function),
        "origin": origin(function),
        "source": text,
        "parameters": list(code.co_varnames[: code.co_argcount]),
        "names": _names(function, text),
        "wrapped": hasattr(function, "__wrapped__"),
    }


def _names(function, text):
    """What the dotted names in the source stand for: constants by value, functions and classes by dotted name."""
    try:
        tree = ast.parse(text)
    except SyntaxError:  # a lambda inside a larger statement
        return {}
    scope = dict(getattr(function, "__globals__", {}), **closure(function))
    found = {}
    for node in ast.walk(tree):
        name = _dotted_node(node)
        if name and name.partition(".")[0] in scope:
            meaning = _meaning(_resolve(scope, name))
            if meaning is not None:
                found[name] = meaning
    return found


def names_of(kind, root, text):
    """What ``self.LIMIT`` and ``self.Role.EDITOR`` stand for in a method of a class: its constants."""
    found = {}
    for node in ast.walk(ast.parse(text)):
        name = _dotted_node(node)
        if name and name.startswith(root + "."):
            meaning = _meaning(_resolve({root: kind}, name))
            if meaning is not None and "value" in meaning:
                found[name] = meaning
    return found


def method_body(kind, name):
    """A method's body with the constants of its class, and the class's own methods that it calls, by name.

    ``own``: those called as ``self.name(…)``; ``over``: those as ``super().name(…)``, where the project wrote them.
    """
    return _method_body(kind, kind, name, ())


def _method_body(kind, owner, name, within):
    """``owner``: the class from whose bases on the method is looked up."""
    bases = kind.__mro__[kind.__mro__.index(owner) :]
    holder = next(base for base in bases if name in vars(base))
    function = vars(holder)[name]
    found = dict(body(function), label="%s.%s" % (kind.__name__, name), bind=False, groups=[])
    found["names"] = dict(found["names"], **names_of(kind, "self", found["source"]))
    after = kind.__mro__[kind.__mro__.index(holder) + 1 :]
    found["own"] = _called_methods(kind, kind.__mro__, r"\bself\.(\w+)\(", found["source"], (*within, name))
    found["over"] = _called_methods(kind, after, r"\bsuper\(\)\.(\w+)\(", found["source"], within)
    return found


def _called_methods(kind, bases, pattern, text, within):
    found = {}
    for name in sorted(set(re.findall(pattern, text)) - set(within)):
        holder = next((base for base in bases if name in vars(base)), None)
        function = vars(holder)[name] if holder is not None else None
        if inspect.isfunction(function) and places.is_own(function.__code__.co_filename):
            found[name] = _method_body(kind, holder, name, within)
    return found


def _dotted_node(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = _dotted_node(node.value)
        return base and base + "." + node.attr
    return None


def _resolve(scope, name):
    """The value of a dotted name, through modules and classes only: an instance's attribute may run code."""
    first, *rest = name.split(".")
    value = scope[first]
    if type(value).__module__ == "django.conf" and len(rest) == 1 and not _SECRET.search(rest[0]):
        return getattr(value, rest[0], None)
    for attribute in rest:
        if not (inspect.ismodule(value) or inspect.isclass(value)):
            return None
        value = getattr(value, attribute, None)
    return value


def _meaning(value):
    if isinstance(value, (bool, int, str)):
        plain = next(kind for kind in (bool, str, int) if isinstance(value, kind))
        return {"value": plain(getattr(value, "value", value))}
    if isinstance(value, (list, tuple, set, frozenset)) and all(isinstance(item, (bool, int, str)) for item in value):
        return {"value": [_meaning(item)["value"] for item in value]}
    function = predicate_function(value)
    return {"refers": dotted(function)} if inspect.isclass(function) or inspect.isfunction(function) else None


def predicate_function(value):
    """The function behind a predicate of django-rules; anything else as it is."""
    return value.fn if type(value).__module__ == "rules.predicates" else value
