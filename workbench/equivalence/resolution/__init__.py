"""Resolves the names of a query against a catalog: tables first, then columns, then an alias of its own for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from workbench.catalog.table import Catalog, Dialect
from workbench.equivalence.memo import once_for_a_catalog
from workbench.equivalence.refusal import first_line, refuse, title
from workbench.equivalence.resolution.names import resolve
from workbench.equivalence.walking import ByType, find_all


def alias_tables(kinds: ByType, catalog: Catalog, side: str) -> None:
    """Every table gets an alias of its own name; ``WorkbenchError`` for a table that the catalog lacks."""
    named = {cte.alias.lower() for cte in kinds.get(exp.CTE, ())}
    for table in kinds.get(exp.Table, ()):
        identifier = table.this
        if not isinstance(identifier, exp.Identifier):
            continue
        name = identifier.name if identifier.quoted and catalog.dialect == "postgres" else identifier.name.lower()
        known = name in catalog and not table.args.get("catalog") and table.text("db").lower() in ("", "public", "main")
        if not known and name.lower() not in named:
            raise refuse(side, table.sql(catalog.dialect), "a table that the schema lacks")
        unread = [part for part in _UNREAD if table.args.get(part)]
        if unread:
            raise refuse(side, table.sql(catalog.dialect), f"{unread[0].upper()} of a table is not read")
        table.set("db", None)
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(name, quoted=True)))


# what may stand beside a table's name and change its rows
_UNREAD = (
    *("only", "partition", "ordinality", "pivots", "rows_from", "when", "version", "system_time", "changes", "pattern"),
)


def resolved_at_once(tree: exp.Query, catalog: Catalog) -> bool:
    """Resolve a tree of a common shape in place; False, and a tree half done, for any other."""
    return resolve(tree, _columns(catalog), catalog.dialect)


def qualified(tree: exp.Query, catalog: Catalog, side: str) -> exp.Query:
    """The tree resolved by sqlglot's ``qualify``; ``WorkbenchError`` for a name that does not resolve."""
    dialect: Dialect = catalog.dialect
    _name_subqueries(tree)
    try:
        resolved: exp.Query = qualify(tree, dialect=dialect, schema=_schema(catalog))
    except (SqlglotError, RecursionError) as error:
        raise refuse(side, *_unresolved(first_line(error), tree, catalog)) from error
    return resolved


def _name_subqueries(tree: exp.Query) -> None:
    """A scalar subquery that GROUP BY 1 or ORDER BY 1 means gets a name: ``qualify`` cannot read it without one."""
    for select in find_all(tree, exp.Select):
        keys = [key for clause in ("group", "order") if (part := select.args.get(clause)) for key in part.expressions]
        positions = {key.this.name if isinstance(key, exp.Ordered) else key.name for key in keys}
        for number, output in enumerate(select.expressions):
            if isinstance(output, exp.Subquery) and not output.alias and str(number + 1) in positions:
                output.replace(exp.Alias(this=output.copy(), alias=exp.to_identifier(f"_col_{number}")))


@once_for_a_catalog
def _columns(catalog: Catalog) -> Mapping[str, Collection[str]]:
    return {table.name: dict.fromkeys(column.name for column in table.columns) for table in catalog.tables}


@once_for_a_catalog
def _schema(catalog: Catalog) -> MappingSchema:
    quoted: dict[str, Any] = {
        f'"{table}"': {f'"{column}"': "text" for column in columns} for table, columns in _columns(catalog).items()
    }
    return MappingSchema(quoted, dialect=catalog.dialect)


def _unresolved(message: str, tree: exp.Query, catalog: Catalog) -> tuple[str, str]:
    """Thing and fact of a name that does not resolve: which tables have it, or that none has."""
    named = re.search(r"[Cc]olumn:? '?\"?([^'\":]+?)'?\"?( could not be resolved|$)", message)
    if named is None:
        return title(tree.sql(catalog.dialect)), message
    lost = [column for column in find_all(tree, exp.Column) if column.name == named[1] and _out_of_sight(column)]
    if lost:
        return lost[0].sql(catalog.dialect), f"no table {lost[0].table} in its place"
    for select in find_all(tree, exp.Select):
        owners = [alias for alias, table in _sources(select) if named[1] in _columns(catalog).get(table, ())]
        if len(owners) > 1:
            return named[1], f"an ambiguous column: {', '.join(owners)} have it"
    return named[1], "a column that no table in its place has"


def _out_of_sight(column: exp.Column) -> bool:
    """Is the column qualified by a name that neither its SELECT nor one around it reads?"""
    select = column.find_ancestor(exp.Select)
    while select is not None and column.table:
        if column.table in {source.alias_or_name for source in _holders(select)}:
            return False
        select = select.find_ancestor(exp.Select)
    return bool(column.table)


def _sources(select: exp.Select) -> list[tuple[str, str]]:
    """(alias, table) of the tables that a SELECT reads."""
    return [(source.alias_or_name, source.name) for source in _holders(select) if isinstance(source, exp.Table)]


def _holders(select: exp.Select) -> list[exp.Expr]:
    """The tables and derived tables that a SELECT reads."""
    holders = [select.args.get("from_"), *(select.args.get("joins") or ()), *(select.args.get("laterals") or ())]
    return [holder.this if isinstance(holder, (exp.From, exp.Join)) else holder for holder in holders if holder]
