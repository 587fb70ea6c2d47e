"""Small changes to a chain of Drizzle's builder: what it selects, what it returns, on whose connection it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from workbench.targets.typescript import Array, Arrow, Call, Expression, Literal, Member, Name, Not, Object, method

T = TypeVar("T")


def renamed(tree: T, names: Mapping[str, str]) -> T:
    """The tree with other names for some bindings."""
    if isinstance(tree, Name):
        return Name(names[tree.text]) if tree.text in names else tree  # type: ignore[return-value]
    if isinstance(tree, tuple):
        return tuple(renamed(part, names) for part in tree)  # type: ignore[return-value]
    if is_dataclass(tree) and not isinstance(tree, type):
        return replace(tree, **{f.name: renamed(getattr(tree, f.name), names) for f in fields(tree)})
    return tree


def links(code: Expression) -> list[Call]:
    """The calls of a chain, first call first."""
    found: list[Call] = []
    while isinstance(code, Call) and isinstance(code.callee, Member):
        found.append(code)
        code = code.callee.object
    return found[::-1]


def name_of(link: Call) -> str:
    """The method that a link of a chain calls."""
    return link.callee.property if isinstance(link.callee, Member) else ""


def without(code: Expression, last: str) -> Expression:
    """The chain without its last call, where that is of this name."""
    if isinstance(code, Call) and isinstance(code.callee, Member) and code.callee.property == last:
        return code.callee.object
    return code


def returning(code: Expression, *wanted: Expression) -> Expression:
    """The chain, giving back all columns of the rows it writes, or those wanted."""
    return method(without(code, "returning"), "returning", *wanted)


def changed(code: Expression, name: str, *arguments: Expression) -> Expression:
    """The chain with other arguments for one of its calls."""
    if not isinstance(code, Call) or not isinstance(code.callee, Member):
        return code
    if code.callee.property == name:
        return replace(code, arguments=arguments)
    return replace(code, callee=replace(code.callee, object=changed(code.callee.object, name, *arguments)))


def argument(code: Expression, name: str) -> Expression | None:
    """The first argument of the chain's call of that name."""
    return next((link.arguments[0] for link in links(code) if name_of(link) == name and link.arguments), None)


def whole_table(code: Expression) -> Name | None:
    """The table whose rows the chain selects with all of their columns; None for any other chain."""
    first, *others = links(code) or [Call(Name("none"))]
    plain = name_of(first) == "select" and not first.arguments and not any("Join" in name_of(o) for o in others)
    table = argument(code, "from")
    return table if plain and isinstance(table, Name) else None


def narrowed(code: Expression, wanted: Sequence[str]) -> Expression:
    """The chain selecting these properties only, where it is seen how; columns that nobody uses are left out."""
    table, selected = whole_table(code), argument(code, "select")
    if table is not None:
        return changed(code, "select", Object(tuple((name, Member(table, name)) for name in wanted)))
    if isinstance(selected, Object) and all(isinstance(entry, tuple) for entry in selected.entries):
        kept = tuple(entry for entry in selected.entries if isinstance(entry, tuple) and entry[0] in wanted)
        return changed(code, "select", Object(kept)) if len(kept) == len(wanted) else code
    return code


def unordered(code: Expression) -> Expression:
    """The chain without an ORDER BY at its end: of a list of keys the order means nothing."""
    return without(code, "orderBy")


def substituted(tree: T, old: Expression, new: Expression) -> T:
    """The tree with another expression for each that is equal to one."""
    if tree == old:
        return new  # type: ignore[return-value]
    if isinstance(tree, tuple):
        return tuple(substituted(part, old, new) for part in tree)  # type: ignore[return-value]
    if is_dataclass(tree) and not isinstance(tree, type):
        return replace(tree, **{f.name: substituted(getattr(tree, f.name), old, new) for f in fields(tree)})
    return tree


def inserted(code: Expression) -> tuple[Object, ...]:
    """The rows of an INSERT."""
    given = argument(code, "values")
    rows = given.items if isinstance(given, Array) else (given,)
    return tuple(row for row in rows if isinstance(row, Object))


def entry(row: Object, property: str) -> Expression:
    """What a row of an INSERT sets a column to; null where it does not set it."""
    return next((item[1] for item in row.entries if isinstance(item, tuple) and item[0] == property), Literal(None))


def with_entry(row: Object, property: str, code: Expression) -> Object:
    """The row with another value for a column."""
    entries = tuple((property, code) if isinstance(e, tuple) and e[0] == property else e for e in row.entries)
    return Object(entries)


def apart(these: Expression, others: Expression) -> Expression:
    """Those of a list that another does not hold."""
    return method(these, "filter", Arrow(("id",), Not(method(others, "includes", Name("id")))))


def at(row: Expression, path: str) -> Expression:
    """The property of a row at a dotted path."""
    for step in path.split("."):
        row = Member(row, step)
    return row
