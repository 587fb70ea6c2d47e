"""Are two relations the same bag? Terms are paired by bijections of their rows under which z3 proves them equal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.alignment import alignments, with_membership
from workbench.equivalence.proof.determined import determines
from workbench.equivalence.proof.lemmas import candidates, contribution
from workbench.equivalence.proof.merging import merged
from workbench.equivalence.proof.reasoning import Goal, Reasoner
from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    FALSE,
    Agg,
    Exists,
    Expr,
    Opaque,
    Source,
    Term,
    Terms,
    boolean,
)
from workbench.equivalence.proof.workspace import open_distinct

NESTING = 4  # how deep aggregates inside aggregates are compared


@dataclass
class Matcher:
    """Compares relations of one proof."""

    catalog: Catalog
    reasoner: Reasoner
    depth: int = 0

    def bags(self, left: Terms, right: Terms, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Whether both relations hold the same rows equally often, wherever ``context`` is true of ``rows``."""
        if _text(left) == _text(right):
            return True
        ours, theirs = self._unpaired(left, right, rows, context)
        if ours or theirs:
            ours, theirs = self._possible(ours, rows, context), self._possible(theirs, rows, context)
        if not ours and not theirs:
            return True
        return merged(self, ours, theirs, rows, context) or self._sets(ours, theirs, rows, context)

    def _unpaired(
        self, left: Terms, right: Terms, rows: dict[int, Source], context: list[Expr]
    ) -> tuple[list[Term], list[Term]]:
        """What is left of both sides once each term is taken away with one that is the same."""
        rest, unpaired = list(right), []
        for term in left:
            twin = next((i for i, other in enumerate(rest) if self._paired(term, other, rows, context)), None)
            if twin is None:
                unpaired.append(term)
            else:
                rest.pop(twin)
        return unpaired, rest

    def _sets(self, left: list[Term], right: list[Term], rows: dict[int, Source], context: list[Expr]) -> bool:
        """Relations without duplicates are the same bag where they are the same set."""
        single = len(left) == len(right) == 1
        if not single or not all(determines(self.catalog, t, t.outputs) for t in (left[0], right[0])):
            return False
        ours, theirs = tuple(left), tuple(right)
        return self.contained(ours, theirs, rows, context) and self.contained(theirs, ours, rows, context)

    def _possible(self, terms: list[Term], rows: dict[int, Source], context: list[Expr]) -> list[Term]:
        """The terms whose conditions do not contradict each other."""
        return [t for t in terms if not self._impossible(t, rows, context)]

    def _impossible(self, term: Term, rows: dict[int, Source], context: list[Expr]) -> bool:
        whole = with_membership(term)
        return self.reasoner.implies({**rows, **dict(term.sources)}, [*context, *whole.where], [FALSE])

    def _paired(self, left: Term, right: Term, rows: dict[int, Source], context: list[Expr]) -> bool:
        return any(self._equal(left, other, rows, context) for other in alignments(left, right))

    def _equal(self, left: Term, right: Term, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Over the same rows: each side's conditions imply the other's, and then the outputs are the same."""
        if not self.opaque_sources(left, right, rows, context):
            return False
        ours, theirs = with_membership(left), with_membership(right)
        scope = {**rows, **dict(left.sources)}
        outputs: list[Goal] = list(zip(ours.outputs, theirs.outputs, strict=True))
        return self.implies(scope, [*context, *ours.where], [*theirs.where, *outputs]) and self.implies(
            scope, [*context, *theirs.where], [*ours.where]
        )

    def opaque_sources(self, left: Term, right: Term, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Relations known only as functions of others are the same where those are."""
        for (_, ours), (_, theirs) in zip(sorted(left.sources), sorted(right.sources), strict=True):
            if isinstance(ours, Opaque) and isinstance(theirs, Opaque):
                pairs = zip(ours.bodies, theirs.bodies, strict=True)
                if ours.what != theirs.what or not all(self.bags(a, b, rows, context) for a, b in pairs):
                    return False
        return True

    def implies(self, rows: dict[int, Source], hypotheses: list[Expr], goals: list[Goal]) -> bool:
        """As the reasoner's, all goals at once, else one by one with the equalities of aggregates each needs."""
        if self.reasoner.implies(rows, hypotheses, goals):
            return True
        helped = {goal: pairs for goal in goals if (pairs := self._candidates(hypotheses, goal))}
        plain = [goal for goal in goals if goal not in helped]
        if not helped or not self.reasoner.implies(rows, hypotheses, plain):
            return False
        return all(self._with_lemmas(rows, hypotheses, goal, pairs) for goal, pairs in helped.items())

    def _with_lemmas(
        self, rows: dict[int, Source], hypotheses: list[Expr], goal: Goal, pairs: list[tuple[Agg, Agg]]
    ) -> bool:
        """Whether a goal follows, also from the pairs of aggregates that have the same value under the hypotheses."""
        inner = replace(self, depth=self.depth + 1)
        lemmas = tuple((a, b) for a, b in pairs if inner.aggregates(a, b, rows, hypotheses))
        return self.reasoner.implies(rows, hypotheses, [goal], lemmas)

    def _candidates(self, hypotheses: list[Expr], goal: Goal) -> list[tuple[Agg, Agg]]:
        return candidates(hypotheses, goal) if self.depth < NESTING else []

    def aggregates(self, left: Agg, right: Agg, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Whether two aggregates have the same value: of equal sums, equal sets, or equal bags, as their kind asks."""
        if left.op == "sum":
            return self._sums(left.body[0], right.body[0], rows, context)
        if left.op in ("min", "max", "single"):
            return self.contained(left.body, right.body, rows, context) and self.contained(
                right.body, left.body, rows, context
            )
        return self.bags(left.body, right.body, rows, context)

    def contained(self, left: Terms, right: Terms, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Whether every row of one relation is a row of the other."""
        for term in (o for t in left for o in open_distinct(t)):
            whole = with_membership(term)
            opened = (o for t in freshen(right) for o in open_distinct(t))
            found = tuple(_yielding(t, term.outputs) for t in opened)
            if not self.implies({**rows, **dict(term.sources)}, [*context, *whole.where], [Exists(found)]):
                return False
        return True

    def _sums(self, left: Term, right: Term, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Two sums over the same rows are equal where each row contributes the same to both."""
        for other in alignments(left, right):
            scope = {**rows, **dict(left.sources)}
            if self.opaque_sources(left, other, rows, context) and self.implies(
                scope, context, [(contribution(left), contribution(other))]
            ):
                return True
        return False


def _yielding(term: Term, outputs: tuple[Expr, ...]) -> Term:
    """The rows of a term whose outputs are the very same values (equal ones may print differently)."""
    identical = (boolean("identical", a, b) for a, b in zip(term.outputs, outputs, strict=True))
    return replace(term, where=(*term.where, *identical), outputs=())


def _text(terms: Terms) -> str:
    shape = Shape()
    return shape.terms(terms) + repr(list(shape.free))
