"""The steps of a proof: what each rule was applied to, written out once the proof has succeeded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.equivalence.proof.notation import Notation
from workbench.equivalence.proof.simplify import simplify_terms
from workbench.equivalence.proof.terms import Expr, Source, Term, Terms
from workbench.verdict import Step

NOT_NULL = "IS NULL of a value that is never NULL is false"


@dataclass(frozen=True, slots=True)
class Record:
    """A rule applied to a term or an expression, in sight of the rows of the terms around it."""

    rule: str
    before: Term | Expr
    after: Terms | Expr
    outer: dict[int, Source]
    using: tuple[str, ...]

    def step(self, side: str) -> Step:
        """The step as text; rows have one name before and after."""
        notation = Notation(self.outer)
        before, after = (_text(notation, part) for part in (self.before, self.after))
        return Step(f"{side}: {self.rule}", before, after, self.using)


def _text(notation: Notation, part: Term | Terms | Expr) -> str:
    if isinstance(part, tuple):
        return notation.relation(simplify_terms(part))
    return notation.select(part) if isinstance(part, Term) else notation.expr(part)


def steps(side: str, records: Iterable[Record]) -> tuple[Step, ...]:
    """Each step told once, each NOT NULL column once; steps that only rename are left out."""
    told: dict[Step, None] = {}
    solid: set[str] = set()
    for record in records:
        step = record.step(side)
        known = record.rule == NOT_NULL and solid.issuperset(record.using)
        if step.before != step.after and not known:
            told[step] = None
            solid |= set(record.using)
    return tuple(told)
