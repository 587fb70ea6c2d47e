"""A query of one table, read from the chain that was written of it: what a relational query takes as its options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from workbench.targets.drizzle.nested.parts import Part
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.typescript import Array, Call, Expression, Literal, Member, Name, Return

_LINKS = ("select", "from", "innerJoin", "leftJoin", "where", "orderBy", "limit", "offset")


@dataclass(frozen=True)
class Chain:
    """Its table, how many others are joined, and the arguments of the clauses that it has."""

    table: str
    joins: int
    clauses: Mapping[str, tuple[Expression, ...]]

    def options(self, keys: str = "") -> Iterator[tuple[str, Expression]]:
        """The entries of ``findMany``; the condition on the parameter ``keys`` is the relation's own."""
        for name, (first, *more) in self.clauses.items():
            value: Expression | None = Array((first, *more)) if more else first
            if name == "where" and keys:
                value = _without(first, keys)
            if value is not None:
                yield name, value


def chain_of(part: Part) -> Chain:
    """The chain of a query; Untranslatable where it is more than rows of one table and what its keys lead to."""
    calls = list(_calls(_returned(part)))
    unknown = next((name for name, _ in calls if name not in _LINKS), None)
    if unknown:
        raise Untranslatable(unknown, f"a relational query has no .{unknown}()")
    clauses = {name: arguments for name, arguments in calls if name not in _LINKS[:4]}
    source = dict(calls)["from"][0]
    if not isinstance(source, Name):
        raise Untranslatable("FROM", "a relational query reads a table, no subquery")
    for name, arguments in clauses.items():
        _of_one_table(name, arguments, source.text)
    return Chain(source.text, sum(name.endswith("Join") for name, _ in calls), clauses)


def _returned(part: Part) -> Expression:
    if part.form.function is None:
        return part.written.code
    return next(each.value for each in part.form.function.body.statements if isinstance(each, Return))


def _calls(code: Expression) -> Iterator[tuple[str, tuple[Expression, ...]]]:
    """The calls of a chain on ``db``, first call first."""
    if not (isinstance(code, Call) and isinstance(code.callee, Member)):
        return
    yield from _calls(code.callee.object)
    yield code.callee.property, code.arguments


def _of_one_table(clause: str, arguments: tuple[Expression, ...], table: str) -> None:
    """Drizzle writes every column of these clauses as one of the table that is asked."""
    others = sorted({name for name in _owners(arguments) if name != table})
    if others:
        raise Untranslatable(clause, f"it names {others[0]}, and a relational query knows its own table's columns only")


def _owners(part: Any) -> Iterator[str]:
    """The names whose members are read, and ``db`` where a query stands inside."""
    if isinstance(part, Member) and isinstance(part.object, Name):
        yield part.object.text
    elif isinstance(part, Name) and part.text == "db":
        yield "db"
    elif isinstance(part, tuple):
        for each in part:
            yield from _owners(each)
    elif is_dataclass(part) and not isinstance(part, (type, Literal)):
        for field in fields(part):
            yield from _owners(getattr(part, field.name))


def _without(condition: Expression, keys: str) -> Expression | None:
    """The condition without ``inArray(column, keys)``; Untranslatable where that is no part of its own."""
    if _is_list(condition, keys):
        return None
    if isinstance(condition, Call) and condition.callee == Name("and"):
        rest = tuple(part for part in condition.arguments if not _is_list(part, keys))
        if len(rest) == len(condition.arguments) - 1 and keys not in names_in(rest):
            return rest[0] if len(rest) == 1 else Call(condition.callee, rest)
    raise Untranslatable("where", "its condition on the keys is no part of its own")


def _is_list(condition: Expression, keys: str) -> bool:
    return (
        isinstance(condition, Call) and condition.callee == Name("inArray") and condition.arguments[1:] == (Name(keys),)
    )


def names_in(part: Any) -> Iterator[str]:
    """Every name that a part of the tree holds."""
    if isinstance(part, Name):
        yield part.text
    elif isinstance(part, tuple):
        for each in part:
            yield from names_in(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from names_in(getattr(part, field.name))
