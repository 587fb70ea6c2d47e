"""Relations written as SQL for people to read: what a proof shows before and after each step.

The text is never executed and never compared; rows are named after their tables in the order they come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from workbench.equivalence.proof.scalar_notation import scalar
from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.terms import (
    Agg,
    App,
    Col,
    Const,
    Distinct,
    Exists,
    Expr,
    Source,
    TableSource,
    Term,
    Terms,
)


class Notation:
    """Names rows as it meets them, so that what is written before and after a step has the same names."""

    def __init__(self, outer: dict[int, Source] | None = None) -> None:
        self._names: dict[int, str] = {}
        self._columns: dict[int, list[str]] = {}
        self._taken: Counter[str] = Counter()
        for row, source in (outer or {}).items():
            self._bind(row, source)

    def relation(self, terms: Terms, union: str = " UNION ALL ") -> str:
        """A bag of rows."""
        return union.join(self.select(t) for t in terms) or "no rows"

    def ordered(self, terms: Terms, directions: tuple[tuple[bool, bool], ...]) -> str:
        """A list of rows, whose sort keys stand after its outputs."""
        if not directions or len(terms) != 1:
            return self.relation(terms)
        (term,) = terms
        width = len(term.outputs) - len(directions)
        text = self.select(Term(term.sources, term.where, term.outputs[:width]))
        keys = zip(term.outputs[width:], directions, strict=True)
        return f"{text} ORDER BY {', '.join(self.expr(k) + sorting(d) for k, d in keys)}"

    def select(self, term: Term, word: str = "SELECT", shown: str | None = None) -> str:
        """The rows of one term; ``shown`` in place of its outputs."""
        sources = ", ".join([self._source(row, s) for row, s in term.sources])
        outputs = shown if shown is not None else ", ".join(self.expr(o) for o in term.outputs)
        around = "and" if len(term.where) > 1 else ""
        where = " AND ".join(self.expr(w, around) for w in term.where)
        text = f"{word} {outputs or '1'}" + (f" FROM {sources}" if sources else "")
        return f"{text} WHERE {where}" if where else text

    def expr(self, expr: Expr, inside: str = "") -> str:
        """A value or condition; ``inside``: the operator around it, for parentheses."""
        if isinstance(expr, Col):
            return f"{self._names.get(expr.row, 'outer')}.{self._column(expr)}"
        if isinstance(expr, Exists):
            return f"EXISTS ({self.relation(expr.body)})"
        if isinstance(expr, Agg):
            return self._aggregate(expr)
        return self._guarded(expr) or scalar(expr, self.expr, inside)

    def _bind(self, row: int, source: Source) -> str:
        if row not in self._names:
            letter = source.name[:1].lower() if isinstance(source, TableSource) else "d"
            self._taken[letter] += 1
            self._names[row] = letter if self._taken[letter] == 1 else f"{letter}{self._taken[letter]}"
            self._columns[row] = _names_of(source)
        return self._names[row]

    def _source(self, row: int, source: Source) -> str:
        name = self._bind(row, source)
        if isinstance(source, TableSource):
            return f"{source.name} {name}"
        if isinstance(source, Distinct):
            single = len(source.body) == 1
            body = self.select(source.body[0], "SELECT DISTINCT") if single else self.relation(source.body, " UNION ")
            return f"({body}) {name}"
        bodies = [self.relation(b) for b in source.bodies]
        text = f" {source.what} ".join(bodies) if len(bodies) > 1 else f"{bodies[0]} {source.what}"
        return f"({text}) {name}"

    def _column(self, column: Col) -> str:
        names = self._columns.get(column.row) or []
        return names[int(column.name)] if names else column.name

    def _aggregate(self, agg: Agg, shown: str | None = None) -> str:
        """A scalar subquery; a sum is 0 where there is no row."""
        counted = agg.op == "sum" and all(t.outputs == (Const(1, "int"),) for t in agg.body)
        word = shown or ("COUNT" if counted else "" if agg.op == "single" else agg.op.removeprefix("bag ").upper())
        text = self._of(agg.body, word, "*" if counted else None)
        return f"COALESCE({text}, 0)" if word == "SUM" and shown is None else text

    def _of(self, body: Terms, word: str, shown: str | None) -> str:
        if len(body) != 1:
            return f"(SELECT {word}({shown or 'value'}) FROM ({self.relation(body)}) u)"
        (term,) = body
        for row, source in term.sources:
            self._bind(row, source)
        value = shown or ", ".join(self.expr(o) for o in term.outputs)
        return f"({self.select(term, shown=f'{word}({value})' if word else value)})"

    def _guarded(self, expr: Expr) -> str | None:
        """NULL on no row, else a sum, an average …: what SQL's own aggregates and scalar subqueries yield."""
        if not (isinstance(expr, App) and expr.op == "case" and len(expr.args) == 3):
            return None
        guard, value, other = expr.args
        average = isinstance(value, App) and value.op.startswith("fn average")
        agg = value.args[0] if isinstance(value, App) and average else value
        if not (
            isinstance(guard, Exists) and isinstance(agg, Agg) and isinstance(other, Const) and other.value is None
        ):
            return None
        if _rows(guard.body) != _rows(agg.body):
            return None
        return self._aggregate(agg, "AVG" if average else "SUM" if agg.op == "sum" else None)


def sorting(direction: tuple[bool, bool]) -> str:
    """How a sort key sorts, written after it."""
    descending, nulls_first = direction
    return (" DESC" if descending else "") + (" NULLS FIRST" if nulls_first else " NULLS LAST")


def _rows(terms: Terms) -> tuple[str, list[Col]]:
    shape = Shape()
    return shape.terms(tuple(Term(t.sources, t.where, ()) for t in terms)), list(shape.free)


def _names_of(source: Source) -> list[str]:
    """The column names of a derived relation: those its outputs come from, else their places."""
    bodies: Iterable[Terms] = (source.body,) if isinstance(source, Distinct) else getattr(source, "bodies", ())
    first = next((t for body in bodies for t in body), None)
    names = [o.name if isinstance(o, Col) and not o.name.isdigit() else "" for o in first.outputs] if first else []
    return [n if n and names.count(n) == 1 else f"column{i + 1}" for i, n in enumerate(names)]
