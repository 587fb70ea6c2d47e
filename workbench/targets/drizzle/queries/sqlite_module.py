"""SQLite's way of writing a query: its tables of forms, and what its grammar has otherwise."""

from __future__ import annotations

from sqlglot import exp

from workbench.targets.drizzle.queries import sqlite_constants, sqlite_decoding, sqlite_scalars
from workbench.targets.drizzle.queries.constants import value_of
from workbench.targets.drizzle.queries.helper_texts import EXPORTED
from workbench.targets.drizzle.queries.module import Module
from workbench.targets.drizzle.queries.scalars import Node
from workbench.targets.drizzle.queries.sqlite_functions import shown
from workbench.targets.drizzle.queries.terms import Item, Scope, Term, Untranslatable
from workbench.targets.drizzle.queries.unsupported import UNSUPPORTED_ON_SQLITE
from workbench.targets.drizzle.queries.writer import Forms
from workbench.targets.drizzle.sqlite_types import sqlite_type
from workbench.targets.typescript import Expression, method

_CONSTANTS = (
    sqlite_constants.compared,
    sqlite_constants.argument,
    sqlite_constants.standing,
    sqlite_constants.cast,
    sqlite_constants.array,
)
SQLITE = Forms(
    core="drizzle-orm/sqlite-core",
    column=sqlite_type,
    helpers=lambda: EXPORTED["sqlite"],
    own={write.__name__: write for write in _CONSTANTS},
)


class SqliteModule(Module):
    """The same room with SQLite's tables."""

    scalars = sqlite_scalars.SCALARS
    conditions = sqlite_scalars.CONDITIONS
    unsupported = UNSUPPORTED_ON_SQLITE

    def decoded(self, item: Item, scope: Scope) -> Term:
        """An output with the value that Django's field decodes to."""
        return sqlite_decoding.decoded(self, item, scope)

    def directed(self, node: exp.Ordered, code: Expression) -> Expression:
        """``desc(code)``, with the place of NULLs where it is not SQLite's own: it takes NULL for the smallest."""
        descending, first = bool(node.args.get("desc")), bool(node.args.get("nulls_first"))
        written: Expression = self.w.drizzle("desc" if descending else "asc", code)
        if first != descending:
            return written
        return self.w.helper("nullsFirst" if first else "nullsLast", written)

    def grouped(self, node: Node, term: Term, scope: Scope) -> Term:
        """SQLite does not ask whether an output is one of the keys."""
        return term

    def combinable(self, node: exp.SetOperation) -> None:
        """SQLite reads set operations from left to right, and its parts have no clauses of their own."""
        if isinstance(node.expression, exp.SetOperation):
            raise Untranslatable(shown(node)[:80], "SQLite combines from left to right, without parentheses")
        for part in (node.this, node.expression):
            if isinstance(part, exp.Select) and any(part.args.get(clause) for clause in ("order", "limit", "offset")):
                raise Untranslatable(shown(node)[:80], "a part of a set operation has clauses of its own")

    def count(self, code: Expression, node: Node, clause: str) -> Expression:
        """``limit`` or ``offset``; Django writes LIMIT -1 where it only skips rows."""
        part = node.args.get(clause)
        if clause == "limit" and isinstance(part, exp.Limit) and value_of(self.w, part.expression) == -1:
            return method(code, "limit", self.w.constant("noLimit"))
        return super().count(code, node, clause)
