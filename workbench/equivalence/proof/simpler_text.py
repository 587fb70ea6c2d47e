"""Questions about functions of a text as simpler questions about the text, and texts joined."""

from __future__ import annotations

from workbench.equivalence.proof.terms import App, Const, Expr, boolean, negate

PREFIX, LEFT, LENGTH, JOIN = "fn starts_with", "fn left", "fn Length", "fn DPipe"


def prefix(value: Expr, start: Expr) -> Expr:
    """Whether a text starts with another."""
    return boolean(PREFIX, value, start)


def left_part(left: Expr, right: Expr) -> Expr | None:
    """left(x, n) = 'c' asks for the prefix 'c' where that has n characters."""
    for part, literal in ((left, right), (right, left)):
        if isinstance(part, App) and part.op == LEFT and isinstance(literal, Const) and literal.kind == "text":
            value, length = part.args
            if isinstance(length, Const) and isinstance(literal.value, str) and len(literal.value) == length.value:
                return prefix(value, literal)
    return None


def emptiness(op: str, left: Expr, right: Expr) -> Expr | None:
    """length(x) compared so that only 0 or only the rest passes asks whether x is ''."""
    for value, number, swapped in ((left, right, False), (right, left, True)):
        if isinstance(value, App) and value.op == LENGTH and len(value.args) == 1 and isinstance(number, Const):
            empty = _EMPTINESS.get((op, swapped, number.value if number.kind == "int" else None))
            if empty is not None:
                found = boolean("eq", value.args[0], Const("", "text"))
                return found if empty else negate(found)
    return None


# (operator, whether the constant stands first, the constant): whether it asks for '' or for anything else
_EMPTINESS: dict[tuple[str, bool, object], bool] = {
    ("eq", False, 0): True,
    ("eq", True, 0): True,
    ("lt", False, 1): True,
    ("le", False, 0): True,
    ("lt", True, 0): False,
    ("le", True, 1): False,
}


def read_apart(op: str, left: Expr, right: Expr) -> Expr | None:
    """A comparison of a function of a text that is a simpler question about the text."""
    return emptiness(op, left, right) or (left_part(left, right) if op == "eq" else None)


def joined(left: Expr, right: Expr) -> Expr:
    """Two texts one after the other, nested to the right."""
    for value, other, first in ((left, right, True), (right, left, False)):
        if isinstance(value, App) and value.op == "case":
            branches = [
                (joined(a, other) if first else joined(other, a)) if i % 2 or i == len(value.args) - 1 else a
                for i, a in enumerate(value.args)
            ]
            return App("case", tuple(branches), "text")
    if any(isinstance(e, Const) and e.value is None for e in (left, right)):
        return Const(None, "text")
    if isinstance(left, Const) and isinstance(right, Const):
        return Const(f"{left.value}{right.value}", "text")
    if left == Const("", "text"):
        return right
    if right == Const("", "text"):
        return left
    if isinstance(left, App) and left.op == JOIN:
        return joined(left.args[0], joined(left.args[1], right))
    return App(JOIN, (left, right), "text")
