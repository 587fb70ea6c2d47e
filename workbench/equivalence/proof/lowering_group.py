"""GROUP BY: one row for each distinct key, aggregates as values of the bag of rows that have this key.

A group is a row ``d`` of the distinct keys; an aggregate is a value of the copy of the input restricted to keys that
are the same as ``d``. Grouping sets are the union of their sets, absent keys NULL.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, product

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.aggregates import aggregate, is_aggregate
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.lowering_scalar import align, lower, truth
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    Col,
    Const,
    Distinct,
    Expr,
    TableSource,
    Term,
    Terms,
    Unsupported,
    fresh_row,
    same,
)


@dataclass(frozen=True)
class Stage:
    """Terms of a query block, each with the scope in which later clauses read it."""

    pairs: tuple[tuple[Term, Scope], ...]


def is_grouped(tree: exp.Select) -> bool:
    """Whether the block has GROUP BY, HAVING or an aggregate of its own."""
    if tree.args.get("group") or tree.args.get("having"):
        return True
    clauses = [*tree.expressions, *([tree.args["order"]] if tree.args.get("order") else [])]
    return any(_own_aggregate(node, tree) for clause in clauses for node in clause.walk())


def _own_aggregate(node: exp.Expr, tree: exp.Select) -> bool:
    over = isinstance(node.parent, exp.Window) or (
        isinstance(node.parent, exp.Filter) and isinstance(node.parent.parent, exp.Window)
    )
    return is_aggregate(node) and not over and node.parent_select is tree


def group(ctx: Context, tree: exp.Select, stage: Stage) -> list[Stage]:
    """One stage for each grouping set (one without them), HAVING applied."""
    sets = _grouping_sets(tree)
    everything = list(dict.fromkeys(key for keys in sets for key in keys))
    if len(sets) == 1:
        everything = sets[0] = [*sets[0], *_dependent(ctx, tree, stage, sets[0])]
    return [_one_set(ctx, tree, stage, keys, everything) for keys in sets]


def _grouping_sets(tree: exp.Select) -> list[list[exp.Expr]]:
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


def _dependent(ctx: Context, tree: exp.Select, stage: Stage, keys: list[exp.Expr]) -> list[exp.Expr]:
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
    for term, scope in stage.pairs:
        value = scope.find(column.table, column.name)
        if isinstance(value, Const):
            continue
        source = dict(term.sources).get(value.row) if isinstance(value, Col) else None
        if not isinstance(source, TableSource) or not isinstance(value, Col):
            return False
        primary = ctx.catalog.table(source.name).primary_key
        grouped = [lower(ctx, key, scope) for key in keys]
        if primary is None or not all(
            any(isinstance(g, Col) and (g.row, g.name) == (value.row, c) for g in grouped) for c in primary.columns
        ):
            return False
    return True


def _one_set(ctx: Context, tree: exp.Select, stage: Stage, keys: list[exp.Expr], everything: list[exp.Expr]) -> Stage:
    values = [[lower(ctx, key, scope) for key in keys] for _, scope in stage.pairs]
    columns = [align([v[i] for v in values]) for i in range(len(keys))] if values else []
    rows = [tuple(c[n] for c in columns) for n in range(len(values))]
    if keys and not rows:
        return Stage(())
    for expr in (e for row in rows for e in row):
        if not kinds.is_identity(expr.kind):
            raise Unsupported(f"GROUP BY a {expr.kind}: equal values may differ")
    body = tuple(replace(term, outputs=row) for (term, _), row in zip(stage.pairs, rows, strict=True))
    d = fresh_row()
    key_columns = tuple(Col(d, str(i), kinds.joined([r[i].kind for r in rows])) for i in range(len(keys)))
    scope = _group_scope(ctx, stage, body, keys, key_columns, everything)
    term = Term(((d, Distinct(freshen(body))),) if keys else (), (), ())
    having = tree.args.get("having")
    return Stage(((replace(term, where=(truth(ctx, having.this, scope),)) if having else term, scope),))


def _group_scope(
    ctx: Context,
    stage: Stage,
    body: Terms,
    keys: list[exp.Expr],
    columns: tuple[Col, ...],
    everything: list[exp.Expr],
) -> Scope:
    """The scope of SELECT, HAVING and ORDER BY over groups: keys, aggregates, and nothing else of the input."""
    inner = stage.pairs[0][1] if stage.pairs else Scope({})
    named = {(k.table, k.name): c for k, c in zip(keys, columns, strict=True) if isinstance(k, exp.Column)}

    def rows(args: list[exp.Expr], where: exp.Expr | None) -> Terms:
        """The rows of this group, with these outputs, that pass an aggregate's FILTER."""
        terms = []
        for (term, scope), keyed in zip(stage.pairs, body, strict=True):
            matched = tuple(same(a, b) for a, b in zip(keyed.outputs, columns, strict=True))
            passed = (truth(ctx, where, scope),) if where is not None else ()
            outputs = tuple(lower(ctx, a, scope) for a in args)
            terms.append(Term(term.sources, (*term.where, *matched, *passed), outputs))
        return freshen(tuple(terms))

    def override(node: exp.Expr) -> Expr | None:
        if node in keys:
            return columns[keys.index(node)]
        if isinstance(node, exp.Grouping) or (isinstance(node, exp.Anonymous) and node.name.lower() == "grouping"):
            return Const(_grouping_bits(node, keys), "int")
        if is_aggregate(node) or isinstance(node, exp.Filter | exp.WithinGroup):
            return aggregate(ctx, node, rows)
        if node in everything:
            return Const(None, _kind_of(ctx, stage, node))
        if isinstance(node, exp.Column) and (node.table, node.name) in inner.columns:
            raise Unsupported(f"{node.sql()} is neither grouped nor aggregated")
        return None

    return Scope(dict(named), inner.outer, override=override)


def _kind_of(ctx: Context, stage: Stage, node: exp.Expr) -> str:
    return kinds.joined([lower(ctx, node, scope).kind for _, scope in stage.pairs]) if stage.pairs else "null"


def _grouping_bits(node: exp.Expr, keys: list[exp.Expr]) -> int:
    """GROUPING(a, b): a bit for each argument, 1 where the set leaves it out, the last argument lowest."""
    bits = 0
    for argument in node.expressions:
        bits = bits * 2 + (argument not in keys)
    return bits
