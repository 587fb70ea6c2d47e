"""One queryset on its way: compiled by Django, written as Drizzle, run on both sides, judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.diagnostic import Diagnostic
from workbench.display import Block, Code, Columns, Details, Displayed, Judgement, Notes, Page
from workbench.queries.query import Query
from workbench.session.model import dataframe, verdict_badge
from workbench.values import Wire
from workbench.verdict import Verdict

if TYPE_CHECKING:
    import pandas as pd

SHOWN_ROWS = 10


@dataclass(frozen=True)
class QueryView(Displayed):
    """A Django query beside its Drizzle form; where ``drizzle_code`` is "" the diagnostics say why."""

    text: str
    query: Query | None
    drizzle_code: str = ""
    drizzle_body: str = ""
    drizzle_sql: str = ""
    drizzle_parameters: tuple[Wire, ...] = ()
    types: str = ""
    rows: tuple[tuple[Wire, ...], ...] = ()
    verdict: Verdict | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def django_sql(self) -> str:
        """Django's own text, with its placeholders."""
        return self.query.sql if self.query else ""

    def page(self) -> Page:
        """Both sources, both SQLs, the evidence, the rows."""
        blocks: list[Block] = [
            Columns(
                (
                    Code(self.text, "python", "Django"),
                    Code(self.drizzle_body or "// not translated", "typescript", "Drizzle"),
                )
            )
        ]
        if self.query:
            blocks.append(
                Columns((self._sql("Django's SQL", self.django_sql, self.query.parameters), self._drizzle_sql()))
            )
        if self.verdict:
            blocks.append(Judgement(self.verdict))
        if self.types:
            blocks.append(Details("Types", (self._types(),)))
        if self.rows:
            blocks.append(Details("Rows, the same on both sides", (self._rows(),)))
        if self.diagnostics:
            blocks.append(Notes(self.diagnostics))
        return Page("Queryset", tuple(blocks), (verdict_badge(self.verdict),))

    def to_dataframe(self) -> pd.DataFrame:
        """The rows that both sides returned on the generated data."""
        return dataframe(self._rows())

    def as_record(self) -> dict[str, Any]:
        """The JSON form of ``workbench translate``."""
        from workbench.session.records import diagnostic_record, verdict_record

        return {
            "queryset": self.text,
            "django": {"sql": self.django_sql, "params": list(self.query.parameters) if self.query else []},
            "drizzle": {
                "code": self.drizzle_code,
                "sql": self.drizzle_sql,
                "params": list(self.drizzle_parameters),
                "types": self.types,
            },
            "diagnostics": [diagnostic_record(diagnostic) for diagnostic in self.diagnostics],
            "verdict": verdict_record(self.verdict) if self.verdict else None,
        }
