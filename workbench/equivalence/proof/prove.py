"""The unbounded proof that two queries mean the same on every database of a catalog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from workbench.catalog.table import Catalog
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.proof.context import Context
from workbench.equivalence.proof.determined import determines
from workbench.equivalence.proof.lowering_query import Ordered, lower_ordered
from workbench.equivalence.proof.matching import Matcher
from workbench.equivalence.proof.notation import Notation
from workbench.equivalence.proof.reasoning import Effort, Reasoner
from workbench.equivalence.proof.relied import relied_on
from workbench.equivalence.proof.rewrite import Rewriter
from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.steps import steps
from workbench.equivalence.proof.terms import Terms, Unsupported
from workbench.equivalence.proof.traversal import require_closed
from workbench.verdict import Step


@dataclass(frozen=True, slots=True)
class Proved:
    """Both queries mean the same; ``ordering`` says as what: "bag", "list", or "list up to ties"."""

    steps: tuple[Step, ...]
    assumptions: tuple[str, ...] = ()
    ordering: str = "bag"


@dataclass(frozen=True, slots=True)
class NotProved:
    """No proof was found, for these reasons; this says nothing about a difference."""

    reasons: tuple[str, ...]


Outcome: TypeAlias = Proved | NotProved


def prove(
    left: ParsedQuery,
    right: ParsedQuery,
    catalog: Catalog,
    *,
    rlimit: int = 2_000_000,
    questions: int = 160,
    expired: Callable[[], bool] = lambda: False,
    refused: set[tuple[str, str]] | None = None,
) -> Outcome:
    """Prove that both queries yield the same rows.

    ``rlimit`` bounds z3 a question, ``questions`` their number; ``expired`` says when the caller's time is up.
    ``refused``: readings of the pair that were tried in vain, kept by a caller that asks again of the rewritten pair.
    """
    if left.dialect != right.dialect:
        return NotProved((f"one query is {left.dialect}, the other {right.dialect}: their operators differ",))
    try:
        reasoner = Reasoner(left.catalog, Effort(rlimit, questions, expired=expired))
        return _Proof(left, right, reasoner, set() if refused is None else refused).outcome()
    except Unsupported as error:
        return NotProved((str(error),))
    except RecursionError:
        return NotProved(("nested too deeply",))


@dataclass
class _Proof:
    left: ParsedQuery
    right: ParsedQuery
    reasoner: Reasoner
    refused: set[tuple[str, str]]

    def outcome(self) -> Outcome:
        ctx = Context(self.left.catalog, self.left.dialect)
        sides = [lower_ordered(ctx, q.tree, None) for q in (self.left, self.right)]
        if len(sides[0].columns) != len(sides[1].columns):
            return NotProved((f"one side has {len(sides[0].columns)} columns, the other {len(sides[1].columns)}",))
        if self.left.parameters or self.right.parameters:
            ctx.assume("a parameter has the type of what it stands beside")
        if self.left.dialect == "sqlite":
            ctx.assume("every value has the declared type of its column")
        first = self._attempt(ctx, sides, singles=False)
        if isinstance(first, Proved):
            return first
        second = self._attempt(ctx, sides, singles=True)
        return second if isinstance(second, Proved) else first

    def _attempt(self, ctx: Context, sides: list[Ordered], singles: bool) -> Outcome:
        """One reading of both sides: with the joins as they stand, or with joins to one row as scalar subqueries."""
        rewriters = [Rewriter(ctx.catalog, singles) for _ in sides]
        left, right = (rw.terms(s.terms) for rw, s in zip(rewriters, sides, strict=True))
        for terms in (left, right):
            require_closed(terms, frozenset())
        ordering = _ordering(ctx.catalog, sides, left, right)
        if ordering is None:
            return NotProved(("the two sides are ordered differently",))
        if ordering == "bag":
            left, right = (_outputs(t, len(s.columns)) for t, s in zip((left, right), sides, strict=True))
        reading = text(left), text(right)
        if reading in self.refused or not self._same(left, right):
            if not self.reasoner.effort.spent():
                self.refused.add(reading)
            return NotProved((self._reason(left, right),))
        shown = [
            Notation().ordered(terms, () if ordering == "bag" else side.directions)
            for side, terms in zip(sides, (left, right), strict=True)
        ]
        last = Step("the same rows equally often", shown[0], shown[1], relied_on(self.reasoner))
        steps = (*self._steps("left", sides[0], rewriters[0]), *self._steps("right", sides[1], rewriters[1]), last)
        assumptions = (*self.left.assumptions, *self.right.assumptions, *ctx.assumptions)
        return Proved(steps, tuple(dict.fromkeys(assumptions)), ordering)

    def _steps(self, side: str, ordered: Ordered, rewriter: Rewriter) -> tuple[Step, ...]:
        query = self.left if side == "left" else self.right
        read = Notation().ordered(ordered.terms, ordered.directions)
        return (Step(f"{side}: read as the rows it yields", query.sql, read), *steps(side, rewriter.records))

    def _same(self, left: Terms, right: Terms) -> bool:
        self.reasoner.answered.clear()
        return Matcher(self.reasoner.catalog, self.reasoner).bags(left, right, {}, [])

    def _reason(self, left: Terms, right: Terms) -> str:
        if self.reasoner.effort.spent():
            return f"no proof within {self.reasoner.effort.questions} questions to z3"
        return f"no pairing of {len(left)} with {len(right)} terms was found under which z3 proves them the same"


def _outputs(terms: Terms, width: int) -> Terms:
    return tuple(replace(t, outputs=t.outputs[:width]) for t in terms)


def _ordering(catalog: Catalog, sides: list[Ordered], left: Terms, right: Terms) -> str | None:
    """What the sort keys allow to claim; None where only one side is ordered and that may matter."""
    first, second = (s.directions for s in sides)
    if not first and not second:
        return "bag"
    if (not left and not right) or all(len(t) == 1 and determines(catalog, t[0], ()) for t in (left, right)):
        return "bag"
    if any(s.single for s in sides):
        return "bag"
    if first != second:
        return None
    width = len(sides[0].columns)
    return (
        "list"
        if all(len(t) == 1 and determines(catalog, t[0], t[0].outputs[width:]) for t in (left, right))
        else "list up to ties"
    )


def text(terms: Terms) -> str:
    """The canonical text of a relation."""
    return Shape().terms(terms)
