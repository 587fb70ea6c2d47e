"""A verdict told with its evidence, in blocks that every printer knows."""

from __future__ import annotations

from workbench.display.page import Badge, Block, Code, Columns, Details, Grid, Judgement, Listing, Text
from workbench.display.witness import witness_blocks
from workbench.verdict import (
    Equivalent,
    Step,
    Tried,
    Undecided,
    Verdict,
)

SHORT = 240  # characters of a thing that still reads well in a table's cell

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
    return witness_blocks(verdict, judgement.left, judgement.right)


def _proof(verdict: Equivalent) -> tuple[Block, ...]:
    count = len(verdict.proof)
    return (Details(f"Proof in {count} step{'s' if count > 1 else ''}", (_steps(verdict.proof),)),)


def _steps(proof: tuple[Step, ...]) -> Block:
    """Small things found the same on both sides fill a table; other steps are told one after the other."""
    if all(step.before == step.after and len(step.before) < SHORT for step in proof):
        return Grid(("step", "of", "on both sides"), tuple((s.rule, ", ".join(s.using), s.before) for s in proof))
    return Listing(tuple(_step(step) for step in proof), ordered=True)


def _step(step: Step) -> tuple[Block, ...]:
    """The rule; what stood before and after it is long, and of use only to who doubts the rule."""
    rule = f"{step.rule}, using {', '.join(step.using)}" if step.using else step.rule
    if step.before == step.after:
        sides = [Code(step.before, "sql", "on both sides")] if step.before else []
    else:
        both = (("before", step.before), ("after", step.after))
        sides = [Code(text, "sql", caption) for caption, text in both if text]
    return (Details(rule, (Columns(tuple(sides)),), brief=True),) if sides else (Text(rule),)


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
