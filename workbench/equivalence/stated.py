"""What a verdict rests on, in sentences: order, ties, parameters, clock, names of outputs."""

from __future__ import annotations

import re

from sqlglot import exp

from workbench.equivalence.counterexample.meaning import Meaning
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.proof.context import ONE_MOMENT, ONE_ROW
from workbench.equivalence.volatility import reads_the_clock
from workbench.verdict import Verdict


def assumptions(left: ParsedQuery, right: ParsedQuery, meanings: tuple[Meaning, Meaning]) -> tuple[str, ...]:
    """Everything a reader has to know beside the word of the verdict."""
    said = [_order(*meanings), *left.assumptions, *right.assumptions]
    if left.parameters or right.parameters:
        names = ", ".join(f"${name}" for name in dict.fromkeys([*left.parameters, *right.parameters]))
        said.append(f"parameters {names} may hold any value, NULL too")
    sides = zip((left, right), meanings, strict=True)
    if any(meaning.several_rows and side.dialect == "postgres" for side, meaning in sides):
        said.append(ONE_ROW)
    if reads_the_clock(left.kinds) or reads_the_clock(right.kinds):
        said.append(ONE_MOMENT)
    unknown = {n.name.lower() for side in (left, right) for n in side.kinds.get(exp.Anonymous, ())}
    if unknown:
        said.append(f"{', '.join(sorted(unknown))}: taken to answer the same for the same arguments")
    if left.dialect != right.dialect:
        said.append(f"the left query runs on {left.dialect}, the right one on {right.dialect}")
    if left.outputs != right.outputs:
        said.append(f"output names differ: {_differing_names(left.outputs, right.outputs)}")
    return tuple(dict.fromkeys(said))


_VARYING = "nondeterministic: "


def varying(verdict: Verdict) -> bool:
    """Does it say that a side may answer otherwise at each run? Then one run shows no difference."""
    return any(fact == ONE_MOMENT or fact.startswith(_VARYING) for fact in verdict.assumptions)


def _differing_names(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """Position by position, where both have it; an output without a name has one that only we gave it."""
    names = [[re.sub(r"^_col_\d+$", "no name", name) for name in side] for side in (left, right)]
    pairs = ", ".join(f"{ours} and {theirs}" for ours, theirs in zip(*names, strict=False) if ours != theirs)
    return pairs or f"{len(left)} and {len(right)} of them"


def _order(left: Meaning, right: Meaning) -> str:
    if not left.bag_is_fixed or not right.bag_is_fixed:
        return f"{_VARYING}{left.nondeterminism or right.nondeterminism}"
    if left.total and right.total:
        return "rows are compared as lists: ORDER BY is total on both sides"
    if left.ordered and right.ordered:
        return "rows are compared as lists up to ties of ORDER BY"
    if left.ordered or right.ordered:
        return f"only the {'left' if left.ordered else 'right'} query orders its rows"
    return "rows are compared as bags: neither query orders them"
