"""FROM and JOIN: products of terms; an outer join adds the rows of one side that no row of the other matches."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.branches import one_kind
from workbench.equivalence.proof.context import Context, Rel, Scope
from workbench.equivalence.proof.joins import joined
from workbench.equivalence.proof.lowering_scalar import lower
from workbench.equivalence.proof.terms import (
    Col,
    TableSource,
    Term,
    Unsupported,
    fresh_row,
)


def from_clause(ctx: Context, tree: exp.Select, outer: Scope | None) -> Rel:
    """The product of all that a SELECT reads; no FROM is one row of no columns."""
    start = tree.args.get("from_") or tree.args.get("from")
    rel = Rel((), (Term((), (), ()),)) if start is None else relation(ctx, start.this, outer)
    for join in tree.args.get("joins") or ():
        rel = _join(ctx, rel, join, outer)
    for lateral in tree.args.get("laterals") or ():
        rel = _lateral(ctx, rel, lateral, outer)
    return rel


def relation(ctx: Context, node: exp.Expr, outer: Scope | None) -> Rel:
    """A table, a CTE, a derived table or VALUES, under its alias; joins written inside parentheses belong to it."""
    rel = _bare(ctx, node, outer)
    for join in node.args.get("joins") or ():
        rel = _join(ctx, rel, join, outer)
    return rel


def _bare(ctx: Context, node: exp.Expr, outer: Scope | None) -> Rel:
    if node.args.get("sample") or node.args.get("pivots"):
        raise Unsupported("TABLESAMPLE or PIVOT")
    if isinstance(node, exp.Table):
        return _table(ctx, node, outer)
    if isinstance(node, exp.Values):
        return _values(ctx, node, outer)
    if isinstance(node, exp.Lateral):
        return (
            _bare(ctx, node.this, outer)
            if isinstance(node.this, exp.Values)
            else _derived(ctx, node.this.this if isinstance(node.this, exp.Subquery) else node.this, node, outer)
        )
    if isinstance(node, exp.Subquery):
        if isinstance(node.this, exp.Table) or (isinstance(node.this, exp.Subquery) and not node.alias):
            return relation(ctx, node.this, outer)
        if isinstance(node.this, exp.Values):
            return _values(ctx, node.this, outer)
        return _derived(ctx, node.this, node, outer)
    raise Unsupported(f"{node.key} in FROM")


def _derived(ctx: Context, query: exp.Expr, node: exp.Expr, outer: Scope | None) -> Rel:
    from workbench.equivalence.proof.lowering_query import lower_query

    rel = lower_query(ctx, query, outer)
    return Rel(_renamed([name for _, name in rel.columns], node), rel.terms)


def _renamed(names: list[str], node: exp.Expr) -> tuple[tuple[str, str], ...]:
    given = node.args["alias"].columns if node.args.get("alias") else []
    names = [*(c.name for c in given), *names[len(given) :]]
    return tuple((node.alias_or_name, name) for name in names)


def _table(ctx: Context, node: exp.Table, outer: Scope | None) -> Rel:
    found = outer.cte(node.name) if outer else None
    if found is not None:
        cte, scope = found
        rel = _derived(ctx, cte.this, cte, scope.outer)
        return Rel(_renamed([name for _, name in rel.columns], node), rel.terms)
    if not isinstance(node.this, exp.Identifier) or node.name not in ctx.catalog:
        raise Unsupported(f"{node.sql()} as a table")
    table = ctx.catalog.table(node.name)
    row = fresh_row()
    columns = tuple(Col(row, c.name, _column_kind(ctx, c.type, c.collation)) for c in table.columns)
    return Rel(_renamed([c.name for c in table.columns], node), (Term(((row, TableSource(table.name)),), (), columns),))


def _column_kind(ctx: Context, type_name: str, collation: str | None) -> str:
    if collation is None or collation.lower() in ("binary", "c", "posix", "default"):
        return kinds.kind_of(type_name, ctx.dialect)
    return f"other {type_name} collate {collation}"


def _values(ctx: Context, node: exp.Values, outer: Scope | None) -> Rel:
    rows = []
    for item in node.expressions:
        parts = (
            item.expressions if isinstance(item, exp.Tuple) else [item.this if isinstance(item, exp.Paren) else item]
        )
        rows.append([lower(ctx, part, outer or Scope({})) for part in parts])
    columns = [one_kind(ctx, [row[i] for row in rows]) for i in range(len(rows[0]))]
    terms = tuple(Term((), (), tuple(c[n] for c in columns)) for n in range(len(rows)))
    return Rel(_renamed([f"column{i + 1}" for i in range(len(columns))], node), terms)


def _join(ctx: Context, left: Rel, join: exp.Join, outer: Scope | None) -> Rel:
    if join.args.get("using") or join.method:
        raise Unsupported("JOIN USING or NATURAL JOIN")
    if isinstance(join.this, exp.Lateral):
        return _lateral(ctx, left, join.this, outer, join)
    return joined(ctx, left, relation(ctx, join.this, outer), join, outer)


def _lateral(ctx: Context, left: Rel, node: exp.Lateral, outer: Scope | None, join: exp.Join | None = None) -> Rel:
    """A lateral join is done once for each term on the left, whose columns its query may mention."""
    columns: tuple[tuple[str, str], ...] = ()
    terms: list[Term] = []
    for term in left.terms:
        scope = Scope(dict(zip(left.columns, term.outputs, strict=True)), outer)
        rel = joined(ctx, replace(left, terms=(term,)), _bare(ctx, node, scope), join, outer)
        columns, terms = rel.columns, [*terms, *rel.terms]
    return Rel(columns, tuple(terms))
