"""Both sides of a bounded search as relations, with what they mention, and how far the search has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from workbench.equivalence.bounded.domains import Domains
from workbench.equivalence.counterexample.search import Found, Search
from workbench.equivalence.proof.lowering_query import Ordered
from workbench.equivalence.proof.terms import (
    Agg,
    App,
    Const,
    Distinct,
    Exists,
    Expr,
    Param,
    TableSource,
    Terms,
)
from workbench.equivalence.proof.traversal import walk_term
from workbench.values import Wire

_CONSTANTS = 12  # texts of the queries that columns may hold


@dataclass
class Bounded:
    """``rows``: up to so many rows a table there is no difference (0: not known), under ``assumptions``."""

    rows: int = 0
    found: Found | None = None
    databases: int = 0
    assumptions: tuple[str, ...] = ()
    reason: str = ""

    @property
    def sentence(self) -> str:
        """What was shown where no difference was found."""
        rows = "1 row" if self.rows == 1 else f"{self.rows} rows"
        taken = f", if {' and '.join(self.assumptions)}" if self.assumptions else ""
        return f"no difference on databases of up to {rows} a table{taken}"


@dataclass
class SymbolicPair:
    """Both sides as relations, and how far the search has come."""

    attempt: Search
    left: Ordered
    right: Ordered
    milliseconds: Callable[[], int]
    outcome: Bounded
    tables: tuple[str, ...] = ()
    domains: Domains = field(init=False)

    def __post_init__(self) -> None:
        expressions = [e for side in (self.left, self.right) for term in side.terms for e in walk_term(term)]
        self.parameters = list(dict.fromkeys(e for e in expressions if isinstance(e, Param)))
        texts = [e.value for e in expressions if isinstance(e, Const) and isinstance(e.value, str)]
        texts += [text[:1] + text[1:].swapcase() for text in texts]
        numbers = [e.value for e in expressions if isinstance(e, Const) and type(e.value) is int]
        hints: list[Wire] = [*list(dict.fromkeys(texts))[:_CONSTANTS], *dict.fromkeys(numbers)]
        self.domains = Domains(self.attempt.left.dialect, hints)
        self.tables = tuple(dict.fromkeys(n for s in (self.left, self.right) for n in _tables(s.terms)))


def _tables(terms: Terms) -> Iterator[str]:
    """The tables that a relation mentions, also inside EXISTS and aggregates."""
    for term in terms:
        for _, source in term.sources:
            if isinstance(source, TableSource):
                yield source.name
            else:
                for body in (source.body,) if isinstance(source, Distinct) else source.bodies:
                    yield from _tables(body)
        for expr in (*term.where, *term.outputs):
            yield from _nested(expr)


def _nested(expr: Expr) -> Iterator[str]:
    if isinstance(expr, App):
        for part in expr.args:
            yield from _nested(part)
    elif isinstance(expr, Exists | Agg):
        yield from _tables(expr.body)
