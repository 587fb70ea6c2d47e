"""One queryset on its way: compiled by Django, written as Drizzle, run on both sides, judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.diagnostic import Diagnostic
from workbench.display import (
    Block,
    Cell,
    Code,
    Columns,
    Details,
    Displayed,
    Grid,
    Judgement,
    Notes,
    Page,
    Pairing,
    SideBySide,
    wire_text,
)
from workbench.display.frame import dataframe
from workbench.display.linking import linked
from workbench.display.sql_lines import sql_lines
from workbench.queries.query import Query
from workbench.session.querysets.nested_view import NestedView
from workbench.session.querysets.plans import PlanView
from workbench.session.querysets.python_types import PYTHON
from workbench.session.querysets.relating import RelationalView
from workbench.session.records import diagnostic_record, verdict_record
from workbench.session.tables.model import verdict_badge
from workbench.targets.drizzle.queries.rendering import Variant
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
    paths: tuple[str, ...] = ()  # where each output stands in a row of Drizzle's
    drizzle_sql: str = ""
    drizzle_parameters: tuple[Wire, ...] = ()
    types: tuple[tuple[str, str], ...] = ()  # name and type of each property of a row
    rows: tuple[tuple[Wire, ...], ...] = ()
    verdict: Verdict | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    clauses: tuple[Pairing, ...] = ()  # of both SQLs, each beside its counterpart
    variants: tuple[Variant, ...] = ()  # the same with other values of the call site
    prefetches: tuple[QueryView, ...] = ()  # what prefetch_related adds
    steps: tuple[QueryView, ...] = ()  # of a write that takes several: each statement alone
    nested: NestedView | None = None  # the rows with what was prefetched for them; then the verdict is on these
    relational: RelationalView | None = None  # another form, seen to give the same
    plan: PlanView | None = None  # of explain()
    first_verdict: Verdict | None = None  # of the first query alone, where others hang on it

    @property
    def django_sql(self) -> str:
        """Django's own text, with its placeholders."""
        return self.query.sql if self.query else ""

    def page(self) -> Page:
        """Both sources, both SQLs, the evidence, the rows."""
        blocks: list[Block] = [
            Columns(
                (
                    linked(Code(self.text, "python", "Django")),
                    linked(Code(self.drizzle_body or "// not translated", "typescript", "Drizzle")),
                )
            )
        ]
        if self.django_sql:
            blocks.append(self._sql())
        if self.clauses:
            blocks.append(self._clauses())
        if own := self.first_verdict or self.verdict:
            blocks.append(Judgement(own))
        if self.types and self.query and self.query.outputs:
            blocks.append(Details("Types", (self._types(),)))
        if self.plan is not None:
            blocks.append(self.plan.columns())
        blocks += [block for further in self.prefetches for block in further.as_part()]
        blocks += [Details(f"Statement {step.text}", step.as_part()) for step in self.steps]
        blocks += self._whole()
        if self.rows:
            same = self.verdict is not None and self.verdict.word == "equivalent"
            summary = "Rows, the same on both sides" if same else "Django's rows on the generated data"
            blocks.append(Details(summary, (self._rows(),)))
        if self.diagnostics:
            blocks.append(Notes(self.diagnostics))
        return Page("Queryset", tuple(blocks), (verdict_badge(self.verdict),))

    def as_part(self) -> tuple[Block, ...]:
        """A further query of a queryset: its function, both SQLs and its verdict."""
        code = linked(Code(self.drizzle_body or "// not translated", "typescript", self.text))
        verdict: tuple[Block, ...] = (Judgement(self.verdict),) if self.verdict else ()
        return code, self._sql(), *verdict

    def _whole(self) -> tuple[Block, ...]:
        """The nested result, and the verdict on it."""
        blocks = self.nested.blocks() if self.nested else ()
        verdict = (Judgement(self.verdict),) if self.first_verdict and self.verdict else ()
        return (*blocks, *verdict, *(self.relational.blocks() if self.relational else ()))

    def to_dataframe(self) -> pd.DataFrame:
        """The rows that both sides returned on the generated data."""
        return dataframe(self._rows())

    def as_record(self) -> dict[str, Any]:
        """The JSON form of ``workbench translate``."""
        return {
            "queryset": self.text,
            "django": {"sql": self.django_sql, "params": list(self.query.parameters) if self.query else []},
            "drizzle": {
                "code": self.drizzle_code,
                "sql": self.drizzle_sql,
                "params": list(self.drizzle_parameters),
                "types": dict(self.types),
            },
            "diagnostics": [diagnostic_record(diagnostic) for diagnostic in self.diagnostics],
            "verdict": verdict_record(self.verdict) if self.verdict else None,
            **({"statements": [step.as_record() for step in self.steps]} if self.steps else {}),
            **({"prefetches": [further.as_record() for further in self.prefetches]} if self.prefetches else {}),
            **({"nested": self.nested.as_record()} if self.nested else {}),
            **({"plan": {"django": self.plan.django, "drizzle": self.plan.drizzle}} if self.plan else {}),
            **({"relational": self.relational.as_record()} if self.relational else {}),
        }

    def _sql(self) -> Columns:
        """Both statements as they were executed, on lines of readable length, with their parameters."""
        parameters = self.query.parameters if self.query else ()
        return Columns(
            (
                linked(Code(_with_parameters(self.django_sql, parameters), "sql", "Django's SQL")),
                linked(Code(_with_parameters(self.drizzle_sql, self.drizzle_parameters), "sql", "Drizzle's SQL")),
            )
        )

    def _clauses(self) -> Details:
        """Clause by clause; unfolded where there is something to see."""
        alike = all(pairing.change == "same" for pairing in self.clauses)
        summary = "Clause by clause: the same on both sides" if alike else "Clause by clause"
        return Details(summary, (SideBySide(self.clauses, "Django", "Drizzle"),), open=not alike, brief=alike)

    def _types(self) -> Grid:
        """What Django says of each output beside what the TypeScript compiler infers of a row."""
        rows: list[tuple[Cell, ...]] = []
        known = dict(self.types)
        for output, path in zip(self.query.outputs if self.query else (), self._places(), strict=False):
            null, python = "null" if output.nullable else "", PYTHON.get(output.kind)
            held = (python.name, python.form) if python else ("", "")
            rows.append((output.name, output.kind, null, path, known.get(path, ""), *held))
        return Grid(("Django", "field", "null", "TypeScript", "type", "Python", "there"), tuple(rows))

    def _places(self) -> tuple[str, ...]:
        """The property of a row that holds each output: a nested one's is that of its instance."""
        own = tuple(name for name, _ in self.types)  # a person's own query: in the order of its outputs
        return tuple(path.partition(".")[0] for path in self.paths) if self.paths else own

    def _rows(self) -> Grid:
        headings = tuple(output.name for output in self.query.outputs) if self.query else ()
        shown = tuple(tuple(wire_text(value) for value in row) for row in self.rows[:SHOWN_ROWS])
        return Grid(headings, shown, more=max(0, len(self.rows) - SHOWN_ROWS))


def _with_parameters(sql: str, parameters: tuple[Wire, ...]) -> str:
    """The statement and, below it, its parameters in order."""
    text = sql_lines(sql)
    return f"{text}\n-- {', '.join(wire_text(value) for value in parameters)}" if parameters else text
