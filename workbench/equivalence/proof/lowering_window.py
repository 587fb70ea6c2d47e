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
from workbench.equivalence.proof.lowering_scalar import lower
from workbench.equivalence.proof.terms import (
    App,
    Const,
    Expr,
    Term,
    Unsupported,
)
from workbench.equivalence.proof.window import Reach, Window
from workbench.equivalence.proof.window_positions import end_of_partition, neighbour


def with_windows(ctx: Context, stage: Stage, tree: exp.Select) -> Stage:
    """The stage whose scopes also read window functions, which see every row of the block."""
    if tree.find(exp.Window) is None:
        return stage
    return Stage(tuple((term, _window_scope(ctx, stage, tree, term, scope)) for term, scope in stage.pairs))


def _window_scope(ctx: Context, stage: Stage, tree: exp.Select, term: Term, scope: Scope) -> Scope:
    def override(node: exp.Expr) -> Expr | None:
        if isinstance(node, exp.Window):
            return _window(ctx, spelled_out(node, tree), stage, term, scope)
        return scope.override(node) if scope.override else None

    return replace(scope, override=override)


def spelled_out(node: exp.Window, tree: exp.Select) -> exp.Window:
    """The window with what it takes over from a named one of the WINDOW clause."""
    if not node.alias:
        return node
    named = next((w for w in tree.args.get("windows") or () if w.name == node.alias), None)
    if named is None:
        raise Unsupported("a window of an unknown name")
    base = spelled_out(named, tree)
    whole = node.copy()
    whole.set("alias", None)
    for part in ("partition_by", "order", "spec"):
        if not whole.args.get(part) and base.args.get(part):
            whole.set(part, base.copy().args[part])
    return whole


def _window(ctx: Context, node: exp.Window, stage: Stage, current: Term, scope: Scope) -> Expr:
    if node.args.get("first") is False:
        raise Unsupported("KEEP (… LAST)")
    window = Window.read(ctx, node, stage, current, scope)
    function = node.this
    rule = _RANKS.get(type(function))
    if rule is not None:
        return rule(window)
    if isinstance(function, exp.Lag | exp.Lead):
        return neighbour(window, function, scope)
    reach = frame(node, window)
    if isinstance(function, exp.FirstValue | exp.LastValue):
        return _end(window, function, scope, reach)
    call = function.this if isinstance(function, exp.Filter) else function
    if not is_aggregate(call) or isinstance(call, _BY_POSITION):
        raise Unsupported(f"the window function {call.key}")
    return aggregate(ctx, function, lambda args, where: window.rows(args, where, reach))


def _end(window: Window, function: exp.FirstValue | exp.LastValue, scope: Scope, reach: Reach | None) -> Expr:
    """The value at the end of the frame: the partition's, or the current row's own."""
    first = isinstance(function, exp.FirstValue)
    if reach is None or reach == (window.not_later if first else window.not_earlier):
        return end_of_partition(window, function.this, first)
    window.require_total("first_value() or last_value()")
    return lower(window.ctx, function.this, scope)


def _row_number(window: Window) -> Expr:
    """A function of the rows only where no two of them tie."""
    window.require_total("row_number()")
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
    exp.PercentRank: lambda window: _of_place("percent_rank")(window),
    exp.CumeDist: lambda window: _of_place("cume_dist")(window),
}
_BY_POSITION = (exp.FirstValue, exp.LastValue, exp.NthValue, exp.Lag, exp.Lead)


def _one_more(count: Expr) -> Expr:
    return App("add", (Const(1, "int"), count), "int")


def _of_place(name: str) -> Callable[[Window], Expr]:
    """A function of how many rows come before, how many do not come after, and how many there are."""

    def rule(window: Window) -> Expr:
        _require_order(window)
        counts = [total(window.rows([], None, reach)) for reach in (window.earlier, window.not_later, None)]
        return App(f"fn {name}", tuple(counts), "float")

    return rule


def frame(node: exp.Window, window: Window) -> Reach | None:
    """The rows of the frame by their order; None for the whole partition. Other frames are declined."""
    spec = node.args.get("spec")
    if spec is None:
        return window.not_later if window.order else None
    texts = (spec.args.get(k) for k in ("kind", "start", "start_side", "end", "end_side"))
    kind, *ends = (t.upper() if isinstance(t, str) else t for t in texts)
    rule = _FRAMES.get(tuple(ends))
    if rule is None or spec.args.get("exclude"):
        raise Unsupported("a window frame")
    reach = rule(window)
    if kind != "RANGE" and reach is not None:
        window.require_total(f"a frame of {kind}")
    return reach if window.order else None


_FRAMES: dict[tuple[object, ...], Callable[[Window], Reach | None]] = {
    ("UNBOUNDED", "PRECEDING", "UNBOUNDED", "FOLLOWING"): lambda window: None,
    ("UNBOUNDED", "PRECEDING", "CURRENT ROW", None): lambda window: window.not_later,
    ("UNBOUNDED", "PRECEDING", None, None): lambda window: window.not_later,
    ("CURRENT ROW", None, "UNBOUNDED", "FOLLOWING"): lambda window: window.not_earlier,
}
