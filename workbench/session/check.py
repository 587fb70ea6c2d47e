"""``check()``: every judged thing of a project as one list of items, with its summary and its JUnit form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from workbench.diagnostic import Diagnostic, Origin
from workbench.display import Cell, Displayed, Grid, Page
from workbench.display.frame import dataframe
from workbench.session.records import diagnostic_record, verdict_record
from workbench.session.tables.model import verdict_badge
from workbench.verdict import AttributeWitness, Different, Undecided, Verdict

if TYPE_CHECKING:
    import pandas as pd

HEADINGS = ("kind", "item", "verdict", "how", "notes", "where")


@dataclass(frozen=True)
class Item:
    """One judged thing: a model's table, a queryset, a permission. ``ms`` is the time its judgement took."""

    id: str
    kind: str
    verdict: Verdict
    origin: Origin | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    ms: float = 0.0

    def as_record(self) -> dict[str, Any]:
        """The item of ``workbench check --json``."""
        return {
            "id": self.id,
            "kind": self.kind,
            "origin": {"file": self.origin.file, "line": self.origin.line} if self.origin else None,
            **verdict_record(self.verdict),
            "diagnostics": [diagnostic_record(diagnostic) for diagnostic in self.diagnostics],
            "ms": round(self.ms, 1),
        }


@dataclass(frozen=True)
class CheckView(Displayed):
    """All items of a check; it holds where nothing differs."""

    items: tuple[Item, ...]

    @property
    def holds(self) -> bool:
        """No item is different. Undecided ones are listed, and do not fail the check."""
        return all(item.verdict.word != "different" for item in self.items)

    @property
    def summary(self) -> dict[str, dict[str, int]]:
        """Kind to verdict to how many."""
        counts: dict[str, Counter[str]] = {}
        for item in self.items:
            counts.setdefault(item.kind, Counter())[item.verdict.word] += 1
        return {kind: dict(words) for kind, words in counts.items()}

    def page(self) -> Page:
        """The summary, then a row an item."""
        words = ("equivalent", "different", "undecided")
        totals: tuple[tuple[Cell, ...], ...] = tuple(
            (kind, *(found.get(word, 0) for word in words)) for kind, found in self.summary.items()
        )
        return Page("Check", (Grid(("kind", *words), totals), Grid(HEADINGS, self._rows())))

    def to_dataframe(self) -> pd.DataFrame:
        """One row an item."""
        return dataframe(Grid(HEADINGS, self._rows()))

    def as_record(self) -> dict[str, Any]:
        """The JSON of ``workbench check``."""
        return {"summary": self.summary, "items": [item.as_record() for item in self.items]}

    def to_junit(self) -> str:
        """A JUnit report: different fails, undecided is skipped with its reasons."""
        suite = ElementTree.Element("testsuite", name="workbench", tests=str(len(self.items)))
        for item in self.items:
            case = ElementTree.SubElement(
                suite, "testcase", classname=item.kind, name=item.id, time=f"{item.ms / 1000:.3f}"
            )
            if isinstance(item.verdict, Different):
                ElementTree.SubElement(case, "failure", message=_first_difference(item.verdict))
            elif isinstance(item.verdict, Undecided):
                ElementTree.SubElement(case, "skipped", message="; ".join(item.verdict.reasons))
        return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"

    def _rows(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            (item.kind, item.id, verdict_badge(item.verdict), item.verdict.method, len(item.diagnostics), item.origin)
            for item in self.items
        )


def _first_difference(verdict: Different) -> str:
    witness = verdict.witnesses[0]
    if isinstance(witness, AttributeWitness):
        return f"{witness.subject} {witness.attribute}: {witness.left} / {witness.right}"
    return verdict.method
