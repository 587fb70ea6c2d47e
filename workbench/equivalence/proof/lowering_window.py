"""Window functions: a value of the copy of the rows that share the current row's partition.

``row_number`` over an order that no two rows tie in, and ``rank``, are one more than the number of rows that sort
before; an aggregate over an ordered window with the default frame reads the rows that do not sort after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from workbench.equivalence.proof.aggregates import aggregate, is_aggregate
from workbench.equivalence.proof.bags import total, unique_rows
from workbench.equivalence.proof.context import Context, Scope, Stage
from workbench.equivalence.proof.determined import determines
from workbench.equivalence.proof.lowering_scalar import lower
from workbench.equivalence.proof.terms import (
    App,
    Const,
    Expr,
    Term,
    Unsupported,
)
from workbench.equivalence.proof.window import Window

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
    if node.alias or node.args.get("first") is False:
        raise Unsupported("a named window")
    window = Window.read(ctx, node, stage, current, scope)
    whole = _whole_frame(node)
    function = node.this
    rule = _RANKS.get(type(function))
    if rule is not None:
        return rule(window)
    call = function.this if isinstance(function, exp.Filter) else function
    if not is_aggregate(call) or isinstance(call, _BY_POSITION):
        raise Unsupported(f"the window function {call.key}")
    reach = None if whole or not window.order else window.not_later
    return aggregate(ctx, function, lambda args, where: window.rows(args, where, reach))


def _row_number(window: Window) -> Expr:
    """A function of the rows only where no two of them tie."""
    keys = [*window.partition, *window.order]
    for term, scope in window.stage.pairs:
        values = [lower(window.ctx, k, scope) for k in keys]
        if len(window.stage.pairs) > 1 or not determines(window.ctx.catalog, term, values):
            raise Unsupported("row_number() over an order in which rows may tie")
    return _one_more(total(window.rows([], None, window.earlier)))


def _rank(window: Window) -> Expr:
    """One more than the rows before."""
    _require_order(window)
    return _one_more(total(window.rows([], None, window.earlier)))


def _dense_rank(window: Window) -> Expr:
    """One more than the different sort keys before."""
    _require_order(window)
    return _one_more(total(unique_rows(window.rows(window.order, None, window.earlier))))


def _require_order(window: Window) -> None:
    if not window.order:
        raise Unsupported("a rank without ORDER BY")


_RANKS: dict[type[exp.Expr], Callable[[Window], Expr]] = {
    exp.RowNumber: _row_number,
    exp.Rank: _rank,
    exp.DenseRank: _dense_rank,
}
_BY_POSITION = (exp.FirstValue, exp.LastValue, exp.NthValue, exp.Lag, exp.Lead)


def _one_more(count: Expr) -> Expr:
    return App("add", (Const(1, "int"), count), "int")


def _whole_frame(node: exp.Window) -> bool:
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
