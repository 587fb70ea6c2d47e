"""The keys of GROUP BY: grouping sets, positions, output names, and columns that a grouped primary key determines."""

from __future__ import annotations

from itertools import chain, product

from sqlglot import exp

from workbench.equivalence.proof.aggregates import is_aggregate
from workbench.equivalence.proof.context import Context, Scope, Stage
from workbench.equivalence.proof.lowering_scalar import lower
from workbench.equivalence.proof.terms import Col, Const, TableSource, Term, Unsupported


def grouping_sets(tree: exp.Select) -> list[list[exp.Expr]]:
    """The lists of keys that GROUP BY stands for; one empty list without it."""
    clause = tree.args.get("group")
    if clause is None:
        return [[]]
    if any(clause.args.get(k) for k in ("grouping_sets", "rollup", "cube", "totals", "all")):
        raise Unsupported("GROUP BY with modifiers")
    parts = [_sets_of(e, tree) for e in clause.expressions]
    return [list(dict.fromkeys(chain.from_iterable(combination))) for combination in product(*parts)]


def _sets_of(node: exp.Expr, tree: exp.Select) -> list[list[exp.Expr]]:
    """The key lists one element of GROUP BY stands for: one, or those of its grouping sets, or every prefix."""
    if isinstance(node, exp.GroupingSets):
        return [_keys_of(e, tree) for e in node.expressions]
    if isinstance(node, exp.Rollup):
        keys = [_keys_of(e, tree) for e in node.expressions]
        return [list(chain.from_iterable(keys[:n])) for n in range(len(keys), -1, -1)]
    if isinstance(node, exp.Cube):
        raise Unsupported("GROUP BY CUBE")
    return [_keys_of(node, tree)]


def _keys_of(node: exp.Expr, tree: exp.Select) -> list[exp.Expr]:
    node = node.unnest()
    if isinstance(node, exp.Tuple):
        return [key for part in node.expressions for key in _keys_of(part, tree)]
    if isinstance(node, exp.Literal) and node.is_int and 1 <= int(node.name) <= len(tree.expressions):
        return [tree.expressions[int(node.name) - 1].unalias()]
    named = {e.alias: e.unalias() for e in tree.expressions if isinstance(e, exp.Alias)}
    if isinstance(node, exp.Column) and not node.table and node.name in named:
        return [named[node.name]]
    return [node]


def grouping_bits(node: exp.Expr, keys: list[exp.Expr]) -> int:
    """GROUPING(a, b): a bit for each argument, 1 where the set leaves it out, the last argument lowest."""
    bits = 0
    for argument in node.expressions:
        bits = bits * 2 + (argument not in keys)
    return bits


def dependent(ctx: Context, tree: exp.Select, stage: Stage, keys: list[exp.Expr]) -> list[exp.Expr]:
    """Columns outside aggregates that a grouped primary key determines: grouping by them too changes nothing."""
    found: list[exp.Expr] = []
    clauses = [*tree.expressions, *(c for c in (tree.args.get("having"), tree.args.get("order")) if c)]
    for column in (node for clause in clauses for node in clause.find_all(exp.Column)):
        inside = stage.pairs and (column.table, column.name) in stage.pairs[0][1].columns
        if (
            inside
            and column not in keys
            and column not in found
            and not _aggregated(column, tree)
            and _determined(ctx, stage, keys, column)
        ):
            found.append(column)
    return found


def _aggregated(node: exp.Expr, tree: exp.Select) -> bool:
    parent = node.parent
    while parent is not None and parent is not tree:
        if is_aggregate(parent) or isinstance(parent, exp.Filter):
            return True
        parent = parent.parent
    return False


def _determined(ctx: Context, stage: Stage, keys: list[exp.Expr], column: exp.Column) -> bool:
    return all(_from_grouped_row(ctx, term, scope, keys, column) for term, scope in stage.pairs)


def _from_grouped_row(ctx: Context, term: Term, scope: Scope, keys: list[exp.Expr], column: exp.Column) -> bool:
    """Whether a column is a constant, or one of a row whose primary key is among the keys."""
    value = scope.find(column.table, column.name)
    if isinstance(value, Const):
        return True
    source = dict(term.sources).get(value.row) if isinstance(value, Col) else None
    if not isinstance(source, TableSource) or not isinstance(value, Col):
        return False
    primary = ctx.catalog.table(source.name).primary_key
    grouped = {(g.row, g.name) for key in keys if isinstance(g := lower(ctx, key, scope), Col)}
    return primary is not None and all((value.row, name) in grouped for name in primary.columns)
