"""Whether an object is in a queryset that a body returns: each of its narrowings holds of that object."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from workbench.policies.condition import Condition
from workbench.policies.filtering import filtered
from workbench.policies.gathering import among, exists
from workbench.policies.hops import all_rows
from workbench.policies.listing import listed
from workbench.policies.reasoning import FALSE, TRUE, choice, either, every, refuses
from workbench.policies.references import Helper, Known, ModelClass, Reference, Rows, Sought, Thing, Untranslatable
from workbench.policies.resolving import arguments_of, inherits
from workbench.policies.scope import Scope, unknown

# Methods that leave the rows that there are
_KEEPING = {"all", "distinct", "order_by", "select_related", "prefetch_related", "only", "defer", "reverse", "using"}
_KEEPING |= {"annotate", "alias"}
_LISTS = "guardian.shortcuts.get_objects_for_user"


def found_in(node: ast.expr | None, scope: Scope) -> Condition:
    """Whether the object that ``scope`` looks for is in the queryset."""
    if isinstance(node, ast.IfExp):
        return choice(scope.truth(node.test), found_in(node.body, scope), found_in(node.orelse, scope))
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitOr, ast.BitAnd)):
        return _together(node.left, node.right, isinstance(node.op, ast.BitOr), scope)
    if isinstance(node, ast.ListComp):
        return _picked(node, scope)
    if isinstance(node, ast.Call) and not inherits(node):
        found = _of_call(node, scope)
        if found is not None:
            return found
    if node is None:
        return FALSE  # a view without a queryset raises
    return _member(scope.resolve(node), node, scope)


def narrowed(node: ast.expr, valued: Callable[[ast.expr, Scope], Reference], scope: Scope) -> Reference:
    """The value of a name in such a body: a queryset where it is one, else what it is elsewhere."""
    try:
        return valued(node, replace(scope, sought=None))
    except Untranslatable as error:
        try:
            return Sought(found_in(node, scope))
        except Untranslatable:
            raise error from None


def _picked(node: ast.ListComp, scope: Scope) -> Condition:
    """``[row for row in rows if test]``: all rows are tested, so that none may raise."""
    first = node.generators[0]
    target = first.target.id if isinstance(first.target, ast.Name) else ""
    if len(node.generators) > 1 or not isinstance(node.elt, ast.Name) or node.elt.id != target or first.is_async:
        raise unknown(node, "is no list of rows")
    inner = replace(scope.with_name(target, _thing(scope)), sought=None)
    tests = every([inner.truth(test) for test in first.ifs])
    if refuses(tests, scope.models):
        raise unknown(node, "may raise in the middle of its rows")
    return every((found_in(first.iter, scope), tests))


def _together(left: ast.expr, right: ast.expr, either_of: bool, scope: Scope) -> Condition:
    """Both querysets are worked out: what raises in one of them raises in all."""
    parts = [found_in(left, scope), found_in(right, scope)]
    return either(parts) if either_of else every(parts)


def _of_call(node: ast.Call, scope: Scope) -> Condition | None:
    """A method of a queryset, guardian's list, or a function of the project; None for anything else."""
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in _METHODS:
        return None if _hangs(function, scope) else _METHODS[function.attr](node, function.value, scope)
    target = scope.resolve(function)
    if target == Known(_LISTS):
        return listed(node, scope)
    if isinstance(target, Helper):
        return scope.project.reader.sought(target, arguments_of(node, scope), node, scope)
    return None


def _hangs(function: ast.Attribute, scope: Scope) -> bool:
    """Whether they are rows that hang on somebody: ``user.projects.filter(…)``."""
    try:
        base = scope.resolve(function.value)
    except Untranslatable:
        return False
    return isinstance(base, Rows) and base.anchor is not None


def _filter(node: ast.Call, base: ast.expr, scope: Scope, excluded: bool = False) -> Condition:
    before = found_in(base, scope)
    thing = _thing(scope)
    rows = filtered(replace(all_rows(thing.model, scope), itself=thing), node, excluded, replace(scope, sought=None))
    if rows.anchor is not None:
        raise unknown(node, "hangs on another object")
    return every((before, exists(rows, node, scope)))


def _union(node: ast.Call, base: ast.expr, scope: Scope) -> Condition:
    return either([found_in(base, scope), *(found_in(part, scope) for part in node.args)])


_METHODS: dict[str, Callable[[ast.Call, ast.expr, Scope], Condition]] = {
    "filter": _filter,
    "exclude": lambda node, base, scope: _filter(node, base, scope, True),
    "none": lambda node, base, scope: FALSE,
    "union": _union,
    **dict.fromkeys(_KEEPING, lambda node, base, scope: found_in(base, scope)),
}


def _member(reference: Reference, node: ast.expr, scope: Scope) -> Condition:
    """The object is one of the rows."""
    thing = _thing(scope)
    if isinstance(reference, Sought):
        return reference.condition
    if isinstance(reference, ModelClass) and reference.manager and reference.label == thing.model:
        return TRUE
    if not isinstance(reference, Rows) or reference.element.model != thing.model:
        raise unknown(node, f"is no queryset of {thing.model}")
    if reference.anchor is None and reference.itself is None:
        return exists(replace(reference, itself=thing), node, scope)
    return among(thing, reference, node, scope)


def _thing(scope: Scope) -> Thing:
    assert scope.sought is not None
    return scope.sought
