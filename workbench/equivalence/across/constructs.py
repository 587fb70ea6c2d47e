"""The constructs that mean the same in PostgreSQL and SQLite, all of them: any other is compared by running it."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from workbench.catalog.table import Column
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.proof.kinds import kind_of
from workbench.equivalence.proof.terms import Unsupported

_ALIKE_KINDS = ("int", "text")
_ONE_SPELLING = frozenset({"int", "text", "bool", "date", "uuid", "unknown"})  # equal values are written in one way

Condition = Callable[[exp.Expr], bool]


def _always(node: exp.Expr) -> bool:
    return True


def _plain_aggregate(node: exp.Expr) -> bool:
    """No FILTER, no window: their defaults and their readers differ."""
    return not isinstance(node.parent, (exp.Filter, exp.Window, exp.WithinGroup))


def _of_rows(node: exp.Expr) -> bool:
    """A subquery in FROM or IN; as a value, more than one row is an error in PostgreSQL and the first row in SQLite."""
    of_rows = isinstance(node.parent, (exp.From, exp.Join, exp.SetOperation))
    return of_rows or (isinstance(node.parent, exp.In) and node.arg_key == "query")


def _written_join(node: exp.Expr) -> bool:
    return not node.args.get("using") and not node.args.get("method") and node.args.get("side") != "FULL"


def _alone(node: exp.Expr) -> bool:
    """INTERSECT binds more tightly than UNION in PostgreSQL, and not in SQLite."""
    inside = (part.find(exp.SetOperation) for part in (node.this, node.args["expression"]))
    return node.find_ancestor(exp.SetOperation) is None and not any(inside)


def _no_on(node: exp.Expr) -> bool:
    return not node.args.get("on")


def _whole_number(node: exp.Expr) -> bool:
    return node.is_string or node.is_int


def _of_a_column(node: exp.Expr) -> bool:
    return isinstance(node.this, exp.Column)


def _counted(node: exp.Expr) -> bool:
    """A count as written: SQLite reads a negative one as none, and OFFSET alone is PostgreSQL's."""
    return isinstance(node.args.get("expression"), exp.Literal) and (
        isinstance(node, exp.Limit) or (node.parent is not None and bool(node.parent.args.get("limit")))
    )


def _is_null(node: exp.Expr) -> bool:
    return isinstance(node.args.get("expression"), exp.Null)


def _of_one_list(node: exp.Expr) -> bool:
    return {name for name, held in node.args.items() if held} <= {"expressions"}


# Every node of both trees has to be of one of these types and meet the condition beside it.
ALIKE: dict[type[exp.Expr], Condition] = {
    **dict.fromkeys((exp.Select, exp.From, exp.Table, exp.TableAlias, exp.Identifier, exp.Alias, exp.Column), _always),
    **dict.fromkeys((exp.Where, exp.Having, exp.And, exp.Or, exp.Not, exp.Paren, exp.Exists, exp.Null), _always),
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In, exp.Between), _always),
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Star), _always),
    **dict.fromkeys((exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Tuple, exp.Union), _always),
    **dict.fromkeys((exp.Count, exp.Sum, exp.Min, exp.Max), _plain_aggregate),
    exp.Intersect: _alone,
    exp.Except: _alone,
    exp.Join: _written_join,
    exp.Order: _always,
    exp.Ordered: _of_a_column,
    exp.Limit: _counted,
    exp.Offset: _counted,
    exp.Subquery: _of_rows,
    exp.Distinct: _no_on,
    exp.Literal: _whole_number,
    exp.Is: _is_null,
    exp.Group: _of_one_list,
}


def differing(query: ParsedQuery) -> str:
    """The first construct of a query whose meaning may depend on the database; empty where there is none."""
    if query.parameters:
        return "a free parameter, whose type each database reads in its own way"
    if _spelled_twice(query):
        return "which of two equal values a DISTINCT, GROUP BY or set operation keeps"
    for node in query.tree.walk():
        meets = ALIKE.get(type(node))
        if meets is None or not meets(node):
            return f"{type(node).__name__.upper()}"
        if isinstance(node, exp.Ordered) and not _never_null(node.this, query):
            return "where NULL sorts"
        if isinstance(node, (exp.Predicate, exp.Binary, exp.Coalesce, exp.Case, exp.Sum)) and _mixed(node, query):
            return f"{node.sql(query.dialect)}: values that are not all whole numbers or all texts"
    return ""


def _spelled_twice(query: ParsedQuery) -> bool:
    """Are values compared as rows that each database may write differently (1.0 and 1.00)?"""
    comparing = query.tree.find(exp.Distinct, exp.Group, exp.SetOperation) is not None
    return comparing and any(_column_kind(c, query) not in _ONE_SPELLING for c in query.tree.find_all(exp.Column))


def _mixed(node: exp.Expr, query: ParsedQuery) -> bool:
    """Do values of more than one kind meet in an expression? AND, OR and EXISTS hold others, which are looked at."""
    if isinstance(node, (exp.Connector, exp.Exists, exp.Is)):
        return False
    met = {kind for part in node.walk(prune=lambda n: isinstance(n, exp.Query)) for kind in _kinds(part, query)}
    numbers_only = isinstance(node, (exp.Add, exp.Sub, exp.Mul, exp.Sum))
    return len(met) > 1 or not met <= {*_ALIKE_KINDS} or (numbers_only and "text" in met)


def _kinds(node: exp.Expr, query: ParsedQuery) -> set[str]:
    if isinstance(node, exp.Literal):
        return {"text" if node.is_string else "int"}
    if isinstance(node, exp.Count):
        return {"int"}
    return {_column_kind(node, query)} if isinstance(node, exp.Column) else set()


def _described(column: exp.Column, query: ParsedQuery) -> Column | None:
    """The table's column that a name means; None for a derived one."""
    for table in query.kinds.get(exp.Table, ()):
        if table.alias_or_name == column.table and table.name in query.catalog:
            return next((c for c in query.catalog.table(table.name).columns if c.name == column.name), None)
    return None


def _column_kind(column: exp.Column, query: ParsedQuery) -> str:
    described = _described(column, query)
    return "unknown" if described is None else _kind(described.type)


def _never_null(key: exp.Expr, query: ParsedQuery) -> bool:
    """A NOT NULL column of a table that no outer join fills with NULLs."""
    outer = any(join.side for join in query.tree.find_all(exp.Join))
    if isinstance(key, exp.Column) and not key.table and key.parent_select is not None:  # the name of an output
        key = next((part.unalias() for part in key.parent_select.selects if part.alias_or_name == key.name), key)
    described = _described(key, query) if isinstance(key, exp.Column) and not outer else None
    return described is not None and not described.nullable and _kind(described.type) in _ALIKE_KINDS


def _kind(declared: str) -> str:
    """As PostgreSQL reads the type; char(n) pads, and has an equality of its own."""
    if declared.lower().startswith(("character(", "char(", "bpchar")):
        return "padded"
    try:
        return kind_of(declared, "postgres")
    except Unsupported:
        return "unknown"
