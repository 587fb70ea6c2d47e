"""Two writes are equal where they change the same rows to the same values: a question about two queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.catalog.table import Catalog, Dialect, Table
from workbench.equivalence.bindings import Binding
from workbench.equivalence.decide import decide
from workbench.equivalence.effects.reading import Write, read_write
from workbench.equivalence.placeholders import Style
from workbench.verdict import Equivalent, Step, Undecided, Verdict

MOST_ROWS = 20  # rows of an INSERT that are compared as queries; rows of equal parameters are not counted
ASSUMPTIONS = ("both statements run on the same rows, in the same transaction", "no trigger or rule changes them")


def decide_write(
    left: str,
    right: str,
    catalog: Catalog,
    *,
    dialect: Dialect = "postgres",
    left_params: Sequence[Binding] | None = None,
    right_params: Sequence[Binding] | None = None,
    left_style: Style = "format",
    right_style: Style = "dollar",
    budget: float = 10.0,
) -> Verdict:
    """Equivalent with the proof, or Undecided with what stands in the way; a difference is for execution to show.

    The values go into columns of one type on both sides: they are compared as that type without its length or
    precision, so that what assignment would round or refuse stays different. WorkbenchError for a text not read.
    """
    writes = (
        read_write(left, catalog, dialect, left_style, left_params, "left"),
        read_write(right, catalog, dialect, right_style, right_params, "right"),
    )
    differing = tuple(_heads(*writes))
    if differing:
        return Undecided("write", differing)
    return _judged(list(_questions(*writes)), writes, catalog, dialect, budget)


def _heads(left: Write, right: Write) -> Iterator[str]:
    """Where the statements differ before any value is looked at."""
    for what, pick in _HEADS:
        if pick(left) != pick(right):
            yield f"the {what} differs: {pick(left)} / {pick(right)}"


_HEADS = (
    ("kind of statement", lambda write: write.kind),
    ("table", lambda write: write.table.name),
    ("number of rows", lambda write: len(write.rows)),
    ("list of columns", lambda write: [sorted(row) for row in write.rows]),
    ("ON CONFLICT clause", lambda write: write.conflict),
    ("list of returned columns", lambda write: write.returning),
)


def _questions(left: Write, right: Write) -> Iterator[tuple[str, str]]:
    """Pairs of queries that must mean the same."""
    if left.kind != "insert":
        yield _changed(left), _changed(right)
        return
    for first, second in zip(left.rows, right.rows, strict=True):
        if not _same_row(left, first, right, second):
            yield _row(left.table, first), _row(right.table, second)


def _changed(write: Write) -> str:
    """The rows that an UPDATE or DELETE touches, by their key, with the values they will have."""
    table, values = write.table, write.rows[0] if write.rows else {}
    keys = table.primary_key.columns if table.primary_key else tuple(column.name for column in table.columns)
    chosen = [f"{_quoted(table.name)}.{_quoted(key)}" for key in keys]
    chosen += [_as_column(table, column, values[column]) for column in sorted(values)]
    where = f" WHERE {write.where}" if write.where else ""
    return f"SELECT {', '.join(chosen)} FROM {_quoted(table.name)}{where}"


def _row(table: Table, row: dict[str, str]) -> str:
    return f"SELECT {', '.join(_as_column(table, column, row[column]) for column in sorted(row))}"


def _same_row(left: Write, first: dict[str, str], right: Write, second: dict[str, str]) -> bool:
    """Whether every value is a bound parameter, and the same one: 1 is not True, hence ``repr``."""
    return all(
        (value := left.parameter(first[column])) is not None and repr(value) == repr(right.parameter(second[column]))
        for column in first
    )


def _as_column(table: Table, column: str, text: str) -> str:
    base, _, rest = table.column(column).type.partition("(")
    return f"CAST({text} AS {base}{rest.partition(')')[2]})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _judged(
    questions: list[tuple[str, str]], writes: tuple[Write, Write], catalog: Catalog, dialect: Dialect, budget: float
) -> Verdict:
    if len(questions) > MOST_ROWS:
        return Undecided("write", (f"{len(questions)} rows have values that are not the same parameters",))
    steps = [Step("the same statement over the same table and columns; its rows and values as queries")]
    method = "normal form"
    for left, right in questions:
        verdict = decide(
            left,
            right,
            catalog,
            dialect=dialect,
            left_params=writes[0].bindings,
            right_params=writes[1].bindings,
            left_style="dollar",
            right_style="dollar",
            budget=budget,
        )
        if not isinstance(verdict, Equivalent):
            return Undecided("write", verdict.reasons if isinstance(verdict, Undecided) else ())
        steps += verdict.proof
        method = verdict.method if verdict.method != "normal form" else method
    return Equivalent(method, tuple(steps), ASSUMPTIONS)
