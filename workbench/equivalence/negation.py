"""One spelling for negated predicates: NOT around them."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.walking import nodes


def spell_out_negation(tree: exp.Expr) -> None:
    """``x IS NOT NULL``, ``x NOT LIKE y``: sqlglot keeps some negations as a flag on the node; rules would miss it."""
    for node in nodes(tree):
        if node.args.get("negate"):
            node.set("negate", None)
            negation = exp.Not()
            node.replace(negation)
            negation.set("this", node)
