"""Expressions of TypeScript on one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.targets.typescript.text import IDENTIFIER, key, number, quote, template_text, type_arguments
from workbench.targets.typescript.tree import (
    And,
    Array,
    Arrow,
    As,
    Await,
    Big,
    Binary,
    Call,
    Expression,
    Literal,
    Member,
    Name,
    New,
    NonNull,
    Not,
    Object,
    Optional,
    Spread,
    Template,
    Verbatim,
)


def flat(node: Expression) -> str:
    """The expression on one line (a function with statements keeps its lines)."""
    return FLAT[type(node)](node)


def _flat_call(node: Call) -> str:
    return f"{flat(node.callee)}{type_arguments(node.types)}({', '.join(map(flat, node.arguments))})"


def flat_entry(entry: tuple[str, Expression] | Spread) -> str:
    """An entry of an object."""
    if isinstance(entry, Spread):
        return flat(entry)
    return entry_head(entry) + ("" if is_shorthand(entry) else flat(entry[1]))


def entry_head(entry: tuple[str, Expression]) -> str:
    """What stands before an entry\'s value."""
    return entry[0] if is_shorthand(entry) else f"{key(entry[0])}: "


def is_shorthand(entry: tuple[str, Expression]) -> bool:
    """Whether key and name agree."""
    return isinstance(entry[1], Name) and entry[1].text == entry[0]


def _flat_template(node: Template) -> str:
    body = "".join(template_text(p) if isinstance(p, str) else f"${{{flat(p)}}}" for p in node.parts)
    return f"{node.tag}{type_arguments(node.types)}`{body}`"


def _flat_member(node: Member) -> str:
    inner = flat(node.object)
    target = f"({inner})" if isinstance(node.object, (And, Arrow, As, Await, Binary, Not, Spread)) else inner
    return f"{target}.{node.property}" if IDENTIFIER.match(node.property) else f"{target}[{quote(node.property)}]"


def _flat_optional(node: Optional) -> str:
    target = _flat_member(Member(node.object, node.property))
    cut = target.rindex("[" if target.endswith("]") else ".")
    return f"{target[:cut]}?.{target[cut:].removeprefix('.')}"


def _literal(node: Literal) -> str:
    if node.value is None:
        return "null"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return quote(node.value) if isinstance(node.value, str) else number(node.value)


# an arrow's statements stand on lines of their own: printing.py adds its entry
FLAT: dict[type, Callable[[Any], str]] = {
    Name: lambda n: n.text,
    Verbatim: lambda n: n.text,
    Literal: _literal,
    Big: lambda n: f"{n.value}n",
    Member: _flat_member,
    Optional: _flat_optional,
    Call: _flat_call,
    New: lambda n: f"new {flat(n.callee)}({', '.join(map(flat, n.arguments))})",
    Spread: lambda n: f"...({flat(n.value)})" if isinstance(n.value, Await) else f"...{flat(n.value)}",
    Object: lambda n: f"{{ {', '.join(map(flat_entry, n.entries))} }}" if n.entries else "{}",
    Array: lambda n: f"[{', '.join(map(flat, n.items))}]",
    Template: _flat_template,
    And: lambda n: f"{flat(n.left)} && {flat(n.right)}",
    Await: lambda n: f"await {flat(n.value)}",
    NonNull: lambda n: f"{flat(n.value)}!",
    As: lambda n: f"{flat(n.value)} as {n.type}",
    Not: lambda n: f"!{flat(n.value)}",
    Binary: lambda n: f"{flat(n.left)} {n.operator} {flat(n.right)}",
}
