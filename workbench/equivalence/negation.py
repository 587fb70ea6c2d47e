"""One spelling for negated predicates: NOT around them."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.walking import ByType


def is_row(node: exp.Expr) -> bool:
    """A row value: ``(a, b)`` or ``ROW(a, b)``."""
    return isinstance(node, exp.Tuple) or (isinstance(node, exp.Anonymous) and node.name.upper() == "ROW")


def spell_out_rows(kinds: ByType) -> None:
    """``(a, b) IS NULL`` asks it of each, and so does ``(a, b) IS NOT NULL``: they are not each other's negation.

    The new tests join the nodes by type.
    """
    for node in list(kinds.get(exp.Is, ())):
        row = node.this.unnest() if isinstance(node.expression, exp.Null) else None
        if row is not None and is_row(row):
            asked = [
                exp.Is(this=part, expression=exp.Null(), negate=node.args.get("negate")) for part in row.expressions
            ]
            node.replace(exp.paren(exp.and_(*asked, copy=False), copy=False))
            kinds[exp.Is] += asked


def spell_out_negation(kinds: ByType) -> None:
    """``x IS NOT NULL``, ``x NOT LIKE y``: sqlglot keeps some negations as a flag on the node; rules would miss it."""
    for node in [node for found in kinds.values() for node in found if node.args.get("negate")]:
        node.set("negate", None)
        negation = exp.Not()
        node.replace(negation)
        negation.set("this", node)
        kinds.setdefault(exp.Not, []).append(negation)
