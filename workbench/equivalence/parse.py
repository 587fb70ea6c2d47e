"""A query's text as a tree with every name resolved, ready to be compared; the text itself is what gets executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as SqlglotDialect
from sqlglot.errors import SqlglotError

from workbench.catalog.depth import shallow
from workbench.catalog.table import Catalog, Dialect
from workbench.equivalence.aliases import unique_aliases
from workbench.equivalence.bindings import Binding, substitute
from workbench.equivalence.folding import fold_catalog
from workbench.equivalence.in_lists import spell_out_lists
from workbench.equivalence.json_types import name_returned_types
from workbench.equivalence.leniency import group_by_constants, name_calls, name_values_columns
from workbench.equivalence.negation import spell_out_negation, spell_out_rows
from workbench.equivalence.placeholders import Style, numbered
from workbench.equivalence.precedence import refuse_other_ranks
from workbench.equivalence.refusal import first_line, refuse, title
from workbench.equivalence.resolution import alias_tables, qualified, resolved_at_once
from workbench.equivalence.resolution.levels import refuse_outer_aggregates
from workbench.equivalence.walking import ByType, among, by_type

Query: TypeAlias = exp.Query


@dataclass(frozen=True)
class ParsedQuery:
    """One query with its names resolved. ``tree`` is qualified: each source has an alias of its own
    (q1, q2 …), every column names its source. Nobody changes it.

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

    @cached_property
    def kinds(self) -> ByType:
        """The tree's nodes by type."""
        return by_type(self.tree)


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
    text = numbered(sql, dialect, style, side)
    bound = tuple(bindings) if bindings is not None else None
    tree, assumptions = _written(text, folded, bound, side)
    if not resolved_at_once(tree, folded):
        tree = qualified(_written(text, folded, bound, side)[0], folded, side)
    unique_aliases(tree)
    kinds = by_type(tree)
    refuse_outer_aggregates(kinds, side)
    _refuse_whole_rows(kinds, side)
    free = dict.fromkeys(node.name for node in kinds.get(exp.Parameter, ()))
    outputs = tuple(tree.named_selects)
    query = ParsedQuery(sql, dialect, style, tree, outputs, folded, tuple(free), bound, assumptions)
    vars(query)["kinds"] = kinds
    return query


def _refuse_whole_rows(kinds: ByType, side: str) -> None:
    """``WorkbenchError`` for ``SELECT b FROM book b``: the other rooms follow columns, and lose which source it is."""
    for node in kinds.get(exp.TableColumn, ()):
        raise refuse(side, node.name, "a whole row as one value, which is not compared: its columns would be")


def _written(
    text: str, catalog: Catalog, bound: tuple[Binding, ...] | None, side: str
) -> tuple[exp.Query, tuple[str, ...]]:
    """The tree as written, with its values in place, and what had to be assumed to read it."""
    tree = _single_query(text, catalog.dialect, side)
    kinds = by_type(tree)
    if among(kinds, exp.DML):
        raise refuse(side, title(text), _NOT_A_QUERY)
    refuse_other_ranks(kinds, text, catalog.dialect, side)
    spell_out_rows(kinds)
    spell_out_negation(kinds)
    spell_out_lists(kinds, catalog.dialect)
    alias_tables(kinds, catalog, side)
    name_returned_types(kinds)
    name_calls(kinds, catalog.dialect)
    assumptions = name_values_columns(kinds) + group_by_constants(kinds)
    substitute(kinds, bound, side)
    return tree, assumptions


def _single_query(sql: str, dialect: Dialect, side: str) -> exp.Query:
    try:
        trees = [tree for tree in SqlglotDialect.get_or_raise(dialect).parse(shallow(sql)) if tree is not None]
    except (SqlglotError, RecursionError) as error:
        raise refuse(side, title(sql), f"does not parse: {first_line(error)}") from error
    if len(trees) != 1:
        raise refuse(side, title(sql), f"{len(trees)} statements; exactly one is compared")
    tree = trees[0].unnest()
    if not isinstance(tree, (exp.Select, exp.SetOperation)) or tree.args.get("into"):
        raise refuse(side, title(sql), _NOT_A_QUERY)
    return tree


_NOT_A_QUERY = "not a SELECT or a set operation: only queries are compared"
