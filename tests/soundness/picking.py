"""One node of a kind, at random."""

from __future__ import annotations

from random import Random

from sqlglot import exp


def pick(tree: exp.Expr, random: Random, *kinds: type[exp.Expr]) -> exp.Expr | None:
    found = list(tree.find_all(*kinds))
    return random.choice(found) if found else None
