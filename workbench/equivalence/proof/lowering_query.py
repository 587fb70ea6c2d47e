"""Queries to relations: SELECT in the order SQL evaluates it, set operations, CTEs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.context import Context, Rel, Scope
from workbench.equivalence.proof.lowering_from import from_clause
from workbench.equivalence.proof.lowering_group import Stage, group, is_grouped
from workbench.equivalence.proof.lowering_limit import distinct_on, limited
from workbench.equivalence.proof.lowering_scalar import align, lower, truth
from workbench.equivalence.proof.lowering_window import with_windows
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    Col,
    Distinct,
    Exists,
    Expr,
    Opaque,
    Term,
    Terms,
    Unsupported,
    fresh_row,
    negate,
    same,
)

_READ = frozenset(
    [
        "kind",
        "with",
        "with_",
        "expressions",
        "from",
        "from_",
        "joins",
        "where",
        "group",
        "having",
        "distinct",
        "order",
        "limit",
        "offset",
        "windows",
        "laterals",
        "this",
        "expression",
        "by_name",
        "side",
        "on",
        "match",
        "qualify",
        "operation_modifiers",
        "hint",
    ]
)


@dataclass(frozen=True)
class Ordered:
    """A query before ORDER BY is forgotten: outputs first, then the sort keys with their (descending, nulls first)."""

    columns: tuple[tuple[str, str], ...]
    terms: Terms
    directions: tuple[tuple[bool, bool], ...] = ()
    single: bool = False  # LIMIT 1: at most one row, whose order says nothing


def lower_query(ctx: Context, tree: exp.Expr, outer: Scope | None) -> Rel:
    """The bag a query yields, its order forgotten."""
    ordered = lower_ordered(ctx, tree, outer)
    width = len(ordered.columns)
    return Rel(ordered.columns, tuple(replace(t, outputs=t.outputs[:width]) for t in ordered.terms))


def lower_ordered(ctx: Context, tree: exp.Expr, outer: Scope | None) -> Ordered:
    """The bag a query yields with its sort keys beside the outputs."""
    tree = tree.unnest() if isinstance(tree, exp.Subquery) and not tree.args.get("alias") else tree
    unread = sorted(k for k, v in tree.args.items() if v and k not in _READ)
    if unread:
        raise Unsupported(f"{', '.join(unread)} in a query")
    outer = _with_ctes(tree, outer)
    if isinstance(tree, exp.Select):
        ordered = _select(ctx, tree, outer)
    elif isinstance(tree, exp.SetOperation) and type(tree) in _SET_RULES:
        ordered = _set_operation(ctx, tree, outer)
    else:
        raise Unsupported(f"{tree.key} as a query")
    kept: Ordered = limited(ctx, ordered, tree, outer)
    return kept


def _with_ctes(tree: exp.Expr, outer: Scope | None) -> Scope | None:
    clause = tree.args.get("with_") or tree.args.get("with")
    if clause is None:
        return outer
    if clause.args.get("recursive"):
        raise Unsupported("WITH RECURSIVE")
    for cte in clause.expressions:
        outer = Scope({}, outer, ctes={cte.alias: cte})
    return outer


def _select(ctx: Context, tree: exp.Select, outer: Scope | None) -> Ordered:
    stage = _from_where(ctx, tree, outer)
    stages = group(ctx, tree, stage) if is_grouped(tree) else [stage]
    stages = [with_windows(ctx, s, tree) for s in stages]
    if len(stages) > 1 and tree.find(exp.Window) is not None:
        raise Unsupported("windows over grouping sets")
    columns = tuple(("", e.alias_or_name) for e in tree.expressions)
    rows = [_outputs(ctx, tree, term, scope) for s in stages for term, scope in s.pairs]
    terms = tuple(t for t in _aligned(tuple(rows), len(columns)))
    ordered = Ordered(columns, terms, tuple(direction(ctx, o) for o in _keys(tree)))
    return _deduplicated(ctx, tree, ordered)


def _from_where(ctx: Context, tree: exp.Select, outer: Scope | None) -> Stage:
    rel = from_clause(ctx, tree, outer)
    where = tree.args.get("where")
    pairs = []
    for term in rel.terms:
        scope = Scope(dict(zip(rel.columns, term.outputs, strict=True)), outer)
        if where is not None:
            term = replace(term, where=(*term.where, truth(ctx, where.this, scope)))
        pairs.append((term, scope))
    return Stage(tuple(pairs))


def _keys(tree: exp.Expr) -> list[exp.Ordered]:
    clause = tree.args.get("order")
    return list(clause.expressions) if clause is not None else []


def _outputs(ctx: Context, tree: exp.Select, term: Term, scope: Scope) -> Term:
    outputs = [lower(ctx, e, scope) for e in tree.expressions]
    keys = [_sort_key(ctx, key.this, tree, outputs, scope) for key in _keys(tree)]
    return replace(term, outputs=(*outputs, *keys))


def _sort_key(ctx: Context, node: exp.Expr, tree: exp.Select, outputs: list[Expr], scope: Scope) -> Expr:
    """A position or an output's name stands for that output; anything else is an expression over the input."""
    if isinstance(node, exp.Literal) and node.is_int:
        return outputs[int(node.name) - 1]
    names = [e.alias_or_name for e in tree.expressions]
    if isinstance(node, exp.Column) and not node.table and node.name in names:
        return outputs[names.index(node.name)]
    return lower(ctx, node, scope)


