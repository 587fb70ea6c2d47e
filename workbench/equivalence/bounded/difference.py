"""That two bags differ, as a formula."""

from __future__ import annotations

from workbench.equivalence.bounded.encoding import Row, TableEncoder
from workbench.equivalence.bounded.folds import total
from workbench.equivalence.proof.encoding import Pair
from workbench.equivalence.proof.smt import (
    BOOL,
    INT,
    REAL,
    TRUE,
    Formula,
    Value,
    conjunction,
    disjunction,
    equation,
    negation,
)
from workbench.equivalence.proof.terms import (
    Expr,
    Unsupported,
)


def goal(encoder: TableEncoder, left: list[Row], right: list[Row]) -> Formula:
    """Some row stands a different number of times in the two bags; the row itself is unknown."""
    matched: tuple[list[Formula], list[Formula]] = ([], [])
    width = len((left or right)[0].outputs) if left or right else 0
    wanted = [_unknown(encoder, [row.outputs[place] for row in (*left, *right)]) for place in range(width)]
    for side, rows in enumerate((left, right)):
        for row in rows:
            pairs = [encoder.pair(output) for output in row.outputs]
            same = [_identical(encoder, *pair) for pair in zip(pairs, wanted, strict=True)]
            matched[side].append(encoder.script.shared(Value(conjunction(row.present, *same), BOOL)).text)
    return negation(equation(total(matched[0]), total(matched[1])))


def _unknown(encoder: TableEncoder, outputs: list[Expr]) -> Pair:
    """A value that some of these outputs may be: of their sort, a number where they are numbers of two sorts."""
    sorts = {value.sort for null, value in map(encoder.pair, outputs) if null != TRUE}
    sort = REAL if sorts == {INT, REAL} else sorts.pop() if len(sorts) == 1 else BOOL if not sorts else ""
    if not sort:
        raise Unsupported("an output has values of two kinds")
    return encoder.script.fresh(BOOL).text, encoder.script.fresh(sort)


def _identical(encoder: TableEncoder, found: Pair, wanted: Pair) -> Formula:
    null, value = found[0], encoder.brought_to(found[1], found[0], wanted[1].sort)
    both = conjunction(negation(null), negation(wanted[0]), equation(value.text, wanted[1].text))
    return disjunction(conjunction(null, wanted[0]), both)
