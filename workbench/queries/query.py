"""One compiled Django query: its original SQL, and the facts about it that SQL loses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from workbench.diagnostic import Diagnostic, Origin
from workbench.values import Wire


class Intent(StrEnum):
    """What the caller did with the queryset: it decides the shape of the result, not of the SQL."""

    ROWS = "rows"
    GET = "get"
    FIRST = "first"
    LAST = "last"
    COUNT = "count"
    EXISTS = "exists"
    AGGREGATE = "aggregate"
    IN_BULK = "in_bulk"
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"

    @property
    def writes(self) -> bool:
        """Whether the statement changes rows instead of answering with some."""
        return self in (Intent.INSERT, Intent.UPDATE, Intent.DELETE)


class Shape(StrEnum):
    """What one row is in Python."""

    INSTANCE = "instance"
    DICT = "dict"  # values(), aggregate()
    TUPLE = "tuple"  # values_list()
    FLAT = "flat"  # values_list(flat=True)
    SCALAR = "scalar"  # count(), exists()


@dataclass(frozen=True)
class Output:
    """One column of the SELECT list, in order."""

    name: str  # name in Python: attname, annotation, values() key ("author__name")
    kind: str  # internal type of the output field ("DecimalField"), "" where unknown
    field: str | None = None  # "catalog.Book.title" where it is a model field
    path: str = ""  # relation path of the instance it belongs to ("" base, "author__publisher")
    model: str | None = None  # label of that instance's model
    nullable: bool = True
    annotation: bool = False
    zone: str = ""  # that Django gives moments which the SQL leaves without one (Trunc)


@dataclass(frozen=True)
class Source:
    """One table of the FROM clause (or of a subquery's): its SQL alias and the relation path that led there."""

    alias: str
    table: str
    model: str | None = None
    path: str = ""
    depth: int = 0  # 0: the outermost query


@dataclass(frozen=True)
class Link:
    """How the rows of a prefetch find the rows they belong to, and where they are put beside them."""

    to: str  # its place in the result, by attributes: "books__good_reviews"
    parent: str  # the place of those rows; "" the first query's
    via: str  # relation path of the instance inside of them that it hangs on (select_related)
    attribute: str  # the relation's name, or to_attr
    single: bool  # one row or none, not a list
    parent_keys: tuple[str, ...]  # outputs of the parent's query …
    keys: tuple[str, ...]  # … that these outputs of this one are equal to
    field: str = ""  # the foreign key between both ("catalog.Book.author"); "" where a table stands between them
    generic: bool = False  # a generic relation: the keys may be of another type than those they are equal to


@dataclass(frozen=True)
class StandIn:
    """A value that the call site has in a name ("request.GET['q']"), where it stands in parameters of the query.

    ``values`` are those it was given here, each beside another; ``parameters`` the query's with the others in place.
    """

    name: str
    values: tuple[tuple[Wire, Wire], ...]
    parameters: tuple[Wire, ...]


@dataclass(frozen=True)
class RawField:
    """A field that ``raw()`` fills from the column called ``name``; its own column in its own table."""

    name: str
    table: str
    column: str
    output: Output
    key: bool = False  # of the primary key, without which there is no instance


@dataclass(frozen=True)
class Query:
    """A Django query as Django compiled it. ``sql`` is the original text with ``%s`` placeholders."""

    expression: str
    dialect: str
    model: str
    intent: Intent
    shape: Shape
    sql: str
    parameters: tuple[Wire, ...]
    outputs: tuple[Output, ...]
    sources: tuple[Source, ...]
    ordered: bool = False
    empty: bool = False  # Django knows that no row matches and runs nothing (EmptyResultSet)
    prefetches: tuple[Query, ...] = ()
    prefetch_path: str = ""
    link: Link | None = None  # of a prefetch
    origin: Origin | None = None
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    variables: tuple[StandIn, ...] = ()
    explain: str = ""  # what stands before it where its plan is asked for ("EXPLAIN ")
    raw: tuple[RawField, ...] | None = None  # of raw(): what the model reads of the columns

    @property
    def runs(self) -> bool:
        """Whether Django sends anything to the database."""
        return bool(self.sql)
