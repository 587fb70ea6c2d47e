"""EXTRACT, date_trunc, AT TIME ZONE 'UTC' and casts to date: functions that only grow with their moment."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.proof.arithmetic import cast
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.functions import call
from workbench.equivalence.proof.lowering_scalar import Lower, lower
from workbench.equivalence.proof.terms import App, Expr

UTC_SESSION = "the session's time zone is UTC"
_WHOLE = frozenset({"MONTH", "DAY", "HOUR", "MINUTE", "QUARTER", "WEEK", "DOW", "DOY", "ISOYEAR", "ISODOW"})
_TRUNCATED = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})


def _unknown(ctx: Context, node: exp.Expr, scope: Scope) -> Expr:
    return call(ctx, node, lambda part: lower(ctx, part, scope))


def moment(ctx: Context, value: Expr) -> Expr:
    """A moment with time zone as the session shows it; any other as it is."""
    if value.kind == "timestamptz":
        ctx.assume(UTC_SESSION)
        return utc(value)
    return value


def utc(value: Expr) -> Expr:
    """A moment with time zone as the clock shows it in UTC."""
    return App("utc", (value,), "timestamp")


def extract(ctx: Context, node: exp.Extract, scope: Scope) -> Expr:
    """EXTRACT of a whole field; the year grows with the moment. Seconds and epochs have fractions."""
    field, value = node.name.upper(), lower(ctx, node.expression, scope)
    if ctx.dialect != "postgres" or value.kind not in ("date", "timestamp", "timestamptz"):
        return _unknown(ctx, node, scope)
    if field == "YEAR":
        return App("year", (moment(ctx, value),), "int")
    return App(f"fn extract {field.lower()}", (moment(ctx, value),), "int" if field in _WHOLE else "numeric")


def truncate(ctx: Context, node: exp.TimestampTrunc, scope: Scope) -> Expr:
    """date_trunc of a date or a timestamp; of a date it yields a moment with time zone."""
    unit, value = str(node.args["unit"].name).lower(), lower(ctx, node.this, scope)
    kinds_read = ("timestamp", "date")
    if ctx.dialect != "postgres" or node.args.get("zone") or unit not in _TRUNCATED or value.kind not in kinds_read:
        return _unknown(ctx, node, scope)
    if value.kind == "date":
        ctx.assume(UTC_SESSION)
    return App(f"trunc {unit}", (value,), "timestamp")


def at_zone(ctx: Context, node: exp.AtTimeZone, scope: Scope) -> Expr:
    """A moment AT TIME ZONE 'UTC'."""
    zone, value = node.args.get("zone"), lower(ctx, node.this, scope)
    if (
        ctx.dialect == "postgres"
        and value.kind == "timestamptz"
        and isinstance(zone, exp.Literal)
        and zone.name == "UTC"
    ):
        return utc(value)
    return _unknown(ctx, node, scope)


def cast_(ctx: Context, node: exp.Cast, scope: Scope) -> Expr:
    """A cast of a timestamp to its date; of anything else see ``arithmetic``."""
    value = lower(ctx, node.this, scope)
    to_date = type(node) is exp.Cast and node.to.this == exp.DataType.Type.DATE and ctx.dialect == "postgres"
    if to_date and value.kind in ("timestamp", "timestamptz"):
        return App("date", (moment(ctx, value),), "date")
    return cast(ctx, node, value)


RULES: dict[type[exp.Expr], Lower] = {
    exp.Extract: extract,
    exp.TimestampTrunc: truncate,
    exp.AtTimeZone: at_zone,
    exp.Cast: cast_,
}
