"""Querysets: how each method narrows them."""

from __future__ import annotations

import ast
from collections.abc import Callable

from workbench.policies.filtering import filtered
from workbench.policies.operands import key_column
from workbench.policies.references import Amount, Column, Given, Picked, Reference, Rows, Thing, Values, ViewerGroups
from workbench.policies.scope import Scope, unknown

# Methods that change neither which rows there are nor whether there are any
_KEEPING = {"all", "distinct", "order_by", "select_related", "prefetch_related", "only", "defer", "iterator", "reverse"}


def queried(rows: Rows, method: str, node: ast.Call, scope: Scope) -> Reference:
    """``rows.method(…)``."""
    if method in _KEEPING:
        return rows
    rule = _METHODS.get(method)
    if rule is None:
        raise unknown(node)
    return rule(rows, node, scope)


def _picked(maybe: bool) -> Callable[[Rows, ast.Call, Scope], Picked]:
    return lambda rows, node, scope: Picked(filtered(rows, node, False, scope), maybe)


def _counted(rows: Rows, node: ast.Call, scope: Scope) -> Amount:
    if node.args or node.keywords:
        raise unknown(node)
    return Amount(rows)


def _values(rows: Rows, node: ast.Call, scope: Scope) -> Values:
    """``values_list("field", flat=True)`` of a field of the element."""
    name = node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) else None
    flat = any(w.arg == "flat" and isinstance(w.value, ast.Constant) and w.value.value for w in node.keywords)
    if not isinstance(name, str) or not flat:
        raise unknown(node)
    found: Reference = rows.element
    for step in name.split("__"):
        if not isinstance(found, Thing) or found.maybe:
            raise unknown(node)
        found = scope.attribute(found, step, node)
    column = key_column(found, node, scope) if isinstance(found, Thing) else found
    if not isinstance(column, Column):
        raise unknown(node)
    return Values(rows, column)


_METHODS: dict[str, Callable[[Rows, ast.Call, Scope], Reference]] = {
    "filter": lambda rows, node, scope: filtered(rows, node, False, scope),
    "exclude": lambda rows, node, scope: filtered(rows, node, True, scope),
    "get": _picked(False),
    "first": _picked(True),
    "last": _picked(True),
    "count": _counted,
    "values_list": _values,
}


def of_groups(base: ViewerGroups, node: ast.Call, scope: Scope) -> Reference:
    """``user.groups.filter(name=…)``, ``user.groups.all()``, ``user.groups.values_list("name", flat=True)``."""
    assert isinstance(node.func, ast.Attribute)
    method = node.func.attr
    if method in _KEEPING and base.names is None:
        return base
    if method == "values_list" and base.names is None and _asks_names(node):
        return ViewerGroups(None, True)
    if method != "filter" or node.args or len(node.keywords) != 1 or base.names is not None:
        raise unknown(node)
    keyword = node.keywords[0]
    value = scope.resolve(keyword.value)
    names = value.value if isinstance(value, Given) else None
    if keyword.arg == "name" and isinstance(names, str):
        return ViewerGroups((names,))
    if keyword.arg == "name__in" and isinstance(names, tuple):
        return ViewerGroups(tuple(name for name in names if isinstance(name, str)))
    raise unknown(node)


def _asks_names(node: ast.Call) -> bool:
    name = node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) else None
    return name == "name" and any(word.arg == "flat" for word in node.keywords)
