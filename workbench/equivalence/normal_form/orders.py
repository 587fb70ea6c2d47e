"""Rules on ORDER BY: keys that decide nothing."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import Name, closure
from workbench.equivalence.normal_form.facts import Facts

# Types whose equal values are identical: after such a key, what it determines is fixed.
_EXACT = ("integer", "bigint", "smallint", "text", "character varying", "uuid", "date", "timestamp", "boolean")


def determined_order_key(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """An order key that the keys before it determine decides nothing."""
    order = node.args.get("order")
    if order is None or node.args.get("group") or node.args.get("distinct") or not isinstance(node, exp.Select):
        return None
    known: set[Name] = set()
    outputs = {part.alias_or_name: part.unalias() for part in node.expressions}
    for index, ordered in enumerate(order.expressions):
        key = ordered.this
        if isinstance(key, exp.Column) and not key.table:
            key = outputs.get(key.name, key)
        if isinstance(key, exp.Column) and key.table:
            if (key.table, key.name) in closure(known, node, facts) and known:
                changed = node.copy()
                kept = [k for i, k in enumerate(changed.args["order"].expressions) if i != index]
                changed.args["order"].set("expressions", kept)
                return changed
            column = facts.column(key)
            if column is not None and column.type.startswith(_EXACT) and column.collation is None:
                known.add((key.table, key.name))
    return None


def null_test_before_key(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """ORDER BY x IS NULL, x is ORDER BY x NULLS LAST; with the test descending, NULLS FIRST."""
    keys = node.expressions
    for index in range(len(keys) - 1):
        test, key = keys[index], keys[index + 1]
        read = _null_test(test.this)
        if read is not None and read[0] in (key.this, _output(node, key.this)):
            changed = node.copy()
            first = bool(test.args.get("desc")) != read[1]
            changed.expressions[index + 1].set("nulls_first", first)
            changed.set("expressions", [k for i, k in enumerate(changed.expressions) if i != index])
            return changed
    return None


def _null_test(node: exp.Expr) -> tuple[exp.Expr, bool] | None:
    """What a key asks to be NULL, and whether it asks for the opposite; also as CASE … THEN 1 ELSE 0."""
    if isinstance(node, exp.Paren):
        return _null_test(node.this)
    if isinstance(node, exp.Not):
        inner = _null_test(node.this)
        return (inner[0], not inner[1]) if inner else None
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        return node.this, bool(node.args.get("negate"))
    if isinstance(node, exp.Case) and not node.this and len(node.args["ifs"]) == 1:
        branch, default = node.args["ifs"][0], node.args.get("default")
        inner = _null_test(branch.this)
        pair = tuple(n.name for n in (branch.args["true"], default) if isinstance(n, exp.Literal) and not n.is_string)
        if inner is not None and pair in (("1", "0"), ("0", "1")):
            return inner[0], inner[1] != (pair == ("0", "1"))
    return None


def _output(order: exp.Expr, key: exp.Expr) -> exp.Expr:
    """The expression that a key which is an output's name stands for."""
    select = order.parent
    if isinstance(select, exp.Select) and isinstance(key, exp.Column) and not key.table:
        return next((e.unalias() for e in select.expressions if e.alias_or_name == key.name), key)
    return key
