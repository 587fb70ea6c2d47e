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
        negated = isinstance(test.this, exp.Not)
        inner = test.this.this if negated else test.this
        is_test = isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null) and inner.this == key.this
        if is_test:
            changed = node.copy()
            first = bool(test.args.get("desc")) != negated
            changed.expressions[index + 1].set("nulls_first", first)
            changed.set("expressions", [k for i, k in enumerate(changed.expressions) if i != index])
            return changed
    return None
