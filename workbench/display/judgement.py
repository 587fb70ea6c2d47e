"""A verdict told with its evidence, in blocks that every printer knows."""

from __future__ import annotations

import json
from collections import Counter
from typing import TypeAlias

from workbench.display.page import Badge, Block, Cell, Code, Columns, Details, Grid, Judgement, Listing, Text
from workbench.display.wire_text import wire_text
from workbench.values import Wire
from workbench.verdict import (
    AnswerWitness,
    AttributeWitness,
    DatabaseWitness,
    Different,
    Equivalent,
    ResultRows,
    Step,
    TableRows,
    Tried,
    Undecided,
    Verdict,
)

Rows: TypeAlias = tuple[tuple[Wire, ...], ...]
Marks: TypeAlias = tuple[bool, ...]

TONES = {"equivalent": "good", "different": "bad", "undecided": "unknown"}


def judgement_blocks(judgement: Judgement) -> tuple[Block, ...]:
    """The word, how it was reached, its evidence, what was assumed and what was tried."""
    verdict = judgement.verdict
    word = (Badge(verdict.word, TONES[verdict.word]), Text(f"by {verdict.method}"))
    return (*word, *_evidence(judgement), *_named_list("Assuming", verdict.assumptions), *_tried(verdict.tried))


def _evidence(judgement: Judgement) -> tuple[Block, ...]:
    verdict: Verdict = judgement.verdict
    if isinstance(verdict, Equivalent):
        return _proof(verdict)
    if isinstance(verdict, Undecided):
        return _named_list("Nothing was decided, because", verdict.reasons)
    return _witnesses(verdict, judgement.left, judgement.right)


def _proof(verdict: Equivalent) -> tuple[Block, ...]:
    count = len(verdict.proof)
    return (Details(f"Proof in {count} step{'s' if count > 1 else ''}", (_steps(verdict.proof),)),)


def _steps(proof: tuple[Step, ...]) -> Block:
    """Things found the same on both sides fill a table; steps that rewrite are told one after the other."""
    if all(step.before == step.after for step in proof):
        return Grid(("step", "of", "on both sides"), tuple((s.rule, ", ".join(s.using), s.before) for s in proof))
    return Listing(tuple(_step(step) for step in proof), ordered=True)


def _step(step: Step) -> tuple[Block, ...]:
    rule = f"{step.rule}, using {', '.join(step.using)}" if step.using else step.rule
    sides = [Code(text, "sql", caption) for caption, text in (("before", step.before), ("after", step.after)) if text]
    return (Text(rule), Columns(tuple(sides))) if sides else (Text(rule),)


def _witnesses(verdict: Different, left: str, right: str) -> tuple[Block, ...]:
    attributes = [w for w in verdict.witnesses if isinstance(w, AttributeWitness)]
    answers = [w for w in verdict.witnesses if isinstance(w, AnswerWitness)]
    databases = [w for w in verdict.witnesses if isinstance(w, DatabaseWitness)]
    blocks: list[Block] = []
    if attributes:
        rows = tuple((w.subject, w.attribute, w.left, w.right) for w in attributes)
        blocks.append(Grid(("what", "attribute", left, right), rows))
    if answers:
        rows = tuple((w.user, w.thing, w.left, w.right) for w in answers)
        blocks.append(Grid(("user", "object", left, right), rows))
    return (*blocks, *(block for witness in databases for block in _database(witness, left, right)))


def _database(witness: DatabaseWitness, left: str, right: str) -> tuple[Block, ...]:
    """The smallest database, what both sides answered on it, and the script that replays it."""
    blocks: list[Block] = [Text(f"On this {witness.dialect} database the answers differ:")]
    if witness.database:
        blocks.append(Columns(tuple(_table(table) for table in witness.database)))
    if witness.parameters:
        values = ", ".join(wire_text(value) for value in witness.parameters)
        blocks.append(Text(f"Parameters: {values}"))
    marks = difference(witness.left.rows, witness.right.rows)
    blocks.append(Columns((_result(witness.left, marks[0], left), _result(witness.right, marks[1], right))))
    if witness.note:
        blocks.append(Text(witness.note))
    if witness.sql:
        blocks.append(Details("Replay it", (Code(witness.sql, "sql"),)))
    return tuple(blocks)


def _table(table: TableRows) -> Grid:
    return Grid(table.columns, tuple(_cells(row) for row in table.rows), table.table)


def _result(result: ResultRows, marked: tuple[bool, ...], side: str) -> Block:
    if result.error is not None:
        return Code(result.error, "text", f"{side} fails")
    rows = tuple((_mark(flag), *_cells(row)) for flag, row in zip(marked, result.rows, strict=True))
    return Grid(("", *result.columns), rows, f"{side} answers {_count(len(rows))}")


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


def _named_list(name: str, texts: tuple[str, ...]) -> tuple[Block, ...]:
    return (Text(f"{name}:"), Listing(tuple((Text(text),) for text in texts))) if texts else ()


def _tried(tried: Tried) -> tuple[Block, ...]:
    facts = (
        (tried.rungs, f"Tried: {', '.join(tried.rungs)}."),
        (tried.databases, f"Run on {tried.databases} generated database{'s' if tried.databases != 1 else ''}."),
        (tried.bounded_rows, f"Searched up to {tried.bounded_rows} rows a table."),
    )
    said = " ".join(text for holds, text in facts if holds)
    return (Text(said),) if said else ()
