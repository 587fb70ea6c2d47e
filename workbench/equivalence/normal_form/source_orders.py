"""In which orders the sources of a SELECT may be numbered: those that tell themselves apart have one place each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, permutations, product
from operator import itemgetter

from sqlglot import exp

from workbench.equivalence.normal_form.facts import source_alias
from workbench.equivalence.walking import find_all

_TRIED = 48  # numberings of interchangeable sources that are tried; beyond it two equal queries may differ
_LOOKED_AT = 5040  # orders of LEFT joins looked at for those that can stand

Text = Callable[[exp.Expr], str]


def orders(node: exp.Select, inner: list[exp.Expr], padded: list[exp.Expr], text: Text) -> Iterator[list[exp.Expr]]:
    """Numberings to try: sorted by ``text`` and use, interchangeable ones in every order up to a bound."""
    if len(inner) < 2 and len(padded) < 2:
        yield [*inner, *padded]
        return
    uses = _uses(node)
    marked = sorted(((text(s) + uses.get(source_alias(s), ""), s) for s in inner), key=itemgetter(0))
    groups: list[list[exp.Expr]] = []
    last = None
    for mark, source in marked:
        if mark != last:
            groups.append([])
        groups[-1].append(source)
        last = mark
    # product() draws all of each factor before its first tuple: twelve alike sources have 479 million orders
    alike = (islice(permutations(group), _TRIED) for group in groups)
    choices = product(*alike, _left_orders(padded, uses, text))
    for choice in islice(choices, _TRIED):
        yield [source for group in choice for source in group]


def _uses(node: exp.Select) -> dict[str, str]:
    """How each source is used, in words that no name of another source enters."""
    uses: dict[str, list[str]] = {}
    for column in find_all(node, exp.Column):
        uses.setdefault(column.table, []).append(f"{column.name}:{type(column.parent).__name__}")
    return {alias: " " + ",".join(sorted(found)) for alias, found in uses.items()}


def _left_orders(padded: list[exp.Expr], uses: dict[str, str], text: Text) -> list[tuple[exp.Expr, ...]]:
    """LEFT joins in every order that keeps a join after those its condition names; sorted by table and use first."""
    if len(padded) < 2:
        return [tuple(padded)]
    aliases = {source_alias(join.this) for join in padded}
    needs = {
        source_alias(join.this): {c.table for c in find_all(join.args["on"], exp.Column)} & aliases for join in padded
    }
    ranked = sorted(padded, key=lambda join: (text(join.this), uses.get(source_alias(join.this), "")))
    possible = (order for order in islice(permutations(ranked), _LOOKED_AT) if _stands(order, needs))
    return list(islice(possible, _TRIED)) or [tuple(padded)]


def _stands(order: tuple[exp.Expr, ...], needs: dict[str, set[str]]) -> bool:
    """Does every join of this order come after those that its condition names?"""
    placed: set[str] = set()
    for join in order:
        alias = source_alias(join.this)
        if needs[alias] - {alias} - placed:
            return False
        placed.add(alias)
    return True
