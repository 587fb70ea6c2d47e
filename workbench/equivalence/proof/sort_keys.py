"""ORDER BY: which expression each key is, and how it sorts."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.lowering_scalar import lower
from workbench.equivalence.proof.terms import App, Const, Expr, Unsupported, negate


def sort_keys(tree: exp.Expr) -> list[exp.Ordered]:
    """The keys of a query's own ORDER BY."""
    clause = tree.args.get("order")
    return list(clause.expressions) if clause is not None else []


def direction(ctx: Context, key: exp.Ordered) -> tuple[bool, bool]:
    """(descending, NULLs first); PostgreSQL sorts NULL as the largest value, SQLite as the smallest."""
    descending = bool(key.args.get("desc"))
    first = key.args.get("nulls_first")
    return descending, descending == (ctx.dialect == "postgres") if first is None else bool(first)


def sort_key(ctx: Context, node: exp.Expr, tree: exp.Select, outputs: list[Expr], scope: Scope) -> Expr:
    """A position or an output's name stands for that output; anything else is an expression over the input."""
    if isinstance(node, exp.Literal) and node.is_int:
        return outputs[int(node.name) - 1]
    names = [e.alias_or_name for e in tree.expressions]
    if isinstance(node, exp.Column) and not node.table and node.name in names:
        return outputs[names.index(node.name)]
    return _as_number(lower(ctx, node, scope))


def _as_number(key: Expr) -> Expr:
    """Truth values sort as 0 and 1."""
    if key.kind != "bool":
        return key
    return App("case", (key, Const(1, "int"), negate(key), Const(0, "int"), Const(None, "int")), "int")


def set_key(node: exp.Expr, columns: tuple[tuple[str, str], ...]) -> int:
    """The place of the output that a set operation is ordered by."""
    if isinstance(node, exp.Literal) and node.is_int:
        return int(node.name) - 1
    names = [name for _, name in columns]
    if isinstance(node, exp.Column) and node.name in names:
        return names.index(node.name)
    raise Unsupported("a set operation ordered by an expression")
