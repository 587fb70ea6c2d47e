"""The sources of a SELECT as its canonical text sees them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp


class Unresolved(Exception):
    """A column whose source the text cannot name: such a query has no normal form."""


@dataclass(frozen=True)
class Source:
    """What a column's qualifier stands for: its canonical number, and the output names of a derived table."""

    number: str
    outputs: tuple[str, ...] | None = None


Environment = dict[str, Source]


def split_sources(node: exp.Select) -> tuple[list[exp.Expr], list[exp.Expr], bool]:
    """Sources without a side, LEFT joins, and whether their order must stay (RIGHT, FULL, lateral, USING)."""
    inner = [node.args["from_"].this] if node.args.get("from_") else []
    padded: list[exp.Expr] = []
    fixed = bool(node.args.get("laterals"))
    for join in node.args.get("joins") or ():
        plain = join.kind in ("", "INNER", "CROSS") and not join.side and not join.args.get("on")
        left = join.side == "LEFT" and join.kind in ("", "OUTER") and join.args.get("on")
        fixed = fixed or not (plain or left) or bool(join.args.get("using") or join.args.get("method"))
        fixed = fixed or isinstance(join.this, (exp.Lateral, exp.Unnest)) or not isinstance(join.this, _PLAIN)
        (padded if left else inner).append(join if left else join.this)
    if fixed:
        return (
            [*([node.args["from_"].this] if node.args.get("from_") else [])],
            list(node.args.get("joins") or ()),
            True,
        )
    return inner, padded, False


_PLAIN = (exp.Table, exp.Subquery, exp.Values)


def output_names(source: exp.Expr, env: Environment) -> tuple[str, ...] | None:
    """The output names of a derived table or CTE; None for a table."""
    alias = source.args.get("alias")
    if alias is not None and alias.args.get("columns"):
        return tuple(column.name for column in alias.columns)
    if isinstance(source, exp.Subquery) and isinstance(source.this.unnest(), exp.Query):
        return tuple(source.this.unnest().named_selects)
    cte = env.get("cte " + source.name) if isinstance(source, exp.Table) and source.meta.get("cte") else None
    return cte.outputs if cte else None


def has_modifiers(node: exp.Expr) -> bool:
    """Is there more around this query than parentheses?"""
    return any(node.args.get(part) for part in ("order", "limit", "offset", "with_", "joins", "pivots", "sample"))
