"""A query's text as a tree with every name resolved, ready to be compared; the text itself is what gets executed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as SqlglotDialect
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify

from workbench.catalog.table import Catalog, Column, Dialect, Table
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.aliases import unique_aliases
from workbench.equivalence.bindings import Binding, substitute
from workbench.equivalence.leniency import group_by_constants, name_values_columns
from workbench.equivalence.negation import spell_out_negation
from workbench.equivalence.placeholders import Style, numbered

Query: TypeAlias = exp.Query


@dataclass(frozen=True)
class ParsedQuery:
    """One query with its names resolved. ``tree`` is qualified: each source has an alias of its own
    (q1, q2 …), every column names its source.

    ``parameters`` are the numbers of the free parameters (``exp.Parameter`` nodes named by text) in order;
    ``catalog`` holds the names as the tree writes them (SQLite's in lower case).
    """

    sql: str
    dialect: Dialect
    style: Style
    tree: exp.Query
    outputs: tuple[str, ...]
    catalog: Catalog
    parameters: tuple[str, ...] = ()
    bindings: tuple[Binding, ...] | None = None
    assumptions: tuple[str, ...] = ()


def parse_query(
    sql: str,
    catalog: Catalog,
    dialect: Dialect,
    style: Style = "format",
    bindings: Sequence[Binding] | None = None,
    side: Literal["left", "right", "query"] = "query",
) -> ParsedQuery:
    """Parse and resolve one SELECT or set operation; ``WorkbenchError`` (one line) for anything else."""
    folded = fold_catalog(catalog)
    tree = _single_query(numbered(sql, dialect, style, side), dialect, side)
    spell_out_negation(tree)
    tables = _tables(tree, folded, side)
    assumptions = name_values_columns(tree) + group_by_constants(tree)
    bound = tuple(bindings) if bindings is not None else None
    tree = substitute(tree, bound, side)
    resolved = _qualify(tree, tables, dialect, side)
    unique_aliases(resolved)
    free = dict.fromkeys(node.name for node in resolved.find_all(exp.Parameter))
    return ParsedQuery(
        sql, dialect, style, resolved, tuple(resolved.named_selects), folded, tuple(free), bound, assumptions
    )


def refuse(side: str, thing: str, fact: str) -> WorkbenchError:
    """The error to raise for a query that cannot be read."""
    return WorkbenchError(Diagnostic("query.unreadable", Origin(side), thing, fact, fidelity=Fidelity.ERROR))


def fold_catalog(catalog: Catalog) -> Catalog:
    """The catalog with the names that resolved trees use: SQLite compares names without regard to case."""
    if catalog.dialect == "postgres":
        return catalog
    known = _FOLDED.get(id(catalog))
    if known is None or known[0] is not catalog:
        _FOLDED[id(catalog)] = known = (catalog, Catalog("sqlite", tuple(_fold_table(t) for t in catalog.tables)))
        if len(_FOLDED) > _FOLDED_KEPT:
            _FOLDED.pop(next(iter(_FOLDED)))
    return known[1]


_FOLDED: dict[int, tuple[Catalog, Catalog]] = {}
_FOLDED_KEPT = 8  # one or two are in use at a time; the bound keeps a batch of ten thousand schemas small


def _lower(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)


def _fold_table(table: Table) -> Table:
    keys = tuple(replace(key, columns=_lower(key.columns)) for key in table.uniques)
    primary = replace(table.primary_key, columns=_lower(table.primary_key.columns)) if table.primary_key else None
    foreign = tuple(
        replace(k, columns=_lower(k.columns), target=k.target.lower(), target_columns=_lower(k.target_columns))
        for k in table.foreign_keys
    )
    indexes = tuple(
        replace(i, parts=tuple(replace(p, expression=p.expression.lower()) if p.is_column else p for p in i.parts))
        for i in table.indexes
    )
    columns = tuple(_fold_column(column) for column in table.columns)
    return replace(
        table,
        name=table.name.lower(),
        columns=columns,
        primary_key=primary,
        uniques=keys,
        foreign_keys=foreign,
        indexes=indexes,
    )


def _fold_column(column: Column) -> Column:
    return replace(column, name=column.name.lower())


def _single_query(sql: str, dialect: Dialect, side: str) -> exp.Query:
    try:
        trees = [tree for tree in SqlglotDialect.get_or_raise(dialect).parse(sql) if tree is not None]
    except (SqlglotError, RecursionError) as error:
        raise refuse(side, _title(sql), f"does not parse: {_first_line(error)}") from error
    if len(trees) != 1:
        raise refuse(side, _title(sql), f"{len(trees)} statements; exactly one is compared")
    tree = trees[0].unnest()
    if not isinstance(tree, (exp.Select, exp.SetOperation)) or tree.args.get("into"):
        raise refuse(side, _title(sql), "not a SELECT or a set operation: only queries are compared")
    return tree


def _tables(tree: exp.Query, catalog: Catalog, side: str) -> dict[str, Table]:
    """The catalog's tables that the query reads, by name; every table gets an alias of its own name."""
    named = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    found: dict[str, Table] = {}
    for table in tree.find_all(exp.Table):
        identifier = table.this
        if not isinstance(identifier, exp.Identifier):
            continue
        name = identifier.name if identifier.quoted and catalog.dialect == "postgres" else identifier.name.lower()
        if name in catalog and not table.args.get("catalog") and table.db.lower() in ("", "public", "main"):
            found[name] = catalog.table(name)
        elif name.lower() not in named:
            raise refuse(side, table.sql(catalog.dialect), "a table that the schema lacks")
        table.set("db", None)
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(name, quoted=True)))
    return found


def _qualify(tree: exp.Query, tables: Mapping[str, Table], dialect: Dialect, side: str) -> exp.Query:
    schema: dict[str, Any] = {
        name: {f'"{column.name}"': "text" for column in table.columns} for name, table in tables.items()
    }
    quoted = {f'"{name}"': columns for name, columns in schema.items()}
    try:
        resolved = qualify(tree, dialect=dialect, schema=quoted)
    except (SqlglotError, RecursionError) as error:
        raise refuse(side, *_unresolved(_first_line(error), tree, tables, dialect)) from error
    return resolved


def _unresolved(message: str, tree: exp.Query, tables: Mapping[str, Table], dialect: Dialect) -> tuple[str, str]:
    """Thing and fact of a name that does not resolve: which tables have it, or that none has."""
    named = re.search(r"[Cc]olumn '?\"?([^'\":]+)'?\"? could not be resolved", message)
    if named is None:
        return _title(tree.sql(dialect)), message
    owners = [table.name for table in tables.values() if any(c.name == named[1] for c in table.columns)]
    if len(owners) > 1:
        return named[1], f"an ambiguous column: {', '.join(owners)} have it"
    return named[1], "a column that no table in its place has"


def _title(sql: str) -> str:
    line = " ".join(sql.split())
    return line if len(line) <= 80 else line[:77] + "…"


def _first_line(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error).splitlines()[0].split(". Line", maxsplit=1)[0]
