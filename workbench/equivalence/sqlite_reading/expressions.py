"""The storage class and affinity of an expression, by its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from workbench.equivalence.bindings import BOUND
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.parse import ParsedQuery
from workbench.equivalence.sqlite_reading import storage
from workbench.equivalence.sqlite_reading.storage import Storage

COMPARING = "sqlite "  # begins the name of a comparison that is written as a function
_DEEPEST = 12  # derived tables within each other


@dataclass
class Sources:
    """Where the columns of a query come from: base tables, and queries by the alias they are read under."""

    facts: Facts
    queries: dict[str, exp.Query] = field(default_factory=dict)
    depth: int = 0

    @classmethod
    def of(cls, query: ParsedQuery) -> Sources:
        """The sources of a query whose aliases are unique."""
        facts = Facts(query.catalog, query.dialect)
        facts.read(query.kinds)
        named = {cte.alias: cte.this for cte in query.kinds.get(exp.CTE, ()) if isinstance(cte.this, exp.Query)}
        found = {s.alias: s.unnest() for s in query.kinds.get(exp.Subquery, ()) if s.alias}
        found |= {
            t.alias_or_name: named[t.name]
            for t in query.kinds.get(exp.Table, ())
            if t.name in named and t.alias_or_name not in facts.tables
        }
        return cls(facts, {alias: inner for alias, inner in found.items() if isinstance(inner, exp.Query)})

    def storage(self, node: exp.Expr | None) -> Storage:
        """What a node's value is stored as."""
        if node is None:
            return Storage(storage.NULL)
        rule = next((rule for kind, rule in _RULES if isinstance(node, kind)), None)
        return rule(self, node) if rule else storage.UNKNOWN.bare()

    def output(self, query: exp.Expr, place: int) -> Storage:
        """What a query's output at that place is stored as: of a set operation, either side's."""
        if isinstance(query, exp.SetOperation):
            return self.output(query.this.unnest(), place) | self.output(query.expression.unnest(), place)
        if not isinstance(query, exp.Select) or place >= len(query.expressions) or self.depth > _DEEPEST:
            return storage.UNKNOWN
        self.depth += 1
        try:
            return self.storage(query.expressions[place].unalias())
        finally:
            self.depth -= 1


def _column(sources: Sources, node: exp.Expr) -> Storage:
    known = sources.facts.column(node)
    if known is not None:
        return storage.declared(known.type)
    assert isinstance(node, exp.Column)
    query = sources.queries.get(node.table)
    places = [i for i, name in enumerate(query.named_selects) if name == node.name] if query is not None else []
    return sources.output(query, places[0]) if query is not None and len(places) == 1 else storage.UNKNOWN


def _literal(sources: Sources, node: exp.Expr) -> Storage:
    return storage.text(node.name) if node.is_string else Storage(storage.NUMBER)


def _subquery(sources: Sources, node: exp.Expr) -> Storage:
    return sources.output(node.unnest(), 0)


def _cast(sources: Sources, node: exp.Expr) -> Storage:
    """A value that the bindings wrote as a typed text is that text; another cast converts as its type says."""
    if node.meta.get(BOUND):
        return storage.text(node.this.name)
    found = storage.declared(node.args["to"].sql("sqlite"))
    return Storage(storage.ANY, found.affinities) if found.kind == storage.MOMENT else found


def _named(sources: Sources, node: exp.Expr) -> Storage:
    if node.name.startswith(COMPARING):
        return Storage(storage.NUMBER)
    return Storage(_FUNCTIONS.get(node.name.lower(), storage.ANY))


_FUNCTIONS = {
    **dict.fromkeys(("datetime", "time"), storage.MOMENT),
    **dict.fromkeys(("unixepoch", "julianday", "total", "instr"), storage.NUMBER),
    **dict.fromkeys(("printf", "format", "typeof", "quote"), storage.TEXT),
}


def _inner(sources: Sources, node: exp.Expr) -> Storage:
    return sources.storage(node.this)


def _value_of_inner(sources: Sources, node: exp.Expr) -> Storage:
    return sources.storage(node.this).bare()


def _same(kind: str) -> Callable[[Sources, exp.Expr], Storage]:
    return lambda sources, node: Storage(kind)


def _one_of(parts: Callable[[exp.Expr], Iterator[exp.Expr | None]]) -> Callable[[Sources, exp.Expr], Storage]:
    return lambda sources, node: storage.joint([sources.storage(part) for part in parts(node)])


def _branches(node: exp.Expr) -> Iterator[exp.Expr | None]:
    yield from (branch.args["true"] for branch in node.args["ifs"])
    yield node.args.get("default")


def _listed(node: exp.Expr) -> Iterator[exp.Expr | None]:
    yield node.this
    yield from node.expressions


def _either(node: exp.Expr) -> Iterator[exp.Expr | None]:
    yield node.args["true"]
    yield node.args.get("false")


_RULES: tuple[tuple[type[exp.Expr] | tuple[type[exp.Expr], ...], Callable[[Sources, exp.Expr], Storage]], ...] = (
    (exp.Column, _column),
    (exp.Literal, _literal),
    (exp.Null, _same(storage.NULL)),
    ((exp.Parameter, exp.Placeholder), _same(storage.FREE)),
    ((exp.Subquery, exp.Query), _subquery),
    ((exp.Paren, exp.Alias, exp.Collate), _inner),
    (exp.Cast, _cast),
    ((exp.DPipe, exp.Concat, exp.Upper, exp.Lower, exp.Trim, exp.Substring), _same(storage.TEXT)),
    ((exp.Replace, exp.GroupConcat, exp.Hex, exp.TimeToStr, exp.Typeof), _same(storage.TEXT)),
    (exp.Anonymous, _named),
    ((exp.Date, exp.CurrentTimestamp, exp.CurrentDate, exp.CurrentTime), _same(storage.MOMENT)),
    (exp.Case, _one_of(_branches)),
    (exp.If, _one_of(_either)),
    ((exp.Coalesce, exp.Greatest, exp.Least), _one_of(_listed)),
    ((exp.Min, exp.Max, exp.Nullif, exp.Window, exp.Filter, exp.Distinct), _value_of_inner),
    ((exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue), _same(storage.ANY)),
    ((exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile), _same(storage.NUMBER)),
    ((exp.Count, exp.Sum, exp.Avg, exp.Length, exp.Abs, exp.Round, exp.StrPosition), _same(storage.NUMBER)),
    ((exp.Predicate, exp.Connector, exp.Not, exp.Boolean, exp.Is, exp.Exists), _same(storage.NUMBER)),
    ((exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg), _same(storage.NUMBER)),
    ((exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseNot), _same(storage.NUMBER)),
    ((exp.BitwiseLeftShift, exp.BitwiseRightShift, exp.BitwiseXor), _same(storage.NUMBER)),
)
