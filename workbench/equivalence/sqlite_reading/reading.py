"""A query of SQLite as proofs may read it; or why only the very same statement is sure to answer alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar, cast

from sqlglot import exp

from workbench.catalog.table import Catalog, Table
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.first_rows import FIRST_ROW, a_value_may_have_several_rows
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.sqlite_reading.bare_columns import bare_column
from workbench.equivalence.sqlite_reading.comparisons import RULES, Unsettled
from workbench.equivalence.sqlite_reading.expressions import Sources
from workbench.equivalence.walking import by_type, nodes

Tree = TypeVar("Tree", bound=exp.Expr)


def reading(query: ParsedQuery) -> ParsedQuery:
    """The query with every comparison either between values of one class, or a function named after its conversion.

    ``Unsettled`` where a value depends on which row a plan meets first, or no expression says the conversion.
    """
    sources = Sources.of(query)
    if a_value_may_have_several_rows(query.kinds, sources.facts):
        raise Unsettled(FIRST_ROW)
    collated = _collated(query, sources.facts)
    if collated:
        raise Unsettled(f"{collated} is compared by a collation, which depends on the side it stands on")
    bare = bare_column(query.kinds, sources.facts)
    if bare:
        raise Unsettled(f"{bare} is neither grouped nor aggregated: SQLite takes it from any row of its group")
    if any(join.args.get("using") or join.args.get("method") for join in query.kinds.get(exp.Join, ())):
        raise Unsettled("USING and NATURAL compare columns by name")
    tree = _settled(query.tree, sources)
    if tree is query.tree:
        return query
    found = replace(query, tree=tree)
    vars(found)["kinds"] = by_type(tree)
    return found


def _collated(query: ParsedQuery, facts: Facts) -> str:
    """A column or an expression whose text is not compared byte by byte; empty where there is none."""
    for node in (*query.kinds.get(exp.Collate, ()), *query.kinds.get(exp.Column, ())):
        column = facts.column(node)
        if isinstance(node, exp.Collate) or (column is not None and (column.collation or "binary").lower() != "binary"):
            return str(node.sql("sqlite"))
    return ""


def settled_check(condition: exp.Expr, table: Table, catalog: Catalog) -> bool:
    """Whether a CHECK of the table, its columns unqualified, compares values of one class only."""
    sources = Sources(Facts(catalog, "sqlite", tables={"": table, table.name: table}))
    try:
        return _settled(condition, sources) is condition
    except Unsettled:
        return False


def _settled(tree: Tree, sources: Sources) -> Tree:
    """Inner comparisons first: they stand within the outer ones."""
    asked = [(place, RULES[type(node)]) for place, node in enumerate(nodes(tree)) if type(node) in RULES]
    original = nodes(tree)
    if all(rule(original[place], sources) is None for place, rule in asked):
        return tree
    changed = exp.Paren(this=tree.copy())
    places = nodes(changed.this)
    for place, rule in reversed(asked):
        new = rule(places[place], sources)
        if new is not None:
            places[place].replace(new)
    return cast(Tree, changed.this)
