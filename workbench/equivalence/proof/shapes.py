"""The canonical text of an expression: bound rows numbered as they come, free columns taken out as arguments."""

from __future__ import annotations

from itertools import count

from workbench.equivalence.proof.terms import (
    Agg,
    App,
    Col,
    Const,
    Distinct,
    Exists,
    Expr,
    Param,
    Source,
    TableSource,
    Term,
    Terms,
)


class Shape:
    """Prints expressions so that two which differ only in names print alike; collects the free columns in order."""

    def __init__(self) -> None:
        self.bound: dict[int, int] = {}
        self.free: dict[Col, int] = {}
        self.numbers = count()  # never reused: a row bound twice has two numbers, and no two rows share one

    def expr(self, expr: Expr) -> str:
        """The text of an expression."""
        if isinstance(expr, Col):
            if expr.row in self.bound:
                return f"r{self.bound[expr.row]}.{expr.name}"
            return f"?{self.free.setdefault(expr, len(self.free))}:{expr.kind}"
        if isinstance(expr, Const):
            return f"{expr.value!r}:{expr.kind}"
        if isinstance(expr, Param):
            return f"${expr.key}:{expr.kind}"
        if isinstance(expr, App):
            return f"({expr.op} {' '.join(self.expr(a) for a in expr.args)}):{expr.kind}"
        word = "exists" if isinstance(expr, Exists) else expr.op
        return f"{word}{self.terms(expr.body)}"

    def terms(self, terms: Terms) -> str:
        """The text of a relation."""
        return "{" + " + ".join(self.term(t) for t in terms) + "}"

    def term(self, term: Term) -> str:
        """The text of a term."""
        sources = []
        for row, source in term.sources:
            self.bound[row] = next(self.numbers)
            sources.append(f"r{self.bound[row]} in {self.source(source)}")
        where = " & ".join(self.expr(w) for w in term.where)
        return f"[{', '.join(sources)} | {where} -> {', '.join(self.expr(o) for o in term.outputs)}]"

    def source(self, source: Source) -> str:
        """The text of a source."""
        if isinstance(source, TableSource):
            return source.name
        if isinstance(source, Distinct):
            return "distinct " + self.terms(source.body)
        return source.what + " ".join(self.terms(b) for b in source.bodies)


def shape_of(expr: Exists | Agg) -> tuple[str, tuple[Col, ...]]:
    """The text of an atom with its free columns as numbered places, and these columns."""
    shape = Shape()
    text = shape.expr(expr)
    return text, tuple(shape.free)
