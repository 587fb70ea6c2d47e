"""Queries to relations: SELECT in the order SQL evaluates it, set operations, CTEs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlglot import exp

from workbench.equivalence.proof.branches import one_kind
from workbench.equivalence.proof.context import Context, Rel, Scope, Stage
from workbench.equivalence.proof.lowering_from import from_clause
from workbench.equivalence.proof.lowering_group import group, is_grouped
from workbench.equivalence.proof.lowering_limit import distinct_on, limited
from workbench.equivalence.proof.lowering_scalar import lower, truth
from workbench.equivalence.proof.lowering_window import with_windows
from workbench.equivalence.proof.set_operations import SET_RULES, distinct
from workbench.equivalence.proof.sort_keys import direction, set_key, sort_key, sort_keys
from workbench.equivalence.proof.terms import (
    Term,
    Terms,
    Unsupported,
)

# The parts of a query that are read, or declined where they are; any other is declined here.
_READ = frozenset(
    [
        *("kind", "with", "with_", "expressions", "from", "from_", "joins", "laterals", "where", "group", "having"),
        *("windows", "distinct", "order", "limit", "offset", "this", "expression", "by_name", "side", "on"),
        *("operation_modifiers", "hint"),
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
    elif isinstance(tree, exp.SetOperation) and type(tree) in SET_RULES:
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
    terms = tuple(t for t in _aligned(ctx, tuple(rows), len(columns)))
    ordered = Ordered(columns, terms, tuple(direction(ctx, o) for o in sort_keys(tree)))
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


def _outputs(ctx: Context, tree: exp.Select, term: Term, scope: Scope) -> Term:
    outputs = [lower(ctx, e, scope) for e in tree.expressions]
    keys = [sort_key(ctx, key.this, tree, outputs, scope) for key in sort_keys(tree)]
    return replace(term, outputs=(*outputs, *keys))


def _aligned(ctx: Context, terms: Terms, width: int) -> Terms:
    """The outputs of all branches brought to one kind a column."""
    if len(terms) < 2:
        return terms
    columns = [one_kind(ctx, [t.outputs[i] for t in terms]) for i in range(len(terms[0].outputs))]
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


def _set_operation(ctx: Context, tree: exp.SetOperation, outer: Scope | None) -> Ordered:
    left, right = lower_query(ctx, tree.this, outer), lower_query(ctx, tree.expression, outer)
    if tree.args.get("by_name") or len(left.columns) != len(right.columns):
        raise Unsupported("a set operation by name or of different widths")
    both = _aligned(ctx, (*left.terms, *right.terms), len(left.columns))
    first, second = both[: len(left.terms)], both[len(left.terms) :]
    keep_all = not tree.args.get("distinct")
    terms = SET_RULES[type(tree)](first, second, keep_all)
    keys = tuple(set_key(key.this, left.columns) for key in sort_keys(tree))
    terms = tuple(replace(t, outputs=(*t.outputs, *(t.outputs[k] for k in keys))) for t in terms)
    return Ordered(left.columns, terms, tuple(direction(ctx, o) for o in sort_keys(tree)))
