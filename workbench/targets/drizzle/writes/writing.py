"""What the three kinds of writes share: the table, values for its columns, RETURNING."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from workbench.catalog.table import Table
from workbench.targets.drizzle.queries.constants import MISSING, compared, value_of
from workbench.targets.drizzle.queries.module import Module
from workbench.targets.drizzle.queries.scalars import scalar
from workbench.targets.drizzle.queries.terms import Scope, Source, Term, Untranslatable
from workbench.targets.drizzle.queries.writer import Writer
from workbench.targets.typescript import Array, Expression, Literal, Name, Object, method
from workbench.values import Wire

Columns: TypeAlias = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Target:
    """The table that is written: its name in the schema's module, and its columns as terms."""

    table: Table
    code: Name
    columns: dict[str, Term]
    scope: Scope  # what expressions of the statement may name


@dataclass(frozen=True)
class Writing:
    """One statement in the making."""

    m: Module
    updating: Columns

    @property
    def w(self) -> Writer:
        """The module's writer."""
        return self.m.w

    def target(self, node: exp.Expression) -> Target:
        """The table of INTO, UPDATE or FROM."""
        if not isinstance(node, exp.Table) or node.name not in self.w.catalog:
            raise Untranslatable(node.sql("postgres"), "this is no table of the project's models")
        table = self.w.catalog.table(node.name)
        code = self.w.schema(self.w.names.table(table.name))
        columns = self.w.columns(table, code)
        self.w.learn(table.name, table, columns)
        return Target(table, code, columns, Scope(sources={table.name: Source(table.name, code, columns, table)}))

    def key(self, target: Target, column: str) -> str:
        """The property that a column goes by."""
        return self.w.names.column(target.table.name, column)

    def value(self, target: Target, column: str, node: exp.Expression) -> Expression:
        """What a column is set to."""
        value = value_of(self.w, node)
        if value is MISSING:
            return scalar(self.m, node, target.scope).code
        return self.constant(target, column, value)

    def constant(self, target: Target, column: str, value: Wire) -> Expression:
        """A parameter or literal as the column encodes it."""
        term = target.columns[column]
        return Literal(None) if value is None and term.nullable else compared(self.w, value, term)

    def returning(self, code: Expression, target: Target, node: exp.Expression) -> Expression:
        """``.returning({ … })`` for the columns that the statement gives back."""
        returned = node.args.get("returning")
        if returned is None:
            return code
        names = [part.name for part in returned.expressions if isinstance(part, exp.Column)]
        if len(names) != len(returned.expressions):
            raise Untranslatable(returned.sql("postgres"), "only columns are returned here")
        fields = tuple((self.key(target, name), target.columns[name].code) for name in names)
        return method(code, "returning", Object(fields))

    def several(self, target: Target, columns: list[str]) -> Expression:
        """Columns as one argument: the column itself, or an array of them."""
        codes = tuple(target.columns[column].code for column in columns)
        return codes[0] if len(codes) == 1 else Array(codes)
