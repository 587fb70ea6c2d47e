"""Which aggregates a goal compares, and what each row adds to a sum."""

from __future__ import annotations

from workbench.equivalence.proof.alignment import with_membership
from workbench.equivalence.proof.reasoning import Goal
from workbench.equivalence.proof.terms import TRUE, Agg, App, Const, Expr, Term, boolean, negate

PAIRS = 40  # pairs of aggregates compared for one question


def candidates(hypotheses: list[Expr], goal: Goal) -> list[tuple[Agg, Agg]]:
    """Pairs of aggregates whose equality would help with a goal."""
    if isinstance(goal, tuple):
        pairs = [(a, b) for a in top_aggregates(goal[0]) for b in top_aggregates(goal[1])]
    else:
        given = [p for h in hypotheses for p in top_aggregates(h)]
        wanted = top_aggregates(goal)
        pairs = [(a, b) for i, a in enumerate(wanted) for b in (*wanted[i + 1 :], *given)]
    return [(a, b) for a, b in dict.fromkeys(pairs) if _comparable(a, b)][:PAIRS]


def contribution(term: Term) -> Expr:
    """What one row adds to a sum: its value where the conditions hold and it is not NULL, else 0."""
    whole = with_membership(term)
    value = term.outputs[0]
    zero = Const(0, value.kind) if value.kind == "int" else Const("0", value.kind)
    return App("case", (boolean("and", TRUE, *whole.where, negate(boolean("isnull", value))), value, zero), value.kind)


def top_aggregates(expr: Expr) -> list[Agg]:
    """The aggregates of an expression that no other relation encloses."""
    if isinstance(expr, Agg):
        return [expr]
    return [p for a in expr.args for p in top_aggregates(a)] if isinstance(expr, App) else []


def _comparable(left: Agg, right: Agg) -> bool:
    return left.op == right.op and left.kind == right.kind and left != right and bool(left.body) and bool(right.body)
