"""django-rules' registries: every registered name with its predicate as a tree of and, or, xor, not and atoms."""

import inspect
import sys

from . import guard_functions, places

_OPERATORS = {"AND": "and", "OR": "or", "XOR": "xor", "INVERT": "not"}
_FUNCTIONS = {}  # type: dict # name -> the functions met under it: a factory makes several of one name


def read_registered(diagnostics):
    """``[{"registry", "name", "predicate"}]`` of rules.permissions and rules.rulesets; [] without django-rules."""
    return [{"registry": kind, "name": name, "predicate": tree(predicate)} for kind, name, predicate in _registered()]


def read_predicates(diagnostics):
    """The bodies of all atoms and of the predicates they call, by key."""
    found = {}
    for _, _, predicate in _registered():
        for atom in _atoms(predicate):
            _describe(atom, found)
    return found


def _registered():
    """(kind, name, predicate) of everything registered; a project that uses django-rules has imported it by now."""
    permissions, rulesets = sys.modules.get("rules.permissions"), sys.modules.get("rules.rulesets")
    found = [("permission", name, p) for name, p in sorted(permissions.permissions.items())] if permissions else []
    return found + [("rule", name, p) for name, p in sorted(rulesets.default_rules.items())] if rulesets else found


def tree(predicate):
    """``{"op", "of"}`` for a combination, ``{"atom": key}`` for what a person wrote."""
    combination = _combination(predicate)
    if combination is None:
        return {"atom": _key(predicate)}
    operator, parts = combination
    return {"op": operator, "of": [tree(part) for part in parts]}


def _combination(predicate):
    """(operator, parts) of a combined predicate: django-rules keeps them in the closure of its function."""
    function = predicate.fn
    operator = _OPERATORS.get(getattr(function, "__name__", ""))
    if operator is None or guard_functions.module_of(function) != "rules.predicates":
        return None
    parts = guard_functions.closure(function)
    return operator, [parts["self"], parts["other"]] if "other" in parts else [parts["self"]]


def _atoms(predicate):
    combination = _combination(predicate)
    if combination is None:
        return [predicate]
    return [atom for part in combination[1] for atom in _atoms(part)]


def _key(predicate):
    """The dotted name; a lambda's with its line and label, and a number where one name stands for several functions."""
    function = predicate.fn
    name = guard_functions.dotted(function if hasattr(function, "__qualname__") else type(function))
    if "<l" in name:
        line = getattr(getattr(function, "__code__", None), "co_firstlineno", 0)
        name = "%s:%s:%s" % (name, line, predicate.name)
    same = _FUNCTIONS.setdefault(name, [])
    if not any(function is known for known in same):
        same.append(function)
    number = [function is known for known in same].index(True) + 1
    return name if number == 1 else "%s#%s" % (name, number)


def _describe(predicate, found):
    key = _key(predicate)
    if key in found:
        return
    function = predicate.fn if inspect.isfunction(predicate.fn) else None
    found[key] = _body(predicate, function)
    for meaning in found[key]["names"].values():
        describe_called(meaning.get("refers"), found)


def _body(predicate, function):
    known = {"label": predicate.name, "bind": bool(predicate.bind), "groups": []}
    if function is None:
        return dict(
            known, name=_key(predicate), origin=_no_place(predicate), source="", parameters=[], names={}, wrapped=False
        )
    groups = guard_functions.closure(function).get("groups", ())
    if guard_functions.module_of(function) == "rules.predicates":
        known["groups"] = [group for group in groups if isinstance(group, str)]
    return dict(guard_functions.body(function), **known)


def _no_place(predicate):
    return {"name": predicate.name, "file": None, "line": None}


def describe_called(name, found):
    """A plain function or predicate of the project that a body calls is read too: it can be put in its place."""
    module, _, attribute = (name or "").rpartition(".")
    value = getattr(sys.modules.get(module), attribute, None) if module else None
    function = guard_functions.predicate_function(value)
    if name in found or not inspect.isfunction(function) or guard_functions.dotted(function) != name:
        return
    if not places.is_own(function.__code__.co_filename):
        return
    found[name] = dict(guard_functions.body(function), label=function.__name__, bind=False, groups=[])
    for meaning in found[name]["names"].values():
        describe_called(meaning.get("refers"), found)
