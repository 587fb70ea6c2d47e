"""Django's write and Drizzle's, judged: the ladder's word on what they change, and what both left behind when run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.effects import decide_write, read_write
from workbench.equivalence.engine import Statement
from workbench.equivalence.placeholders import Style
from workbench.runtime.effect import Effect
from workbench.session.querysets.varying import Bindings
from workbench.verdict import AttributeWitness, Different, Equivalent, Undecided, Verdict

# What answers otherwise at each run: rows that hold it are compared by the proof alone.
_VOLATILE = ("STATEMENT_TIMESTAMP", "CLOCK_TIMESTAMP", "RANDOM(", "GEN_RANDOM_UUID", "UUIDV", "'NOW'", "RAND(")


class Writable(Protocol):
    """A scratch database on which writes are tried."""

    def effects(self, writes: Sequence[Statement], table: str) -> tuple[Effect, ...]: ...


@dataclass(frozen=True)
class Ran:
    """Where two writes left different things behind, and how they failed where both did for one reason."""

    difference: AttributeWitness | None = None
    errors: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The row comparison in one word."""
        return "error" if self.errors else "different" if self.difference else "equal"


def judge_write(
    django: Statement,
    drizzle: Statement,
    bound: Sequence[Bindings],
    catalog: Catalog,
    dialect: Dialect,
    scratches: Sequence[Writable],
) -> tuple[Verdict, Ran]:
    """The verdict: a difference that was seen when both ran stands over any proof; without a proof it is undecided.

    ``drizzle`` has its parameters as its driver sends them; ``bound`` are both sides' as the database reads them,
    each tried until one is proved.
    """
    try:
        verdict = _proved_with(django, drizzle, bound, catalog, dialect)
        ran = run_writes(django, drizzle, catalog, dialect, scratches)
    except WorkbenchError as error:
        reasons = tuple(f"{note.thing}: {note.fact}" for note in error.diagnostics)
        return Undecided("none", reasons), Ran(errors=reasons)
    if ran.difference is not None and not _volatile(django):
        if isinstance(verdict, Equivalent):
            reason = f"a proof, and yet a difference when run ({ran.difference.attribute}): a defect of the workbench"
            return Undecided("contradiction", (reason,)), ran
        return Different("rows left behind", (ran.difference,)), ran
    return verdict, Ran() if _volatile(django) else ran


def _proved_with(
    django: Statement, drizzle: Statement, bound: Sequence[Bindings], catalog: Catalog, dialect: Dialect
) -> Verdict:
    for each in bound:
        sides = (replace(django, parameters=each.django), replace(drizzle, parameters=each.drizzle))
        verdict = _proved(*sides, catalog, dialect)
        if isinstance(verdict, Equivalent):
            break
    return verdict


def _proved(django: Statement, drizzle: Statement, catalog: Catalog, dialect: Dialect) -> Verdict:
    return decide_write(
        django.sql,
        drizzle.sql,
        catalog,
        dialect=dialect,
        left_params=django.parameters,
        right_params=drizzle.parameters,
        left_style=_style(django),
        right_style=_style(drizzle),
    )


def run_writes(
    django: Statement, drizzle: Statement, catalog: Catalog, dialect: Dialect, scratches: Sequence[Writable]
) -> Ran:
    """Both on each scratch: the rows of the table after it, and what they gave back, compared as bags."""
    write = read_write(django.sql, catalog, dialect, _style(django), django.parameters, "left")
    errors: list[str] = []
    for scratch in scratches:
        effects = scratch.effects((django, drizzle), write.table.name)
        failed = [effect.result.error for effect in effects if effect.result.error]
        states = {(error or "").split(" ", 1)[0] for error in failed}
        if len(failed) == 2 and len(states) == 1:
            errors.append(f"both: {failed[0]}")
            continue
        found = next(_differences(*effects), None)
        if found is not None:
            return Ran(found)
    return Ran(errors=tuple(errors) if len(errors) == len(scratches) else ())


def _differences(left: Effect, right: Effect) -> Iterator[AttributeWitness]:
    for what, first, second in (
        ("error", left.result.error, right.result.error),
        ("returned rows", _bag(left.result.rows), _bag(right.result.rows)),
        ("rows of the table", _bag(left.rows.rows), _bag(right.rows.rows)),
    ):
        if first != second:
            yield AttributeWitness("the write", what, _shown(first, second), _shown(second, first))


def _bag(rows: Sequence[Sequence[object]]) -> list[str]:
    return sorted(map(repr, rows))


def _shown(these: list[str] | str | None, others: list[str] | str | None) -> str:
    """What is on this side only."""
    if not isinstance(these, list) or not isinstance(others, list):
        return str(these)
    left = list(these)
    for other in others:
        if other in left:
            left.remove(other)
    return "; ".join(left[:5])


def _volatile(django: Statement) -> bool:
    return any(word in django.sql.upper() for word in _VOLATILE)


def _style(statement: Statement) -> Style:
    return statement.style  # type: ignore[return-value]
