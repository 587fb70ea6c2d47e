"""A window as one row sees it: the rows of its partition, and which of them sort before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlglot import exp

from workbench.equivalence.proof.comparison import precedes
from workbench.equivalence.proof.context import Context, Scope, Stage
from workbench.equivalence.proof.determined import determines
from workbench.equivalence.proof.lowering_scalar import lower, truth
from workbench.equivalence.proof.sort_keys import direction
from workbench.equivalence.proof.substitution import freshen, rebuild, rebuild_terms
from workbench.equivalence.proof.terms import FALSE, Expr, Term, Terms, Unsupported, boolean, fresh_row, negate, same

Reach: TypeAlias = Callable[[list[Expr]], Expr]


@dataclass(frozen=True)
class Window:
    """A window as the current row sees it: the block's rows, and the current row's partition and sort keys.

    The copies of the block bind the very rows that the current row's values mention: ``apart`` gives those rows other
    names until the copies are made.
    """

    ctx: Context
    stage: Stage
    partition: list[exp.Expr]
    order: list[exp.Expr]
    directions: list[tuple[bool, bool]]
    apart: dict[int, int]
    own_partition: list[Expr]
    own_order: list[Expr]

    @classmethod
    def read(cls, ctx: Context, node: exp.Window, stage: Stage, current: Term, scope: Scope) -> Window:
        """The window of a node for the current row."""
        partition = node.args.get("partition_by") or []
        keys = node.args["order"].expressions if node.args.get("order") else []
        order = [key.this for key in keys]
        apart = {row: fresh_row() for row, _ in current.sources}
        own = [[_moved(lower(ctx, n, scope), apart) for n in nodes] for nodes in (partition, order)]
        return cls(ctx, stage, partition, order, [direction(ctx, k) for k in keys], apart, own[0], own[1])

    def rows(self, args: list[exp.Expr], where: exp.Expr | None, reach: Reach | None) -> Terms:
        """The rows of the partition that ``reach`` admits by their sort keys and FILTER lets pass."""
        terms = []
        for term, scope in self.stage.pairs:
            pairs = zip(self.partition, self.own_partition, strict=True)
            conditions = [same(lower(self.ctx, node, scope), value) for node, value in pairs]
            if reach is not None:
                conditions.append(reach([lower(self.ctx, node, scope) for node in self.order]))
            if where is not None:
                conditions.append(truth(self.ctx, where, scope))
            outputs = tuple(lower(self.ctx, a, scope) for a in args)
            terms.append(Term(term.sources, (*term.where, *conditions), outputs))
        back = {mark: row for row, mark in self.apart.items()}
        return rebuild_terms(freshen(tuple(terms)), lambda c: replace(c, row=back.get(c.row, c.row)))

    def earlier(self, keys: list[Expr]) -> Expr:
        """Whether a row with these sort keys comes before the current row."""
        return sorts_before(keys, self.own_order, self.directions)

    def later(self, keys: list[Expr]) -> Expr:
        """Whether it comes after."""
        return sorts_before(self.own_order, keys, self.directions)

    def not_earlier(self, keys: list[Expr]) -> Expr:
        """Whether it comes after or ties."""
        return negate(sorts_before(keys, self.own_order, self.directions))

    def require_total(self, what: str) -> None:
        """Decline an order in which rows of one partition may tie."""
        keys = [*self.partition, *self.order]
        for term, scope in self.stage.pairs:
            values = [lower(self.ctx, k, scope) for k in keys]
            if len(self.stage.pairs) > 1 or not determines(self.ctx.catalog, term, values):
                raise Unsupported(f"{what} over an order in which rows may tie")

    def not_later(self, keys: list[Expr]) -> Expr:
        """Whether it comes before or ties."""
        return negate(sorts_before(self.own_order, keys, self.directions))


def _moved(expr: Expr, rows: dict[int, int]) -> Expr:
    return rebuild(expr, lambda c: replace(c, row=rows.get(c.row, c.row)))


def sorts_before(left: list[Expr], right: list[Expr], directions: list[tuple[bool, bool]]) -> Expr:
    """Whether the first list of sort keys sorts strictly before the second; never NULL."""
    if not directions:
        return FALSE
    (descending, nulls_first), rest = directions[0], directions[1:]
    head = precedes(left[0], right[0], descending, nulls_first)
    if not rest:
        return head
    return boolean("or", head, boolean("and", same(left[0], right[0]), sorts_before(left[1:], right[1:], rest)))
