"""Are two relations the same bag? Terms are paired by bijections of their rows under which z3 proves them equal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.alignment import alignments, signature, with_membership
from workbench.equivalence.proof.determined import determines
from workbench.equivalence.proof.reasoning import Goal, Reasoner
from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    FALSE,
    TRUE,
    Agg,
    App,
    Const,
    Exists,
    Expr,
    Opaque,
    Source,
    Term,
    Terms,
    boolean,
    negate,
    same,
)
from workbench.equivalence.proof.workspace import open_distinct

NESTING = 4  # how deep aggregates inside aggregates are compared
PAIRS = 40  # pairs of aggregates compared for one question


@dataclass
class Matcher:
    """Compares relations of one proof."""

    catalog: Catalog
    reasoner: Reasoner
    depth: int = 0
    reasons: dict[str, None] = field(default_factory=dict)

    def bags(self, left: Terms, right: Terms, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Whether both relations hold the same rows equally often, wherever ``context`` is true of ``rows``."""
        if _text(left) == _text(right):
            return True
        ours, theirs = self._unpaired(left, right, rows, context)
        if ours or theirs:
            ours, theirs = self._possible(ours, rows, context), self._possible(theirs, rows, context)
        if not ours and not theirs:
            return True
        return self._merged(ours, theirs, rows, context) or self._sets(ours, theirs, rows, context)

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
        if not self._opaque_sources(left, right, rows, context):
            return False
        ours, theirs = with_membership(left), with_membership(right)
        scope = {**rows, **dict(left.sources)}
        outputs: list[Goal] = list(zip(ours.outputs, theirs.outputs, strict=True))
        return self.implies(scope, [*context, *ours.where], [*theirs.where, *outputs]) and self.implies(
            scope, [*context, *theirs.where], [*ours.where]
        )

    def _opaque_sources(self, left: Term, right: Term, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Relations known only as functions of others are the same where those are."""
        for (_, ours), (_, theirs) in zip(sorted(left.sources), sorted(right.sources), strict=True):
            if isinstance(ours, Opaque) and isinstance(theirs, Opaque):
                pairs = zip(ours.bodies, theirs.bodies, strict=True)
                if ours.what != theirs.what or not all(self.bags(a, b, rows, context) for a, b in pairs):
                    return False
        return True

    def _merged(self, left: list[Term], right: list[Term], rows: dict[int, Source], context: list[Expr]) -> bool:
        """Terms over the same sources that exclude each other are one term with a CASE: compare them together."""
        groups = {signature(t) for t in (*left, *right)}
        return len(left) + len(right) > 2 and all(
            self._groups([t for t in left if signature(t) == g], [t for t in right if signature(t) == g], rows, context)
            for g in groups
        )

    def _groups(self, left: list[Term], right: list[Term], rows: dict[int, Source], context: list[Expr]) -> bool:
        if not left or not right:
            return False
        first = left[0]
        ours = [first, *(next(alignments(first, t)) for t in left[1:])]
        theirs = [next(alignments(first, t)) for t in right]
        if not all(self._opaque_sources(first, t, rows, context) for t in (*ours, *theirs)):
            return False
        scope = {**rows, **dict(first.sources)}
        ours, theirs = [with_membership(t) for t in ours], [with_membership(t) for t in theirs]
        return (
            self._exclusive(ours, scope, context)
            and self._exclusive(theirs, scope, context)
            and self._cover(ours, theirs, scope, context)
        )

    def _exclusive(self, terms: list[Term], scope: dict[int, Source], context: list[Expr]) -> bool:
        pairs = [(a, b) for i, a in enumerate(terms) for b in terms[i + 1 :]]
        return all(self.reasoner.implies(scope, [*context, *a.where, *b.where], [FALSE]) for a, b in pairs)

    def _cover(self, left: list[Term], right: list[Term], scope: dict[int, Source], context: list[Expr]) -> bool:
        ours, theirs = (boolean("or", FALSE, *(boolean("and", TRUE, *t.where) for t in side)) for side in (left, right))
        if not (
            all(self.implies(scope, [*context, *t.where], [theirs]) for t in left)
            and all(self.implies(scope, [*context, *t.where], [ours]) for t in right)
        ):
            return False
        return all(
            self.implies(scope, [*context, *a.where, *b.where], list(zip(a.outputs, b.outputs, strict=True)))
            for a in left
            for b in right
        )

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
        """Pairs of aggregates whose equality would help with a goal."""
        if self.depth >= NESTING:
            return []
        if isinstance(goal, tuple):
            pairs = [(a, b) for a in top_aggregates(goal[0]) for b in top_aggregates(goal[1])]
        else:
            given = [p for h in hypotheses for p in top_aggregates(h)]
            wanted = top_aggregates(goal)
            pairs = [(a, b) for i, a in enumerate(wanted) for b in (*wanted[i + 1 :], *given)]
        return [(a, b) for a, b in dict.fromkeys(pairs) if _comparable(a, b)][:PAIRS]

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
            found = tuple(
                replace(
                    t, where=(*t.where, *(same(a, b) for a, b in zip(t.outputs, term.outputs, strict=True))), outputs=()
                )
                for t in (o for r in freshen(right) for o in open_distinct(r))
            )
            if not self.implies({**rows, **dict(term.sources)}, [*context, *whole.where], [Exists(found)]):
                return False
        return True

    def _sums(self, left: Term, right: Term, rows: dict[int, Source], context: list[Expr]) -> bool:
        """Two sums over the same rows are equal where each row contributes the same to both."""
        for other in alignments(left, right):
            scope = {**rows, **dict(left.sources)}
            if self._opaque_sources(left, other, rows, context) and self.implies(
                scope, context, [(contribution(left), contribution(other))]
            ):
                return True
        return False


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


def _text(terms: Terms) -> str:
    shape = Shape()
    return shape.terms(terms) + repr(list(shape.free))
