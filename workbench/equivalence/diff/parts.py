"""A query as the list of its parts in reading order: one output, one source, one condition … each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlglot import exp

from workbench.equivalence.diff.naming import key_of
from workbench.equivalence.normal_form.facts import conjuncts

Pool: TypeAlias = Literal["output", "source", "condition", "group", "order", "distinct", "operation", "other"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a clause. ``pool``: what it may be matched with; ``depth``: of the query it stands in."""

    clause: str
    text: str
    key: str
    pool: Pool
    depth: int


@dataclass(frozen=True)
class _Printer:
    dialect: str
    columns: dict[tuple[str, str], exp.Expr]  # what the columns of derived tables are, where they are plain columns

    def opened(self, node: exp.Expr) -> exp.Expr:
        """A derived table's column as the column it hands on: wrapping a query changes none of its parts."""
        while isinstance(node, exp.Column) and (node.table, node.name) in self.columns:
            node = self.columns[node.table, node.name]
        return node.copy()

    def part(self, clause: str, node: exp.Expr, pool: Pool, depth: int) -> Iterator[Part]:
        """The node with ``…`` for every query in it, then the parts of those queries, one level deeper."""
        copy = node.copy()
        inner = list(_outermost_queries(copy))
        for query in inner:
            query.replace(exp.Var(this="…"))
        yield Part(clause, copy.sql(self.dialect).strip(), key_of(copy.transform(self.opened)), pool, depth)
        for query in _outermost_queries(node):
            yield from self.query(query, depth + 1)

    def query(self, query: exp.Expr, depth: int) -> Iterator[Part]:
        """A set operation gives its operands' parts one after the other, its own name between them."""
        with_ = query.args.get("with_")
        if with_:
            word = "WITH RECURSIVE" if with_.args.get("recursive") else "WITH"
            for cte in with_.expressions:
                yield from self.part(word, cte, "source", depth)
        if isinstance(query, exp.SetOperation):
            yield from self.query(query.left.unnest(), depth)
            word = type(query).__name__.upper() + ("" if query.args.get("distinct") else " ALL")
            yield Part(word, "", word, "operation", depth)
            yield from self.query(query.right.unnest(), depth)
        yield from self.clauses(query, depth)

    def clauses(self, query: exp.Expr, depth: int) -> Iterator[Part]:
        """The clauses in the order of SQL; one that has no reader is shown whole."""
        for name in (*_READERS, *(name for name in query.args if name not in _READERS and name not in _ELSEWHERE)):
            held = query.args.get(name)
            if held:
                yield from _READERS.get(name, _whole)(self, held, depth)


def parts(tree: exp.Query, dialect: str) -> Iterator[Part]:
    """Every part of the query and of the queries inside it."""
    return _Printer(dialect, dict(_handed_on(tree))).query(tree, 0)


def _handed_on(tree: exp.Query) -> Iterator[tuple[tuple[str, str], exp.Expr]]:
    common = {cte.alias: cte.this for cte in tree.find_all(exp.CTE)}
    for source in tree.find_all(exp.Subquery, exp.Table):
        query = common.get(source.name) if isinstance(source, exp.Table) else source.this
        if isinstance(query, exp.Select) and source.alias_or_name:
            for output in query.selects:
                if isinstance(output.unalias(), exp.Column):
                    yield (source.alias_or_name, output.alias_or_name), output.unalias()


def _outermost_queries(node: exp.Expr) -> Iterator[exp.Expr]:
    kinds = (exp.Select, exp.SetOperation)
    return (found for found in list(node.walk(prune=lambda one: isinstance(one, kinds))) if isinstance(found, kinds))


def _distinct(printer: _Printer, distinct: exp.Expr, depth: int) -> Iterator[Part]:
    on = distinct.args.get("on")
    clause = "DISTINCT ON" if on else "DISTINCT"
    text = ", ".join(part.sql(printer.dialect) for part in on.expressions) if on else ""
    yield Part(clause, text, clause + text, "distinct", depth)


def _outputs(printer: _Printer, outputs: list[exp.Expr], depth: int) -> Iterator[Part]:
    for output in outputs:
        yield from printer.part("SELECT", _unnamed(output), "output", depth)


def _unnamed(output: exp.Expr) -> exp.Expr:
    """Outputs are compared by position; their names are no part of what they mean."""
    if isinstance(output, exp.Subquery):
        output.set("alias", None)
    return output.unalias()


def _from(printer: _Printer, from_: exp.Expr, depth: int) -> Iterator[Part]:
    yield from printer.part("FROM", from_.this, "source", depth)


def _joins(printer: _Printer, joins: list[exp.Join], depth: int) -> Iterator[Part]:
    for join in joins:
        yield from printer.part(_join_word(join), join.this, "source", depth)
        for condition in conjuncts(join.args.get("on")):
            yield from printer.part("ON", condition, "condition", depth)
        for column in join.args.get("using") or ():
            yield from printer.part("USING", column, "condition", depth)


def _join_word(join: exp.Join) -> str:
    words = [join.method, join.side, join.kind if join.kind != "OUTER" else ""]
    said = " ".join(word for word in words if word)
    if not said:
        said = "INNER" if join.args.get("on") or join.args.get("using") else "CROSS"
    return f"{said} JOIN"


def _laterals(printer: _Printer, laterals: list[exp.Expr], depth: int) -> Iterator[Part]:
    for lateral in laterals:
        yield from printer.part("FROM", lateral, "source", depth)


def _conditions(word: str) -> Callable[[_Printer, exp.Expr, int], Iterator[Part]]:
    def read(printer: _Printer, clause: exp.Expr, depth: int) -> Iterator[Part]:
        for condition in conjuncts(clause.this):
            yield from printer.part(word, condition, "condition", depth)

    return read


def _listed(word: str, pool: Pool) -> Callable[[_Printer, exp.Expr, int], Iterator[Part]]:
    def read(printer: _Printer, clause: exp.Expr, depth: int) -> Iterator[Part]:
        if not clause.expressions:
            yield from _whole(printer, clause, depth)
        for part in clause.expressions:
            yield from printer.part(word, part, pool, depth)

    return read


def _single(word: str) -> Callable[[_Printer, exp.Expr, int], Iterator[Part]]:
    def read(printer: _Printer, clause: exp.Expr, depth: int) -> Iterator[Part]:
        yield from printer.part(word, clause.args.get("expression") or clause, "other", depth)

    return read


def _whole(printer: _Printer, held: Any, depth: int) -> Iterator[Part]:
    for node in held if isinstance(held, list) else [held]:
        if isinstance(node, exp.Expr):
            yield from printer.part("", node, "other", depth)


_READERS: dict[str, Callable[[_Printer, Any, int], Iterator[Part]]] = {
    "distinct": lambda printer, held, depth: iter(()) if held is True else _distinct(printer, held, depth),
    "expressions": _outputs,
    "from_": _from,
    "joins": _joins,
    "laterals": _laterals,
    "where": _conditions("WHERE"),
    "group": _listed("GROUP BY", "group"),
    "having": _conditions("HAVING"),
    "order": _listed("ORDER BY", "order"),
    "limit": _single("LIMIT"),
    "offset": _single("OFFSET"),
}
_ELSEWHERE = frozenset(("with_", "this", "expression"))  # read before the clauses: CTEs and a set operation's operands
