"""What the writing of one query passes around: terms, sources, scopes, and the names the module uses."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from workbench.catalog.table import Table
from workbench.queries.query import Output
from workbench.targets.typescript import Expression, Name

# what node-postgres and Drizzle's parsers give for a PostgreSQL type that no column decodes
_DRIVER = {
    "smallint": "number",
    "integer": "number",
    "real": "number",
    "double precision": "number",
    "boolean": "boolean",
    "jsonb": "unknown",
    "json": "unknown",
}


# arrays of these node-postgres reads; others are text
_READ_IN_ARRAYS = (
    *("smallint", "integer", "real", "double precision", "boolean", "jsonb", "json"),
    *("text", "character varying", "character", "uuid"),
)


class Untranslatable(Exception):
    """A construct that has no Drizzle form here: the thing and the reason."""

    def __init__(self, thing: str, fact: str) -> None:
        super().__init__(f"{thing}: {fact}")
        self.thing, self.fact = thing, fact


@dataclass(frozen=True)
class Term:
    """A scalar in TypeScript: ``type`` is PostgreSQL's name ("" unknown), ``js`` what its value is in JavaScript."""

    code: Expression
    type: str = ""
    js: str = ""
    column: bool = False  # a Drizzle column, which encodes and decodes its values
    choices: tuple[str | int, ...] = ()
    outer: bool = False  # belongs to a query around this one
    nullable: bool = True
    kind: str = ""  # of a column: Drizzle's builder, where the type does not tell how it encodes

    @property
    def value_type(self) -> str:
        """``js``, or what the driver gives for the type."""
        element = self.type.removesuffix("[]")
        if not self.js and element != self.type:
            return f"({_DRIVER.get(element, 'string')} | null)[]" if element in _READ_IN_ARRAYS else "string"
        return self.js or _DRIVER.get(self.type, "string")


@dataclass(frozen=True)
class Item:
    """One entry of a SELECT list: its expression, its SQL name, Django's output behind it."""

    node: exp.Expression
    name: str
    output: Output | None


@dataclass(frozen=True)
class Built:
    """A query's chain, its outputs' terms and their paths in a row; ``selected`` is the SELECT list in the chain."""

    code: Expression
    terms: tuple[Term, ...]
    paths: tuple[str, ...]
    names: tuple[str, ...] = ()
    selected: Expression | None = None


@dataclass(frozen=True)
class Place:
    """Where a SELECT stands: ``named`` in FROM, ``part`` of a set operation, whose outputs are called ``keys``."""

    outermost: bool = False
    named: bool = False
    part: bool = False
    keys: tuple[str, ...] = ()


@dataclass
class Source:
    """A table or subquery in scope: its binding in TypeScript and its columns by SQL name."""

    alias: str
    code: Name
    columns: dict[str, Term]
    table: Table | None = None
    nullable: bool = False  # on the far side of an outer join


@dataclass
class Scope:
    """The sources of one SELECT, inside the scopes of the queries around it."""

    parent: Scope | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    constant_keys: set[str] = field(default_factory=set)  # texts of GROUP BY keys that hold constants
    matched: bool = False  # its ORDER BY must be found among its outputs or keys

    def find(self, alias: str, name: str) -> Term:
        """The column a reference means; unqualified names are looked up in the nearest query first."""
        scope: Scope | None = self
        while scope is not None:
            for source in scope.sources.values():
                if name in source.columns and alias in ("", source.alias):
                    term = source.columns[name]
                    return Term(
                        **{**term.__dict__, "outer": scope is not self, "nullable": term.nullable or source.nullable}
                    )
            scope = scope.parent
        raise Untranslatable(f'"{alias}"."{name}"' if alias else f'"{name}"', "no table in scope has this column")


HELPERS_MODULE = "./sql"
HELPER_NAMES: set[str] = set()
