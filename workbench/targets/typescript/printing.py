"""Statements, and the functions that hold them, as text."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.targets.typescript.breaking import BROKEN, INDENT, WIDTH, at
from workbench.targets.typescript.flat import FLAT, flat
from workbench.targets.typescript.text import comment, quote
from workbench.targets.typescript.tree import (
    Array,
    Arrow,
    Block,
    Do,
    Expression,
    Function,
    If,
    Import,
    Object,
    Return,
    Statement,
    Throw,
)


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
    margin = INDENT * indent
    if isinstance(statement, Import):
        return _print_import(statement)
    if isinstance(statement, Return):
        return f"{margin}return {at(statement.value, indent, len(margin) + 7, 1)};"
    if isinstance(statement, Do):
        return f"{margin}{at(statement.value, indent, len(margin), 1)};"
    if isinstance(statement, Throw):
        return f"{margin}throw new Error({quote(statement.message)});"
    if isinstance(statement, If):
        return _print_if(statement, indent)
    if isinstance(statement, Function):
        return _print_function(statement, indent)
    annotation = f": {statement.type}" if statement.type else ""
    head = f"{margin}{'export ' if statement.exported else ''}const {statement.name}{annotation} = "
    doc = "".join(f"{margin}{line}\n" for line in comment(statement.comment).split("\n")) if statement.comment else ""
    return f"{doc}{head}{at(statement.value, indent, len(head), 1)};"


def _print_import(statement: Import) -> str:
    names = sorted(set(statement.names)) + [f"type {name}" for name in sorted(set(statement.types))]
    line = f"import {{ {', '.join(names)} }} from {quote(statement.module)};"
    if len(line) <= WIDTH:
        return line
    return "import {\n" + "".join(f"{INDENT}{name},\n" for name in names) + f"}} from {quote(statement.module)};"


def _print_if(statement: If, indent: int) -> str:
    head = f"{INDENT * indent}if ({flat(statement.condition)}) "
    (first, *others) = statement.body.statements
    line = head + print_statement(first)
    if not others and isinstance(first, (Return, Throw)) and len(line) <= WIDTH and "\n" not in line:
        return line
    return head + _block(statement.body, indent)


def _print_function(statement: Function, indent: int) -> str:
    """Each parameter on a line of its own, and each option too, where they are too wide for one."""
    words = f"{'export ' if statement.exported else ''}{'async ' if statement.waits else ''}function"
    head = f"{INDENT * indent}{words} {statement.name}"
    parameters = [*statement.parameters, *([_options(statement.options)] if statement.options else [])]
    line = f"{head}({', '.join(parameters)}) "
    if len(line) + 1 > WIDTH:
        margin = INDENT * (indent + 1)
        if statement.options and len(margin) + len(parameters[-1]) + 1 > WIDTH:
            parameters[-1] = _wide_options(statement.options, indent + 1)
        line = f"{head}(\n{''.join(f'{margin}{parameter},' + chr(10) for parameter in parameters)}{INDENT * indent}) "
    return line + _block(statement.body, indent)


def _options(options: tuple[tuple[str, str], ...]) -> str:
    names, types = ", ".join(name for name, _ in options), "; ".join(f"{name}: {type}" for name, type in options)
    return f"{{ {names} }}: {{ {types} }}"


def _wide_options(options: tuple[tuple[str, str], ...], indent: int) -> str:
    margin, end = INDENT * (indent + 1), INDENT * indent
    names = "".join(f"{margin}{name},\n" for name, _ in options)
    types = "".join(f"{margin}{name}: {type};\n" for name, type in options)
    return f"{{\n{names}{end}}}: {{\n{types}{end}}}"


def _block(block: Block, indent: int) -> str:
    lines = "".join(print_statement(s, indent + 1) + "\n" for s in block.statements)
    return "{\n" + lines + INDENT * indent + "}"


def _arrow_head(node: Arrow) -> str:
    return f"{'async ' if node.waits else ''}({', '.join(node.parameters)}) => "


def _flat_arrow(node: Arrow) -> str:
    head = _arrow_head(node)
    if isinstance(node.body, Block):
        return head + _block(node.body, 0)
    return head + _body(flat(node.body), node.body)


def _broken_arrow(node: Arrow, indent: int, column: int) -> str:
    head = _arrow_head(node)
    if isinstance(node.body, Block):
        return head + _block(node.body, indent)
    if isinstance(node.body, (Object, Array)):
        return head + _body(at(node.body, indent, column + len(head), 1), node.body)
    margin = INDENT * (indent + 1)
    return f"{head.rstrip()}\n{margin}{at(node.body, indent + 1, len(margin), 1)}"


def _body(text: str, body: Expression) -> str:
    return f"({text})" if isinstance(body, Object) else text


FLAT[Arrow] = _flat_arrow
BROKEN[Arrow] = _broken_arrow
