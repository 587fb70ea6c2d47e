"""TypeScript as a small tree. Text of a project enters only where the printer quotes or escapes it.

That is: as a ``Literal``, as the text of a ``Template``, as a property or key, or as a comment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from workbench.targets.typescript.text import is_identifier


@dataclass(frozen=True)
class Name:
    """A reference to a binding; ValueError where the text is no identifier."""

    text: str

    def __post_init__(self) -> None:
        if not is_identifier(self.text):
            raise ValueError(f"{self.text!r} is not a TypeScript identifier")


@dataclass(frozen=True)
class Literal:
    """A constant: string, number, boolean or null. Integers that a double cannot hold become BigInt literals."""

    value: str | int | float | bool | None


@dataclass(frozen=True)
class Big:
    """A BigInt literal."""

    value: int


@dataclass(frozen=True)
class Member:
    """``object.property``, or ``object["property"]`` where the property is no identifier."""

    object: Expression
    property: str


@dataclass(frozen=True)
class Optional:
    """``object?.property``: nothing where the object is missing."""

    object: Expression
    property: str


@dataclass(frozen=True)
class Call:
    """``callee<types>(arguments)``."""

    callee: Expression
    arguments: tuple[Expression, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class New:
    """``new callee(arguments)``."""

    callee: Expression
    arguments: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Spread:
    """``...value`` in an object, an array or a call."""

    value: Expression


@dataclass(frozen=True)
class Object:
    """An object literal; ``{ book }`` where key and name agree. Entries are (key, value) or a spread."""

    entries: tuple[tuple[str, Expression] | Spread, ...] = ()


@dataclass(frozen=True)
class Array:
    """An array literal."""

    items: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Template:
    """A tagged template: text (escaped) and embedded expressions, in order. Never broken over lines."""

    tag: str
    parts: tuple[str | Expression, ...]
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """``(parameters) => body``; a parameter may carry its type ("db: Db")."""

    parameters: tuple[str, ...]
    body: Expression | Block
    waits: bool = False  # ``async``


@dataclass(frozen=True)
class Await:
    """``await value``."""

    value: Expression


@dataclass(frozen=True)
class Not:
    """``!value``."""

    value: Expression


@dataclass(frozen=True)
class Binary:
    """``left operator right``: a comparison, or a logical connection of two."""

    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True)
class NonNull:
    """``value!``."""

    value: Expression


@dataclass(frozen=True)
class And:
    """``left && right``."""

    left: Expression
    right: Expression


@dataclass(frozen=True)
class As:
    """``value as type``."""

    value: Expression
    type: str


@dataclass(frozen=True)
class Const:
    """``const name: type = value;``, with a doc comment where there is one. The name may be a pattern: ``[first]``."""

    name: str
    value: Expression
    exported: bool = False
    type: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Return:
    """``return value;``."""

    value: Expression


@dataclass(frozen=True)
class Do:
    """``value;``: for what it does."""

    value: Expression


@dataclass(frozen=True)
class Throw:
    """``throw new Error(message);``."""

    message: str


@dataclass(frozen=True)
class If:
    """``if (condition) { … }``; a single ``return`` or ``throw`` stands on the same line where it fits."""

    condition: Expression
    body: Block


@dataclass(frozen=True)
class Block:
    """``{ statements }``: the body of a function that needs names for its parts."""

    statements: tuple[Const | Return | Do | Throw | If, ...]


@dataclass(frozen=True)
class Function:
    """``function name(parameters, { a }: { a: A }) { … }``; the ``options`` (name, type) are taken by their names."""

    name: str
    parameters: tuple[str, ...]
    body: Block
    options: tuple[tuple[str, str], ...] = ()
    exported: bool = False
    waits: bool = False  # an ``async function``


@dataclass(frozen=True)
class Import:
    """``import { names } from "module";`` with names sorted; ``types`` are imported as types only."""

    module: str
    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verbatim:
    """An expression that was printed, and quoted, before."""

    text: str


_Atom: TypeAlias = Name | Literal | Big | Member | Optional | Call | New | Object | Array | Template | Verbatim
Expression: TypeAlias = _Atom | Arrow | NonNull | And | Await | Not | Binary | As | Spread
Statement: TypeAlias = Import | Const | Return | Function | Do | Throw | If


def call(function: str, *arguments: Expression) -> Call:
    """``function(arguments)``."""
    return Call(Name(function), arguments)


def method(receiver: Expression, name: str, *arguments: Expression) -> Call:
    """``receiver.name(arguments)``."""
    return Call(Member(receiver, name), arguments)


def sql(*parts: str | Expression, type: str = "") -> Template:
    """Drizzle's ``sql`` template, with the TypeScript type of its value."""
    return Template("sql", parts, (type,) if type else ())
