"""CASE and the one kind that its values share."""

from __future__ import annotations

from dataclasses import replace

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.comparison import unify, widened
from workbench.equivalence.proof.context import Context
from workbench.equivalence.proof.kinds import UNKNOWN
from workbench.equivalence.proof.terms import App, Const, Expr, Param, Unsupported


def one_kind(ctx: Context, values: list[Expr]) -> list[Expr]:
    """``align`` for what stands beside one another in a query. SQLite converts nothing there: '1' is not 1."""
    known = {v.kind for v in values} - {"null", "?"}
    if ctx.dialect == "sqlite" and {"text"} < known:
        raise Unsupported("SQLite keeps a text beside other values as it is")
    return align(values)


def align(values: list[Expr]) -> list[Expr]:
    """Values brought to their common kind; mixed kinds are declined."""
    kind = kinds.joined([v.kind for v in values])
    if UNKNOWN in (v.kind for v in values):
        return [_of_unknown_type(v) for v in values]
    if kind == "numeric":
        values = [widened(v) for v in values]
    if kind.startswith("mixed"):
        texts = [v for v in values if v.kind == "text" and isinstance(v, Const)]
        others = kinds.joined([v.kind for v in values if v not in texts])
        if not texts or others.startswith("mixed") or others == "numeric":
            raise Unsupported(f"values of kinds {kind} in one expression")
        return align([unify(v, Const(None, others))[0] for v in values])  # each literal as what it spells
    anchor = next((v for v in values if v.kind == kind), Const(None, kind))
    return [unify(v, anchor)[0] for v in values]


def _of_unknown_type(value: Expr) -> Expr:
    """Any value beside one of an unknown type: it is converted to a type that nothing here says."""
    if value.kind == UNKNOWN:
        return value
    if (value.kind == "?" and isinstance(value, Param)) or (isinstance(value, Const) and value.value is None):
        return replace(value, kind=UNKNOWN)
    return App(f"fn converted {value.kind}", (value,), UNKNOWN)


def written_cases(ctx: Context, parts: list[Expr]) -> Expr:
    """``cases`` of what a query writes side by side."""
    one_kind(ctx, [*parts[1::2], parts[-1]] if len(parts) % 2 else parts[1::2])
    return cases(parts)


def cases(parts: list[Expr]) -> Expr:
    """CASE of condition, value, …, default, its values brought to one kind."""
    values = align([*parts[1::2], parts[-1]] if len(parts) % 2 else parts[1::2])
    conditions = parts[0:-1:2]
    mixed = [p for pair in zip(conditions, values[:-1], strict=True) for p in pair]
    return App("case", (*mixed, values[-1]), values[-1].kind)
