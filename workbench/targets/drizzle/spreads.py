"""Abstract bases as functions: ``...common()`` puts a base's columns into a table, as Django's inheritance does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.inspection.records import ModelRecord
from workbench.targets.drizzle.columns import ColumnText, same_expression

LEAST_MODELS = 2  # a base of one model is clearer in place


@dataclass(frozen=True)
class Run:
    """Neighbouring columns of one table: those of an abstract base (``base``), or the table's own ("")."""

    base: str
    columns: tuple[ColumnText, ...]


def split_runs(model: ModelRecord, columns: Sequence[ColumnText], owners: Mapping[str, str]) -> tuple[Run, ...]:
    """The columns in order, cut where the declaring class changes. ``owners``: property -> declaring abstract base."""
    runs: list[Run] = []
    for column in columns:
        base = owners.get(column.prop, "")
        if runs and runs[-1].base == base:
            runs[-1] = Run(base, (*runs[-1].columns, column))
        else:
            runs.append(Run(base, (column,)))
    return tuple(runs)


def shared_bases(tables: Sequence[tuple[Run, ...]]) -> dict[str, Run]:
    """The bases worth a function: the form that most of their tables share, in order of first use."""
    forms: dict[str, list[list[Run]]] = {}
    for runs in tables:
        for run in runs:
            if run.base and sum(other.base == run.base for other in runs) == 1:
                _add(forms.setdefault(run.base, []), run)
    best = {base: max(found, key=len) for base, found in forms.items()}
    return {base: runs[0] for base, runs in best.items() if len(runs) >= LEAST_MODELS}


def is_spread(run: Run, shared: Mapping[str, Run]) -> bool:
    """Whether the function gives exactly these columns."""
    return run.base in shared and same_columns(run, shared[run.base])


def same_columns(left: Run, right: Run) -> bool:
    """Whether two runs are written alike."""
    return len(left.columns) == len(right.columns) and all(
        same_expression(one, two) for one, two in zip(left.columns, right.columns, strict=True)
    )


def _add(groups: list[list[Run]], run: Run) -> None:
    for group in groups:
        if same_columns(group[0], run):
            group.append(run)
            return
    groups.append([run])
