"""What lowering carries along: catalog, dialect, what it had to assume, and the names in scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlglot import exp

from workbench.catalog.table import Catalog, Dialect
from workbench.equivalence.proof.terms import Expr, Term, Terms, Unsupported

ONE_MOMENT = "both queries run at the same moment"
ONE_ROW = "no scalar subquery returns more than one row (that is an error)"


@dataclass
class Context:
    """One query's lowering. ``assumptions`` keeps what was taken for granted, in order."""

    catalog: Catalog
    dialect: Dialect
    assumptions: dict[str, None] = field(default_factory=dict)

    def assume(self, fact: str) -> None:
        """Note something the proof takes for granted."""
        self.assumptions[fact] = None


@dataclass(frozen=True)
class Rel:
    """A relation being lowered: (alias, name) of each column, and terms whose outputs stand in that order."""

    columns: tuple[tuple[str, str], ...]
    terms: Terms


@dataclass(frozen=True)
class Scope:
    """Names in sight within one term: its columns, CTEs by name, a rule tried on each node first, the outer scope."""

    columns: dict[tuple[str, str], Expr]
    outer: Scope | None = None
    ctes: dict[str, exp.CTE] = field(default_factory=dict)
    override: Callable[[exp.Expr], Expr | None] | None = None

    def find(self, table: str, name: str) -> Expr:
        """The expression a column name stands for, innermost scope first."""
        if table:
            found = self.columns.get((table, name))
        else:
            matches = [e for (_, n), e in self.columns.items() if n == name]
            found = matches[0] if len(matches) == 1 else None
        if found is not None:
            return found
        if self.outer is None:
            raise Unsupported(f"the column {table}.{name} could not be resolved")
        return self.outer.find(table, name)

    def cte(self, name: str) -> tuple[exp.CTE, Scope] | None:
        """A common table expression in sight, and the scope its text was written in."""
        if name in self.ctes:
            return self.ctes[name], self
        return self.outer.cte(name) if self.outer else None


@dataclass(frozen=True)
class Stage:
    """Terms of a query block, each with the scope in which later clauses read it."""

    pairs: tuple[tuple[Term, Scope], ...]
