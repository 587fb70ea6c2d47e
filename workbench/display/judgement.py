"""A verdict told with its evidence, in blocks that every printer knows."""

from __future__ import annotations

from workbench.display.page import Badge, Block, Details, Judgement, Listing, Text
from workbench.display.proof_steps import proof_steps
from workbench.display.witness import witness_blocks
from workbench.verdict import Equivalent, Tried, Undecided, Verdict

TONES = {"equivalent": "good", "different": "bad", "undecided": "unknown"}


def judgement_blocks(judgement: Judgement) -> tuple[Block, ...]:
    """The word, how it was reached, its evidence, what was assumed and what was tried."""
    verdict = judgement.verdict
    word = (Badge(verdict.word, TONES[verdict.word]), Text(f"by {verdict.method}"))
    return (*word, *_evidence(judgement), *_named_list("Assuming", verdict.assumptions), *_tried(verdict.tried))


def _evidence(judgement: Judgement) -> tuple[Block, ...]:
    verdict: Verdict = judgement.verdict
    if isinstance(verdict, Equivalent):
        return _proof(verdict, judgement.left, judgement.right)
    if isinstance(verdict, Undecided):
        return _named_list("Nothing was decided, because", verdict.reasons)
    return witness_blocks(verdict, judgement.left, judgement.right)


def _proof(verdict: Equivalent, left: str, right: str) -> tuple[Block, ...]:
    count = len(verdict.proof)
    steps = proof_steps(verdict.proof, left, right)
    return (Details(f"Proof in {count} step{'s' if count > 1 else ''}", (steps,)),)


def _named_list(name: str, texts: tuple[str, ...]) -> tuple[Block, ...]:
    return (Text(f"{name}:"), Listing(tuple((Text(text),) for text in texts))) if texts else ()


def _tried(tried: Tried) -> tuple[Block, ...]:
    facts = (
        (tried.rungs, f"Tried: {', '.join(tried.rungs)}."),
        (tried.databases, f"Run on {tried.databases} generated database{'s' if tried.databases != 1 else ''}."),
        (
            tried.bounded_rows,
            f"Searched up to {tried.bounded_rows} row{'s' if tried.bounded_rows != 1 else ''} a table.",
        ),
    )
    said = " ".join(text for holds, text in facts if holds)
    return (Text(said),) if said else ()
