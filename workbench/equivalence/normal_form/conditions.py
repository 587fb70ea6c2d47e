"""A rule on conditions of which only the truth counts."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.shape import truth_positions


def true_in_condition(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """Where only truth counts (WHERE, HAVING, FILTER), x IS TRUE is x and, in PostgreSQL, x IS FALSE is NOT x."""
    if not _tests(node):
        return None
    changed = node.copy()
    for test in _tests(changed):
        if test.expression.this:
            test.replace(test.this)
        elif facts.dialect == "postgres":
            test.replace(exp.Not(this=test.this))
    return changed if changed != node else None


def _tests(node: exp.Expr) -> list[exp.Expr]:
    """The tests of a truth value among the parts of which only the truth counts."""
    return [t for t in truth_positions(node.this) if isinstance(t, exp.Is) and isinstance(t.expression, exp.Boolean)]
