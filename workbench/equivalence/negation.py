"""One spelling for negated predicates: NOT around them."""

from __future__ import annotations

from sqlglot import exp


def spell_out_negation(tree: exp.Expr) -> None:
    """``x IS NOT NULL``, ``x NOT LIKE y``: sqlglot keeps some negations as a flag on the node; rules would miss it."""
    for node in list(tree.walk()):
        if node.args.get("negate"):
            plain = node.copy()
            plain.set("negate", None)
            node.replace(exp.Not(this=plain))
