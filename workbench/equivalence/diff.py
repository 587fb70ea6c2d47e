"""Two queries side by side, clause by clause, for a person to look at: the verdict never comes from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from sqlglot import exp

from workbench.equivalence.normal_form.facts import conjuncts
from workbench.equivalence.parse import ParsedQuery

Change: TypeAlias = Literal["same", "changed", "left only", "right only"]


@dataclass(frozen=True, slots=True)
class AlignedLine:
    """A part of a clause on both sides; the side that lacks it holds an empty text."""

    clause: str
    left: str
    right: str
    change: Change


@dataclass(frozen=True, slots=True)
class _Part:
    clause: str
    text: str


_ORDER = ("WITH", "SELECT", "FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET")


def side_by_side(left: ParsedQuery, right: ParsedQuery) -> tuple[AlignedLine, ...]:
    """Matching parts of the two queries in one line each. Aliases are numbered first: a name is no change."""
    parts = [list(_query(side.tree, side.dialect)) for side in (left, right)]
    clauses = list(dict.fromkeys([*_ORDER, *(p.clause for side in parts for p in side)]))
    lines: list[AlignedLine] = []
    for clause in clauses:
        texts = [[part.text for part in side if part.clause == clause] for side in parts]
        lines.extend(_align(clause, *texts))
    return tuple(lines)


def _query(tree: exp.Expr, dialect: str) -> Iterator[_Part]:
    """The parts of a query; a set operation gives its operands' parts one after the other."""
    if isinstance(tree, exp.SetOperation):
        kind = type(tree).__name__.upper() + ("" if tree.args.get("distinct") else " ALL")
        for number, operand in enumerate((tree.left, tree.right)):
            prefix = "" if number == 0 else f"{kind} "
            yield from (_Part(prefix + part.clause, part.text) for part in _query(operand.unnest(), dialect))
        yield from _tail(tree, dialect)
    elif isinstance(tree, exp.Select):
        yield from _select(tree, dialect)
    else:
        yield _Part("SELECT", tree.sql(dialect))


def _select(select: exp.Select, dialect: str) -> Iterator[_Part]:
    with_ = select.args.get("with_")
    for cte in with_.expressions if with_ else ():
        yield _Part("WITH", cte.sql(dialect))
    if select.args.get("distinct"):
        yield _Part("SELECT", select.args["distinct"].sql(dialect).strip())
    yield from (_Part("SELECT", part.unalias().sql(dialect)) for part in select.expressions)
    if select.args.get("from_"):
        yield _Part("FROM", select.args["from_"].this.sql(dialect))
    yield from (_Part("FROM", join.sql(dialect).strip().removeprefix(", ")) for join in select.args.get("joins") or ())
    for clause, name in (("where", "WHERE"), ("having", "HAVING")):
        node = select.args.get(clause)
        yield from (_Part(name, part.sql(dialect)) for part in conjuncts(node.this if node else None))
    group = select.args.get("group")
    yield from (_Part("GROUP BY", part.sql(dialect)) for part in (group.expressions if group else ()))
    yield from _tail(select, dialect)


def _tail(query: exp.Expr, dialect: str) -> Iterator[_Part]:
    order = query.args.get("order")
    yield from (_Part("ORDER BY", part.sql(dialect)) for part in (order.expressions if order else ()))
    for clause, name in (("limit", "LIMIT"), ("offset", "OFFSET")):
        node = query.args.get(clause)
        if node is not None:
            yield _Part(name, node.expression.sql(dialect))


# how alike two texts must be to stand in one line as changed; below it they are a loss and a gain
_ALIKE = 0.5


def _align(clause: str, left: list[str], right: list[str]) -> Iterator[AlignedLine]:
    """Equal parts meet whatever their place; then the most alike of the rest; what remains stands alone."""
    free = list(right)
    pairs: dict[int, str] = {}
    for index, text in enumerate(left):
        if text in free:
            free.remove(text)
            pairs[index] = text
    for index, text in enumerate(left):
        if index not in pairs and free:
            best = max(free, key=lambda other: SequenceMatcher(None, text, other).ratio())
            if SequenceMatcher(None, text, best).ratio() >= _ALIKE:
                free.remove(best)
                pairs[index] = best
    for index, text in enumerate(left):
        other = pairs.get(index, "")
        yield AlignedLine(clause, text, other, "same" if text == other else "changed" if other else "left only")
    yield from (AlignedLine(clause, "", text, "right only") for text in free)
