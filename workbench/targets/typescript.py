"""The one TypeScript printer: a tree becomes text with quoting and line breaks as prettier would choose them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workbench.targets.typescript_flat import FLAT, entry_head, flat, flat_entry, is_shorthand
from workbench.targets.typescript_text import (
    comment,
    is_identifier,
    key,
    number,
    quote,
    type_arguments,
)
from workbench.targets.typescript_tree import (
    And,
    Array,
    Arrow,
    As,
    Await,
    Big,
    Binary,
    Block,
    Call,
    Const,
    Do,
    Expression,
    Function,
    If,
    Import,
    Literal,
    Member,
    Name,
    New,
    NonNull,
    Not,
    Object,
    Optional,
    Return,
    Spread,
    Statement,
    Template,
    Throw,
    Verbatim,
    call,
    method,
    sql,
)

__all__ = [
    "And",
    "Array",
    "Arrow",
    "As",
    "Await",
    "Big",
    "Binary",
    "Block",
    "Call",
    "Const",
    "Do",
    "Expression",
    "Function",
    "If",
    "Import",
    "Literal",
    "Member",
    "Name",
    "New",
    "NonNull",
    "Not",
    "Object",
    "Optional",
    "Return",
    "Spread",
    "Statement",
    "Template",
    "Throw",
    "Verbatim",
    "call",
    "comment",
    "flat",
    "is_identifier",
    "key",
    "method",
    "number",
    "print_expression",
    "print_module",
    "print_statement",
    "quote",
    "sql",
]

WIDTH = 100  # columns; the widest line prettier projects commonly allow
_INDENT = "  "


def print_module(statements: Iterable[Statement]) -> str:
    """A whole module: statements in order, a blank line after the imports."""
    lines: list[str] = []
    importing = False
    for statement in statements:
        if importing and not isinstance(statement, Import):
            lines.append("")
        importing = isinstance(statement, Import)
        lines.append(print_statement(statement))
    return "\n".join(lines) + "\n"


def print_statement(statement: Statement, indent: int = 0) -> str:
    """One statement, indented, without a final newline."""
    margin = _INDENT * indent
    if isinstance(statement, Import):
        return _print_import(statement)
    if isinstance(statement, Return):
        return f"{margin}return {_at(statement.value, indent, len(margin) + 7, 1)};"
    if isinstance(statement, Do):
        return f"{margin}{_at(statement.value, indent, len(margin), 1)};"
    if isinstance(statement, Throw):
        return f"{margin}throw new Error({quote(statement.message)});"
    if isinstance(statement, If):
        return _print_if(statement, indent)
    if isinstance(statement, Function):
        return _print_function(statement, indent)
    annotation = f": {statement.type}" if statement.type else ""
    head = f"{margin}{'export ' if statement.exported else ''}const {statement.name}{annotation} = "
    doc = "".join(f"{margin}{line}\n" for line in comment(statement.comment).split("\n")) if statement.comment else ""
    return f"{doc}{head}{_at(statement.value, indent, len(head), 1)};"


def print_expression(expression: Expression, indent: int = 0, head: int = 0, tail: int = 0) -> str:
    """One expression, broken over lines where it is too wide; continuation lines start at ``indent``.

    ``head`` and ``tail`` are the columns of text that stand before and after it on its first and last line.
    """
    return _at(expression, indent, len(_INDENT) * indent + head, tail)


def _print_import(statement: Import) -> str:
    names = sorted(set(statement.names)) + [f"type {name}" for name in sorted(set(statement.types))]
    line = f"import {{ {', '.join(names)} }} from {quote(statement.module)};"
    if len(line) <= WIDTH:
        return line
    return "import {\n" + "".join(f"{_INDENT}{name},\n" for name in names) + f"}} from {quote(statement.module)};"


def _print_if(statement: If, indent: int) -> str:
    head = f"{_INDENT * indent}if ({flat(statement.condition)}) "
    (first, *others) = statement.body.statements
    line = head + print_statement(first)
    if not others and isinstance(first, (Return, Throw)) and len(line) <= WIDTH and "\n" not in line:
        return line
    return head + _block(statement.body, indent)


def _print_function(statement: Function, indent: int) -> str:
    """Each parameter on a line of its own, and each option too, where they are too wide for one."""
    words = f"{'export ' if statement.exported else ''}{'async ' if statement.waits else ''}function"
    head = f"{_INDENT * indent}{words} {statement.name}"
    parameters = [*statement.parameters, *([_options(statement.options)] if statement.options else [])]
    line = f"{head}({', '.join(parameters)}) "
    if len(line) + 1 > WIDTH:
        margin = _INDENT * (indent + 1)
        if statement.options and len(margin) + len(parameters[-1]) + 1 > WIDTH:
            parameters[-1] = _wide_options(statement.options, indent + 1)
        line = f"{head}(\n{''.join(f'{margin}{parameter},' + chr(10) for parameter in parameters)}{_INDENT * indent}) "
    return line + _block(statement.body, indent)


def _options(options: tuple[tuple[str, str], ...]) -> str:
    names, types = ", ".join(name for name, _ in options), "; ".join(f"{name}: {type}" for name, type in options)
    return f"{{ {names} }}: {{ {types} }}"


def _wide_options(options: tuple[tuple[str, str], ...], indent: int) -> str:
    margin, end = _INDENT * (indent + 1), _INDENT * indent
    names = "".join(f"{margin}{name},\n" for name, _ in options)
    types = "".join(f"{margin}{name}: {type};\n" for name, type in options)
    return f"{{\n{names}{end}}}: {{\n{types}{end}}}"


def _at(node: Expression, indent: int, column: int, tail: int) -> str:
    """The node starting at ``column`` with ``tail`` columns of closing text after its last line."""
    line = flat(node)
    if "\n" not in line and column + len(line) + tail <= WIDTH and not _long_chain(node):
        return line
    broken = _BROKEN.get(type(node))
    return broken(node, indent, column) if broken else line


def _long_chain(node: Expression) -> bool:
    """Prettier breaks a chain of more than three calls, fitting or not, once one has an argument with a call in it."""
    calls = _chain(node)[1]
    return len(calls) > 3 and any(isinstance(a, (Call, Object)) for c in calls for a in c.arguments)


def _arrow_head(node: Arrow) -> str:
    return f"{'async ' if node.waits else ''}({', '.join(node.parameters)}) => "


def _flat_arrow(node: Arrow) -> str:
    head = _arrow_head(node)
    if isinstance(node.body, Block):
        return head + _block(node.body, 0)
    return head + _body(flat(node.body), node.body)


def _body(text: str, body: Expression) -> str:
    return f"({text})" if isinstance(body, Object) else text


def _block(block: Block, indent: int) -> str:
    lines = "".join(print_statement(s, indent + 1) + "\n" for s in block.statements)
    return "{\n" + lines + _INDENT * indent + "}"


FLAT[Arrow] = _flat_arrow


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
        text = f"{_at(receiver, indent, column, 0)}.{node.callee.property}{type_arguments(node.types)}"
        start = len(text.rpartition("\n")[2])
        flat_one = _flat_arguments(node.arguments)
        return text + (flat_one if start + len(flat_one) <= WIDTH else _arguments(node.arguments, indent, start))
    head = f"{flat(node.callee)}{type_arguments(node.types)}"
    return head + _arguments(node.arguments, indent, column + len(head))


def _broken_awaited(receiver: Await, node: Call, indent: int) -> str:
    """``(await …).map(…)`` with the awaited on lines of its own."""
    assert isinstance(node.callee, Member)
    margin = _INDENT * (indent + 1)
    inner = f"(\n{margin}{_at(receiver, indent + 1, len(margin), 0)}\n{_INDENT * indent})"
    return f"{inner}.{node.callee.property}{_flat_arguments(node.arguments)}"


def _nests(node: Call) -> bool:
    return any(isinstance(argument, Call) for argument in node.arguments)


def _broken_chain(receiver: Expression, calls: list[Call], indent: int, column: int) -> str:
    margin = "\n" + _INDENT * (indent + 1)
    text = _at(receiver, indent, column, 0)
    for link in calls:
        assert isinstance(link.callee, Member)
        head = f".{link.callee.property}{type_arguments(link.types)}"
        start = len(_INDENT) * (indent + 1) + len(head)
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
            return head + _BROKEN[type(last)](last, indent, column + len(head)) + ")"
    return _lines("(", arguments, ")", indent) if arguments else "()"


def _lines(opening: str, items: tuple[Expression, ...], closing: str, indent: int) -> str:
    margin = _INDENT * (indent + 1)
    body = "".join(f"{margin}{_at(item, indent + 1, len(margin), 1)},\n" for item in items)
    return f"{opening}\n{body}{_INDENT * indent}{closing}"


def _broken_object(node: Object, indent: int, column: int) -> str:
    if not node.entries:
        return "{}"
    margin = _INDENT * (indent + 1)
    lines = [f"{margin}{_entry(entry, indent + 1)},\n" for entry in node.entries]
    return "{\n" + "".join(lines) + _INDENT * indent + "}"


def _entry(entry: tuple[str, Expression] | Spread, indent: int) -> str:
    if isinstance(entry, Spread) or is_shorthand(entry):
        return flat_entry(entry)
    head = entry_head(entry)
    return head + _at(entry[1], indent, len(_INDENT) * indent + len(head), 1)


def _broken_array(node: Array, indent: int, column: int) -> str:
    return _lines("[", node.items, "]", indent) if node.items else "[]"


def _broken_arrow(node: Arrow, indent: int, column: int) -> str:
    head = _arrow_head(node)
    if isinstance(node.body, Block):
        return head + _block(node.body, indent)
    if isinstance(node.body, (Object, Array)):
        return head + _body(_at(node.body, indent, column + len(head), 1), node.body)
    margin = _INDENT * (indent + 1)
    return f"{head.rstrip()}\n{margin}{_at(node.body, indent + 1, len(margin), 1)}"


def _unfolds(node: Expression) -> bool:
    """Whether it stands over several lines of its own: then a last argument keeps no place beside it."""
    inner = node.arguments if isinstance(node, Call) else ()
    return isinstance(node, _HUGGED) or any(isinstance(argument, Arrow) for argument in inner)


_HUGGED = (Object, Array, Arrow)
_BROKEN: dict[type, Callable[[Any, int, int], str]] = {
    Call: _broken_call,
    Object: _broken_object,
    Array: _broken_array,
    Arrow: _broken_arrow,
    And: lambda n, indent, column: f"{flat(n.left)} && {_at(n.right, indent, column + len(flat(n.left)) + 4, 0)}",
    Await: lambda n, indent, column: "await " + _at(n.value, indent, column + 6, 0),
    NonNull: lambda n, indent, column: _at(n.value, indent, column, 1) + "!",
    Spread: lambda n, indent, column: "..." + _at(n.value, indent, column + 3, 0),
    As: lambda n, indent, column: f"{_at(n.value, indent, column, 4 + len(n.type))} as {n.type}",
}
