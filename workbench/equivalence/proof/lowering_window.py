"""Window functions: a value of the copy of the rows that share the current row's partition.

``row_number`` over an order that no two rows tie in, and ``rank``, are one more than the number of rows that sort
before; an aggregate over an ordered window with the default frame reads the rows that do not sort after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from workbench.equivalence.proof.aggregates import aggregate, is_aggregate, total, unique_rows
from workbench.equivalence.proof.comparison import precedes
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.determined import determines
from workbench.equivalence.proof.lowering_group import Stage
from workbench.equivalence.proof.lowering_scalar import lower, truth
from workbench.equivalence.proof.substitution import freshen, rebuild, rebuild_terms
from workbench.equivalence.proof.terms import (
    App,
    Const,
    Expr,
    Term,
    Terms,
    Unsupported,
    boolean,
    fresh_row,
    negate,
    same,
)

_DEFAULT_FRAME = ("RANGE", "UNBOUNDED", "PRECEDING", "CURRENT ROW", None)


def with_windows(ctx: Context, stage: Stage, tree: exp.Select) -> Stage:
    """The stage whose scopes also read window functions, which see every row of the block."""
    if tree.find(exp.Window) is None:
        return stage
    return Stage(tuple((term, _window_scope(ctx, stage, term, scope)) for term, scope in stage.pairs))


def _window_scope(ctx: Context, stage: Stage, term: Term, scope: Scope) -> Scope:
    def override(node: exp.Expr) -> Expr | None:
        if isinstance(node, exp.Window):
            return _window(ctx, node, stage, term, scope)
        return scope.override(node) if scope.override else None

    return replace(scope, override=override)


def _window(ctx: Context, node: exp.Window, stage: Stage, current: Term, scope: Scope) -> Expr:
    from workbench.equivalence.proof.lowering_query import direction

    if node.alias or node.args.get("first") is False:
        raise Unsupported("a named window")
    partition = node.args.get("partition_by") or []
    order = node.args["order"].expressions if node.args.get("order") else []
    whole_frame = _frame(node)
    directions = [direction(ctx, key) for key in order]
    # the copies below bind the very rows the current row's values mention: set those apart until the copies are made
    apart = {row: fresh_row() for row, _ in current.sources}
    here = tuple([_moved(lower(ctx, n, scope), apart) for n in nodes] for nodes in (partition, [k.this for k in order]))

    def rows(
        args: list[exp.Expr],
        where: exp.Expr | None,
        before: Callable[[list[Expr], list[Expr]], Expr] | None,
    ) -> Terms:
        terms = []
        for term, inner in stage.pairs:
            matched = tuple(same(lower(ctx, p, inner), h) for p, h in zip(partition, here[0], strict=True))
            sorted_ = (before([lower(ctx, k.this, inner) for k in order], here[1]),) if before else ()
            passed = (truth(ctx, where, inner),) if where is not None else ()
            terms.append(
                Term(
                    term.sources, (*term.where, *matched, *sorted_, *passed), tuple(lower(ctx, a, inner) for a in args)
                )
            )
        back = {mark: row for row, mark in apart.items()}
        return rebuild_terms(freshen(tuple(terms)), lambda c: replace(c, row=back.get(c.row, c.row)))

    def earlier(theirs: list[Expr], ours: list[Expr]) -> Expr:
        return sorts_before(theirs, ours, directions)

    def not_later(theirs: list[Expr], ours: list[Expr]) -> Expr:
        return negate(sorts_before(ours, theirs, directions))

    function = node.this
    if isinstance(function, exp.RowNumber):
        _require_total(ctx, stage, [*partition, *(k.this for k in order)])
        return _after(rows([], None, earlier))
    if type(function).__name__ == "Rank" and order:
        return _after(rows([], None, earlier))
    if type(function).__name__ == "DenseRank" and order:
        distinct_keys = unique_rows(rows([k.this for k in order], None, earlier))
        return App("add", (Const(1, "int"), total(distinct_keys)), "int")
    call = function.this if isinstance(function, exp.Filter) else function
    if not is_aggregate(call) or type(call).__name__ in (
        "RowNumber",
        "Rank",
        "DenseRank",
        "FirstValue",
        "LastValue",
        "NthValue",
        "Lag",
        "Lead",
    ):
        raise Unsupported(f"the window function {call.key}")
    frame = None if whole_frame or not order else not_later
    return aggregate(ctx, function, lambda args, where: rows(args, where, frame))


def _moved(expr: Expr, rows: dict[int, int]) -> Expr:
    return rebuild(expr, lambda c: replace(c, row=rows.get(c.row, c.row)))


def _after(terms: Terms) -> Expr:
    return App("add", (Const(1, "int"), total(terms)), "int")


def sorts_before(left: list[Expr], right: list[Expr], directions: list[tuple[bool, bool]]) -> Expr:
    """Whether the first list of sort keys sorts strictly before the second; never NULL."""
    (descending, nulls_first), rest = directions[0], directions[1:]
    head = precedes(left[0], right[0], descending, nulls_first)
    if not rest:
        return head
    return boolean("or", head, boolean("and", same(left[0], right[0]), sorts_before(left[1:], right[1:], rest)))


def _frame(node: exp.Window) -> bool:
    """Whether the frame is the whole partition; False for an ordered window's default; others are declined."""
    spec = node.args.get("spec")
    if spec is None:
        return False
    texts = (spec.args.get(k) for k in ("kind", "start", "start_side", "end", "end_side"))
    parts = tuple(t.upper() if isinstance(t, str) else t for t in texts)
    if parts[1:] == ("UNBOUNDED", "PRECEDING", "UNBOUNDED", "FOLLOWING"):
        return True
    if parts == _DEFAULT_FRAME:
        return False
    raise Unsupported("a window frame")


def _require_total(ctx: Context, stage: Stage, keys: list[exp.Expr]) -> None:
    """row_number() is a function of the rows only where no two of them tie."""
    for term, scope in stage.pairs:
        if len(stage.pairs) > 1 or not determines(ctx.catalog, term, [lower(ctx, k, scope) for k in keys]):
            raise Unsupported("row_number() over an order in which rows may tie")
