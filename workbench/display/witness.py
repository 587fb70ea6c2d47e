"""A witness told in tables: the database, what both sides answered on it, and the rows that differ."""

from __future__ import annotations

import json
from collections import Counter
from typing import TypeAlias

from workbench.display.page import Badge, Block, Cell, Code, Columns, Details, Grid, Text
from workbench.display.wire_text import wire_text
from workbench.values import Wire
from workbench.verdict import AnswerWitness, AttributeWitness, DatabaseWitness, Different, ResultRows, TableRows

Rows: TypeAlias = tuple[tuple[Wire, ...], ...]
Marks: TypeAlias = tuple[bool, ...]

NARROW = 6  # columns of a table that still reads well as a table


def witness_blocks(verdict: Different, left: str, right: str) -> tuple[Block, ...]:
    """Attributes and answers in a table each, then every database with both results."""
    attributes = [w for w in verdict.witnesses if isinstance(w, AttributeWitness)]
    answers = [w for w in verdict.witnesses if isinstance(w, AnswerWitness)]
    databases = [w for w in verdict.witnesses if isinstance(w, DatabaseWitness)]
    blocks: list[Block] = []
    if attributes:
        rows = tuple((w.subject, w.attribute, w.left, w.right) for w in attributes)
        blocks.append(Grid(("what", "attribute", left, right), rows))
    if answers:
        blocks += _answers(answers, left, right)
    return (*blocks, *(block for witness in databases for block in _database(witness, left, right)))


def _answers(answers: list[AnswerWitness], left: str, right: str) -> list[Block]:
    """Who asked about what, both answers, and the rule behind each."""
    rows = tuple((w.user, w.thing, w.left, w.right) for w in answers)
    if not any(w.question for w in answers):
        return [Grid(("user", "object", left, right), rows)]
    asked = tuple((w.question, *row) for w, row in zip(answers, rows, strict=True))
    sources = dict.fromkeys((w.left_source, w.right_source) for w in answers)
    rules: list[Block] = [Grid((f"rule in {left}", f"rule in {right}"), tuple(sources))]
    return [Grid(("question", "user", "object", left, right), asked), *rules]


def _database(witness: DatabaseWitness, left: str, right: str) -> tuple[Block, ...]:
    """The smallest database, what both sides answered on it, and the script that replays it."""
    blocks: list[Block] = [Text(f"On this {witness.dialect} database the answers differ:")]
    if witness.database:
        blocks.append(Columns(tuple(_table(table, witness.named) for table in witness.database)))
    if witness.parameters:
        values = ", ".join(wire_text(value) for value in witness.parameters)
        blocks.append(Text(f"Parameters: {values}"))
    marks = difference(witness.left.rows, witness.right.rows)
    blocks.append(Columns((_result(witness.left, marks[0], left), _result(witness.right, marks[1], right))))
    if witness.note:
        blocks.append(Text(witness.note))
    if witness.sql:
        blocks.append(Details("Replay it as SQL", (Code(witness.sql, "sql"),)))
    if witness.test:
        blocks.append(Details("Replay it as a pytest test", (Code(witness.test, "python"),), brief=True))
    return tuple(blocks)


def _table(table: TableRows, named: tuple[tuple[str, str], ...]) -> Grid:
    """A wide table without the columns that neither query names."""
    shown = [at for at, name in enumerate(table.columns) if (table.table, name) in named]
    if len(table.columns) <= NARROW or not shown:
        return _grid(table.columns, table.rows, table.table)
    columns = tuple(table.columns[at] for at in shown)
    rows = tuple(tuple(row[at] for at in shown) for row in table.rows)
    return _grid(columns, rows, f"{table.table}, {len(shown)} of its {len(table.columns)} columns")


def _grid(columns: tuple[str, ...], rows: Rows, caption: str) -> Grid:
    """Rows below each other; a wide table is turned, so that every row is a column."""
    if len(columns) <= NARROW:
        return Grid(columns, tuple(_cells(row) for row in rows), caption)
    return Grid(("column", *_numbered(rows)), _turned(columns, rows), caption)


def _turned(columns: tuple[str, ...], rows: Rows) -> tuple[tuple[Cell, ...], ...]:
    return tuple((name, *_cells(tuple(row[at] for row in rows))) for at, name in enumerate(columns))


def _numbered(rows: Rows) -> tuple[str, ...]:
    return tuple(f"row {number}" for number in range(1, len(rows) + 1))


def _result(result: ResultRows, marked: tuple[bool, ...], side: str) -> Block:
    if result.error is not None:
        return Code(result.error, "text", f"{side} fails")
    caption = f"{side} answers {_count(len(result.rows))}"
    if not result.rows:
        return Text(f"{caption}.")
    if len(result.columns) <= NARROW:
        rows = tuple((_mark(flag), *_cells(row)) for flag, row in zip(marked, result.rows, strict=True))
        return Grid(("", *result.columns), rows, caption)
    marks = ("", *(_mark(flag) for flag in marked))
    return Grid(("column", *_numbered(result.rows)), (marks, *_turned(result.columns, result.rows)), caption)


def _mark(differs: bool) -> Cell:
    return Badge("differs", "bad") if differs else ""


def _cells(row: tuple[Wire, ...]) -> tuple[Cell, ...]:
    return tuple(wire_text(value) for value in row)


def _count(rows: int) -> str:
    return {0: "no row", 1: "one row"}.get(rows, f"{rows} rows")


def difference(left: Rows, right: Rows) -> tuple[Marks, Marks]:
    """Which rows of either side have no partner on the other; by position where only the order differs."""
    keys = [[json.dumps(row, sort_keys=True) for row in rows] for rows in (left, right)]
    if Counter(keys[0]) == Counter(keys[1]):
        moved = tuple(a != b for a, b in zip(keys[0], keys[1], strict=True))
        return moved, moved
    return _unmatched(keys[0], keys[1]), _unmatched(keys[1], keys[0])


def _unmatched(keys: list[str], others: list[str]) -> Marks:
    free = Counter(others)
    marks = []
    for key in keys:
        marks.append(free[key] == 0)
        free[key] -= free[key] > 0
    return tuple(marks)
