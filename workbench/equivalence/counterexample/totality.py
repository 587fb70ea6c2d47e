"""Do the order keys of a query determine its rows, so that only one list is allowed?"""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import Name, closure
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.walking import find_all, has

# Types of which two values can be equal to ORDER BY and still print differently.
_LOOSE_TYPES = ("citext", "interval", "real", "double precision", "jsonb", "numeric")


def is_total(query: exp.Expr, facts: Facts) -> bool:
    """Do the order keys determine every output, so that the list of rows is the only one allowed?"""
    order = query.args.get("order")
    if _at_most_one_row(query):
        return True
    if order is None:
        return False
    if isinstance(query, exp.Select):
        return _select_is_total(query, order, facts)
    if not isinstance(query, exp.Query):
        return False
    positions = {position(key.this, query) for key in order.expressions}
    return set(range(len(query.named_selects))) <= positions


def _at_most_one_row(query: exp.Expr) -> bool:
    if not isinstance(query, exp.Select) or query.args.get("group"):
        return False
    return any(has(part, exp.AggFunc) and not has(part, exp.Window, exp.Query) for part in query.expressions)


def _select_is_total(select: exp.Select, order: exp.Expr, facts: Facts) -> bool:
    outputs = [part.unalias() for part in select.expressions]
    by_name = {part.alias_or_name: part.unalias() for part in select.expressions}
    keys = [by_name.get(k.this.name, k.this) if is_bare(k.this) else k.this for k in order.expressions]
    known = closure(
        {name_of(key) for key in keys if isinstance(key, exp.Column) and _strict(key, facts)}, select, facts
    )
    group = select.args.get("group")
    if group and all(_determined(part, known, keys) for part in group.expressions):
        return {name for name, value in group.args.items() if value} == {"expressions"}
    if group:
        return all(output in keys for output in outputs)
    return all(_determined(output, known, keys) for output in outputs)


def is_bare(node: exp.Expr) -> bool:
    return isinstance(node, exp.Column) and not node.table


def name_of(column: exp.Column) -> Name:
    return (column.table, column.name)


def _strict(column: exp.Column, facts: Facts) -> bool:
    found = facts.column(column)
    return found is not None and not found.type.startswith(_LOOSE_TYPES[:-1]) and found.type != "numeric"


def _determined(node: exp.Expr, known: set[Name], keys: list[exp.Expr]) -> bool:
    if node in keys and isinstance(node, exp.Column):
        return name_of(node) in known
    if has(node, exp.Query, exp.Window, exp.AggFunc):
        return False
    return all(name_of(column) in known for column in find_all(node, exp.Column))


def position(key: exp.Expr, query: exp.Expr) -> int:
    names = query.named_selects if isinstance(query, exp.Query) else []
    return names.index(key.name) if isinstance(key, exp.Column) and key.name in names else -1
