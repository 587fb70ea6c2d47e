"""One module in the making: its imports, aliases and names, and what each node was written as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlglot import exp

from workbench.catalog.table import Catalog, Column, Table
from workbench.queries.query import Query
from workbench.targets.drizzle.names import SchemaNames, camel, fresh
from workbench.targets.drizzle.queries.schema_facts import SchemaFacts
from workbench.targets.drizzle.queries.terms import HELPER_NAMES, HELPERS_MODULE, Scope, Term
from workbench.targets.drizzle.types import ColumnType, postgres_type
from workbench.targets.drizzle.words import TABLE_WORDS
from workbench.targets.typescript import Call, Const, Expression, Name

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Forms:
    """What is written differently in a dialect. ``own``: its functions in place of PostgreSQL's, by their names."""

    core: str = "drizzle-orm/pg-core"
    column: Callable[[Column, bool], ColumnType] = postgres_type
    helpers: Callable[[], frozenset[str]] = lambda: frozenset(HELPER_NAMES)
    own: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


POSTGRES = Forms()


def by_dialect(write: Callable[Concatenate[Writer, P], R]) -> Callable[Concatenate[Writer, P], R]:
    """The function, or the one of its name that the writer's dialect has."""

    @wraps(write)
    def chosen(w: Writer, *args: P.args, **options: P.kwargs) -> R:
        found: Callable[Concatenate[Writer, P], R] = w.forms.own.get(write.__name__, write)
        return found(w, *args, **options)

    return chosen  # type: ignore[return-value]


@dataclass(frozen=True)
class Known:
    """A column as it is written in the module: its table, and the relation path that leads there."""

    table: Table
    column: str
    term: Term
    path: str = ""


@dataclass
class Writer:
    """One module in the making."""

    query: Query
    catalog: Catalog
    names: SchemaNames
    facts: SchemaFacts
    forms: Forms = POSTGRES
    imports: dict[str, set[str]] = field(default_factory=dict)
    aliases: list[Const] = field(default_factory=list)
    locals: list[Const] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (thing, fact) of what is only nearly the same
    known: dict[Expression, Known] = field(default_factory=dict)
    # each node of a scope is written once
    written: dict[tuple[int, int], tuple[Term, exp.Expression, Scope]] = field(default_factory=dict)

    def use(self, module: str, name: str) -> Name:
        """An imported name."""
        # a project may call a table as we call a helper
        bound = name if module != HELPERS_MODULE or name not in self.facts.tables else f"{name}Sql"
        self.imports.setdefault(module, set()).add(name if bound == name else f"{name} as {bound}")
        return Name(bound)

    def helper_of(self, code: Expression) -> str:
        """The helper that a call calls; "" where it calls none."""
        text = code.callee.text if isinstance(code, Call) and isinstance(code.callee, Name) else ""
        name = text.removesuffix("Sql")
        return text if text in self.helpers else name if name in self.helpers & self.facts.tables else ""

    @property
    def zoned(self) -> bool:
        """Whether the project's moments are instants (USE_TZ)."""
        return self.facts.zoned

    @cached_property
    def helpers(self) -> frozenset[str]:
        """The names of all helpers of the dialect."""
        return self.forms.helpers()

    def drizzle(self, name: str, *arguments: Expression) -> Call:
        """A call of one of drizzle-orm's own functions."""
        return Call(self.use("drizzle-orm", name), arguments)

    def helper(self, name: str, *arguments: Expression) -> Call:
        """A call of one of the project's helpers."""
        return Call(self.use(HELPERS_MODULE, name), arguments)

    def constant(self, name: str) -> Name:
        """One of the helpers' constants."""
        return self.use(HELPERS_MODULE, name)

    def schema(self, name: str) -> Name:
        """A table of the schema."""
        return self.use("./schema", name)

    def fresh(self, wanted: str) -> str:
        """A name no other binding of the module has."""
        known = self.taken | TABLE_WORDS | self.facts.tables | self.helpers | {"query"}
        name = fresh(camel(wanted), known)
        self.taken.add(name)
        return name

    def columns(self, table: Table, code: Name) -> dict[str, Term]:
        """A table's columns as terms."""
        return self.facts.columns(table, code)

    def learn(self, alias: str, table: Table, columns: dict[str, Term]) -> None:
        """Remembers the columns of a source by what they are written as."""
        source = next((s for s in self.query.sources if (s.alias, s.table) == (alias, table.name)), None)
        path = source.path if source else ""
        self.known.update({term.code: Known(table, name, term, path) for name, term in columns.items()})
