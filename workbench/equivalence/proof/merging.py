"""Terms over the same sources that exclude each other are one term with a CASE: compared together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.equivalence.proof.alignment import alignments, signature, with_membership
from workbench.equivalence.proof.terms import FALSE, TRUE, Expr, Source, Term, boolean

if TYPE_CHECKING:
    from workbench.equivalence.proof.matching import Matcher


def merged(matcher: Matcher, left: list[Term], right: list[Term], rows: dict[int, Source], context: list[Expr]) -> bool:
    """Whether each group of terms over the same sources is, taken together, the same on both sides."""
    groups = {signature(t) for t in (*left, *right)}
    return len(left) + len(right) > 2 and all(
        _same_group(
            matcher, [t for t in left if signature(t) == g], [t for t in right if signature(t) == g], rows, context
        )
        for g in groups
    )


def _same_group(
    matcher: Matcher, left: list[Term], right: list[Term], rows: dict[int, Source], context: list[Expr]
) -> bool:
    if not left or not right:
        return False
    first = left[0]
    ours = [first, *(next(alignments(first, t)) for t in left[1:])]
    theirs = [next(alignments(first, t)) for t in right]
    if not all(matcher.opaque_sources(first, t, rows, context) for t in (*ours, *theirs)):
        return False
    scope = {**rows, **dict(first.sources)}
    ours, theirs = [with_membership(t) for t in ours], [with_membership(t) for t in theirs]
    exclusive = _exclusive(matcher, ours, scope, context) and _exclusive(matcher, theirs, scope, context)
    return exclusive and _cover(matcher, ours, theirs, scope, context)


def _exclusive(matcher: Matcher, terms: list[Term], scope: dict[int, Source], context: list[Expr]) -> bool:
    """Whether no row satisfies two of the terms."""
    pairs = [(a, b) for i, a in enumerate(terms) for b in terms[i + 1 :]]
    return all(matcher.reasoner.implies(scope, [*context, *a.where, *b.where], [FALSE]) for a, b in pairs)


def _cover(
    matcher: Matcher, left: list[Term], right: list[Term], scope: dict[int, Source], context: list[Expr]
) -> bool:
    """Whether each side's conditions imply one of the other's, and the outputs are then the same."""
    either = [boolean("or", FALSE, *(boolean("and", TRUE, *t.where) for t in side)) for side in (left, right)]
    return (
        all(matcher.implies(scope, [*context, *t.where], [either[1]]) for t in left)
        and all(matcher.implies(scope, [*context, *t.where], [either[0]]) for t in right)
        and all(
            matcher.implies(scope, [*context, *a.where, *b.where], list(zip(a.outputs, b.outputs, strict=True)))
            for a in left
            for b in right
        )
    )
