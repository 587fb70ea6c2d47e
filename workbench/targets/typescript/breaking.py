"""Expressions over several lines, where one would be too wide: breaks as prettier would choose them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.targets.typescript.flat import entry_head, flat, flat_entry, is_shorthand
from workbench.targets.typescript.text import type_arguments
from workbench.targets.typescript.tree import (
    And,
    Array,
    Arrow,
    As,
    Await,
    Call,
    Expression,
    Literal,
    Member,
    NonNull,
    Object,
    Spread,
)

WIDTH = 100  # columns; the widest line prettier projects commonly allow
INDENT = "  "


def print_expression(expression: Expression, indent: int = 0, head: int = 0, tail: int = 0) -> str:
    """One expression, broken over lines where it is too wide; continuation lines start at ``indent``.

    ``head`` and ``tail`` are the columns of text that stand before and after it on its first and last line.
    """
    return at(expression, indent, len(INDENT) * indent + head, tail)


def at(node: Expression, indent: int, column: int, tail: int) -> str:
    """The node starting at ``column`` with ``tail`` columns of closing text after its last line."""
    line = flat(node)
    if "\n" not in line and column + len(line) + tail <= WIDTH and not _long_chain(node):
        return line
    broken = BROKEN.get(type(node))
    return broken(node, indent, column) if broken else line


def _long_chain(node: Expression) -> bool:
    """Prettier breaks a chain of more than three calls, fitting or not, once one has an argument with a call in it."""
    calls = _chain(node)[1]
    return len(calls) > 3 and any(isinstance(a, (Call, Object)) for c in calls for a in c.arguments)


def _chain(node: Expression) -> tuple[Expression, list[Call]]:
    """The receiver of a method chain and its calls, first call first."""
    calls: list[Call] = []
    while isinstance(node, Call) and isinstance(node.callee, Member):
        calls.append(node)
        node = node.callee.object
    return node, calls[::-1]


def _broken_call(node: Call, indent: int, column: int) -> str:
    receiver, calls = _chain(node)
    if len(calls) == 1 and isinstance(receiver, Await):
        return _broken_awaited(receiver, node, indent)
    if len(calls) > 1:
        return _broken_chain(receiver, calls, indent, column)
    if calls and isinstance(node.callee, Member) and isinstance(receiver, Call) and _nests(receiver):
        text = f"{at(receiver, indent, column, 0)}.{node.callee.property}{type_arguments(node.types)}"
        start = len(text.rpartition("\n")[2])
        flat_one = _flat_arguments(node.arguments)
        return text + (flat_one if start + len(flat_one) <= WIDTH else _arguments(node.arguments, indent, start))
    head = f"{flat(node.callee)}{type_arguments(node.types)}"
    return head + _arguments(node.arguments, indent, column + len(head))


def _broken_awaited(receiver: Await, node: Call, indent: int) -> str:
    """``(await …).map(…)`` with the awaited on lines of its own."""
    assert isinstance(node.callee, Member)
    margin = INDENT * (indent + 1)
    inner = f"(\n{margin}{at(receiver, indent + 1, len(margin), 0)}\n{INDENT * indent})"
    return f"{inner}.{node.callee.property}{_flat_arguments(node.arguments)}"


def _nests(node: Call) -> bool:
    return any(isinstance(argument, Call) for argument in node.arguments)


def _broken_chain(receiver: Expression, calls: list[Call], indent: int, column: int) -> str:
    margin = "\n" + INDENT * (indent + 1)
    text = at(receiver, indent, column, 0)
    for link in calls:
        assert isinstance(link.callee, Member)
        head = f".{link.callee.property}{type_arguments(link.types)}"
        start = len(INDENT) * (indent + 1) + len(head)
        fits = start + len(_flat_arguments(link.arguments)) <= WIDTH and "\n" not in _flat_arguments(link.arguments)
        text += margin + head
        text += _flat_arguments(link.arguments) if fits else _arguments(link.arguments, indent + 1, start)
    return text


def _flat_arguments(arguments: tuple[Expression, ...]) -> str:
    return f"({', '.join(map(flat, arguments))})"


def _arguments(arguments: tuple[Expression, ...], indent: int, column: int) -> str:
    """The arguments over several lines; a last object, array or function stays on the line of the parenthesis."""
    *first, last = arguments or (Literal(None),)
    if arguments and isinstance(last, (Object, Array, Arrow)) and not any(map(_unfolds, first)):
        head = "(" + "".join(flat(a) + ", " for a in first)
        if "\n" not in head and column + len(head) < WIDTH - 2:
            return head + BROKEN[type(last)](last, indent, column + len(head)) + ")"
    return _lines("(", arguments, ")", indent) if arguments else "()"


def _lines(opening: str, items: tuple[Expression, ...], closing: str, indent: int) -> str:
    margin = INDENT * (indent + 1)
    body = "".join(f"{margin}{at(item, indent + 1, len(margin), 1)},\n" for item in items)
    return f"{opening}\n{body}{INDENT * indent}{closing}"


def _broken_object(node: Object, indent: int, column: int) -> str:
    if not node.entries:
        return "{}"
    margin = INDENT * (indent + 1)
    lines = [f"{margin}{_entry(entry, indent + 1)},\n" for entry in node.entries]
    return "{\n" + "".join(lines) + INDENT * indent + "}"


def _entry(entry: tuple[str, Expression] | Spread, indent: int) -> str:
    if isinstance(entry, Spread) or is_shorthand(entry):
        return flat_entry(entry)
    head = entry_head(entry)
    return head + at(entry[1], indent, len(INDENT) * indent + len(head), 1)


def _broken_array(node: Array, indent: int, column: int) -> str:
    return _lines("[", node.items, "]", indent) if node.items else "[]"


def _unfolds(node: Expression) -> bool:
    """Whether it stands over several lines of its own: then a last argument keeps no place beside it."""
    inner = node.arguments if isinstance(node, Call) else ()
    return isinstance(node, _HUGGED) or any(isinstance(argument, Arrow) for argument in inner)


_HUGGED = (Object, Array, Arrow)
# an arrow may hold statements: printing.py adds its entry
BROKEN: dict[type, Callable[[Any, int, int], str]] = {
    Call: _broken_call,
    Object: _broken_object,
    Array: _broken_array,
    And: lambda n, indent, column: f"{flat(n.left)} && {at(n.right, indent, column + len(flat(n.left)) + 4, 0)}",
    Await: lambda n, indent, column: "await " + at(n.value, indent, column + 6, 0),
    NonNull: lambda n, indent, column: at(n.value, indent, column, 1) + "!",
    Spread: lambda n, indent, column: "..." + at(n.value, indent, column + 3, 0),
    As: lambda n, indent, column: f"{at(n.value, indent, column, 4 + len(n.type))} as {n.type}",
}