def direction(ctx: Context, key: exp.Ordered) -> tuple[bool, bool]:
    """(descending, NULLs first); PostgreSQL sorts NULL as the largest value, SQLite as the smallest."""
    descending = bool(key.args.get("desc"))
    first = key.args.get("nulls_first")
    return descending, descending == (ctx.dialect == "postgres") if first is None else bool(first)


def _aligned(terms: Terms, width: int) -> Terms:
    """The outputs of all branches brought to one kind a column."""
    if len(terms) < 2:
        return terms
    columns = [align([t.outputs[i] for t in terms]) for i in range(len(terms[0].outputs))]
    return tuple(replace(t, outputs=tuple(c[n] for c in columns)) for n, t in enumerate(terms))


def _deduplicated(ctx: Context, tree: exp.Select, ordered: Ordered) -> Ordered:
    clause = tree.args.get("distinct")
    if clause is None:
        return ordered
    if clause.args.get("on") is not None:
        first: Ordered = distinct_on(ctx, tree, ordered, clause.args["on"])
        return first
    width = len(ordered.columns)
    keys = range(width, width + len(ordered.directions))
    places = [
        next((i for i in range(width) if all(t.outputs[i] == t.outputs[k] for t in ordered.terms)), None) for k in keys
    ]
    if None in places:
        raise Unsupported("SELECT DISTINCT ordered by what it does not select")
    terms = distinct(tuple(replace(t, outputs=t.outputs[:width]) for t in ordered.terms))
    return replace(
        ordered,
        terms=tuple(replace(t, outputs=(*t.outputs, *(t.outputs[p] for p in places if p is not None))) for t in terms),
    )


def distinct(terms: Terms) -> Terms:
    """One row for each different output; declined where equal values may print differently."""
    if not terms:
        return ()
    outputs = terms[0].outputs
    for i in range(len(outputs)):
        require_identity(*(t.outputs[i] for t in terms))
    row = fresh_row()
    return (Term(((row, Distinct(terms)),), (), tuple(Col(row, str(i), _kind(terms, i)) for i in range(len(outputs)))),)


def _kind(terms: Terms, i: int) -> str:
    return kinds.joined([t.outputs[i].kind for t in terms])


def require_identity(*values: Expr) -> None:
    """Grouping keeps any one of equal values: only sound where equal values are the same."""
    for value in values:
        if not kinds.is_identity(value.kind) and value.kind != "?":
            raise Unsupported(f"{value.kind} values are grouped: equal ones may differ")


def _set_operation(ctx: Context, tree: exp.SetOperation, outer: Scope | None) -> Ordered:
    left, right = lower_query(ctx, tree.this, outer), lower_query(ctx, tree.expression, outer)
    if tree.args.get("by_name") or len(left.columns) != len(right.columns):
        raise Unsupported("a set operation by name or of different widths")
    both = _aligned((*left.terms, *right.terms), len(left.columns))
    first, second = both[: len(left.terms)], both[len(left.terms) :]
    keep_all = not tree.args.get("distinct")
    terms = _SET_RULES[type(tree)](first, second, keep_all)
    keys = tuple(_set_key(key.this, left.columns) for key in _keys(tree))
    terms = tuple(replace(t, outputs=(*t.outputs, *(t.outputs[k] for k in keys))) for t in terms)
    return Ordered(left.columns, terms, tuple(direction(ctx, o) for o in _keys(tree)))


def _set_key(node: exp.Expr, columns: tuple[tuple[str, str], ...]) -> int:
    if isinstance(node, exp.Literal) and node.is_int:
        return int(node.name) - 1
    names = [name for _, name in columns]
    if isinstance(node, exp.Column) and node.name in names:
        return names.index(node.name)
    raise Unsupported("a set operation ordered by an expression")


def _union(left: Terms, right: Terms, keep_all: bool) -> Terms:
    return (*left, *right) if keep_all else distinct((*left, *right))


def _intersect(left: Terms, right: Terms, keep_all: bool) -> Terms:
    """The distinct left rows that some right row is the same as."""
    return _opaque("intersect all", left, right) if keep_all else _semi(left, right, negated=False)


def _except(left: Terms, right: Terms, keep_all: bool) -> Terms:
    """The distinct left rows that no right row is the same as."""
    return _opaque("except all", left, right) if keep_all else _semi(left, right, negated=True)


def _semi(left: Terms, right: Terms, negated: bool) -> Terms:
    kept = []
    for term in left:
        found: Expr = Exists(member(right, term.outputs))
        kept.append(replace(term, where=(*term.where, negate(found) if negated else found)))
    return distinct(tuple(kept))


def member(terms: Terms, row: tuple[Expr, ...]) -> Terms:
    """The rows of a relation that are the same as ``row``."""
    return tuple(
        replace(t, where=(*t.where, *(same(a, b) for a, b in zip(t.outputs, row, strict=True))), outputs=())
        for t in freshen(terms)
    )


def _opaque(what: str, left: Terms, right: Terms) -> Terms:
    if not left:
        return ()
    for i in range(len(left[0].outputs)):
        require_identity(*(t.outputs[i] for t in (*left, *right)))
    row = fresh_row()
    outputs = tuple(Col(row, str(i), _kind(left, i)) for i in range(len(left[0].outputs)))
    return (Term(((row, Opaque(what, (left, right))),), (), outputs),)


_SET_RULES: dict[type[exp.Expr], Callable[[Terms, Terms, bool], Terms]] = {
    exp.Union: _union,
    exp.Intersect: _intersect,
    exp.Except: _except,
}
