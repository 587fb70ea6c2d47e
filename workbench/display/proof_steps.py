"""The steps of a proof: the rule, the constraint it used, and what stood before and after it."""

from __future__ import annotations

import re

from workbench.display.page import Block, Code, Columns, Details, Grid, Listing, Text
from workbench.display.sql_lines import sql_lines
from workbench.verdict import Step

SHORT = 240  # characters of a thing that still reads well in a table's cell

# the steps that close a proof: they change nothing, they hold one side against the other
_CLOSING = ("identical normal forms", "the same rows equally often")

# quotes that names do without wherever they stand: our own aliases, names after a dot, names of outputs
_NEEDLESS = re.compile(r"""('(?:[^']|'')*')|"(q\d+)"|(?<=\.)"([a-z_][a-z0-9_]*)"|(?<= AS )"([a-z_][a-z0-9_]*)\"""")


def proof_steps(proof: tuple[Step, ...], left: str, right: str) -> Block:
    """Small things found the same on both sides fill a table; other steps are told one after the other."""
    if all(step.before == step.after and len(step.before) < SHORT for step in proof):
        return Grid(("step", "of", "on both sides"), tuple((s.rule, ", ".join(s.using), s.before) for s in proof))
    return Listing(tuple(_step(step, left, right) for step in proof), ordered=True)


def _step(step: Step, left: str, right: str) -> tuple[Block, ...]:
    """The rule; what stood before and after it is long, and of use only to who doubts the rule."""
    rule = f"{step.rule}, using {', '.join(step.using)}" if step.using else step.rule
    shown = tuple(Code(readable(text), "sql", name) for name, text in _sides(step, left, right) if text)
    return (Details(rule, (Columns(shown),), brief=True),) if shown else (Text(rule),)


def _sides(step: Step, left: str, right: str) -> tuple[tuple[str, str], ...]:
    """What the step stood between, each with its name; once where it changed nothing."""
    if step.before == step.after:
        return (("on both sides", step.before),)
    names = (left, right) if step.rule in _CLOSING else ("before", "after")
    return tuple(zip(names, (step.before, step.after), strict=True))


def readable(sql: str) -> str:
    """A step's SQL on lines of readable length, without quotes that only our printer needs."""
    return sql_lines(_NEEDLESS.sub(lambda found: next(text for text in found.groups() if text is not None), sql))
