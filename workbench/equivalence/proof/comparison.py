"""Comparisons between values of two kinds: which kind decides, and what a literal then means."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.moments import ranged
from workbench.equivalence.proof.simpler_text import read_apart
from workbench.equivalence.proof.terms import App, Const, Expr, Param, Unsupported, boolean, negate, same
from workbench.equivalence.proof.text_literals import read


def unify(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both values at one kind: NULL and parameters take the other's, literals are read as it."""
    if left.kind == right.kind:
        return left, right
    for one, other in ((left, right), (right, left)):
        if one.kind == kinds.UNKNOWN and isinstance(other, Const) and other.value is not None:
            return left, right  # PostgreSQL reads a literal at the function's type: two spellings may be one value
    for one, other, swap in ((left, right, False), (right, left, True)):
        adopted = _adopt(one, other.kind)
        if adopted is not None:
            return (other, adopted) if swap else (adopted, other)
    if kinds.is_exact_number(left.kind) and kinds.is_exact_number(right.kind):
        return left, right
    return left, right


def _adopt(value: Expr, kind: str) -> Expr | None:
    """The value read at another kind, where SQL itself would read it so."""
    if value.kind == "null" or (isinstance(value, Const) and value.value is None):
        return Const(None, kind)
    if value.kind == "?" and isinstance(value, Param):
        return replace(value, kind=kind)
    if isinstance(value, Const) and value.kind == "text" and kinds.scale_of(kind):
        return narrowed(Const(value.value, "numeric"))  # the number it spells, with a scale of its own
    if isinstance(value, Const) and value.kind == "text" and kind != "?":
        known = read(str(value.value), kind)
        return Const(value.value if known is None else known, kind)
    if isinstance(value, Const) and value.kind == "int" and kind in ("numeric", "float"):
        return Const(value.value, kind)
    if isinstance(value, Const) and value.kind.startswith("num:") and kind in ("numeric", "float"):
        return Const(value.value, kind)
    return None


def comparable(left: Expr, right: Expr) -> bool:
    """Whether both kinds have one order that the prover knows."""
    exact = kinds.is_exact_number(left.kind) and kinds.is_exact_number(right.kind)
    return (left.kind == right.kind and left.kind != kinds.UNKNOWN) or exact


def widened(value: Expr) -> Expr:
    """An exact number among others of another scale: each keeps its own digits, and their order is that of numbers."""
    if not kinds.is_exact_number(value.kind):
        return value
    if isinstance(value, Const):
        return Const(None if value.value is None else str(value.value), "numeric")
    return App(f"scaled {kinds.scale_of(value.kind)}", (value,), "numeric")


def narrowed(value: Expr) -> Expr:
    """The number that was widened."""
    if isinstance(value, App) and value.op.startswith("scaled "):
        return value.args[0]
    if isinstance(value, Const) and value.kind == "numeric" and _DIGITS.fullmatch(str(value.value)):
        whole, _, fraction = str(value.value).partition(".")
        return Const(f"{whole}.{fraction}", kinds.number(len(fraction))) if fraction else Const(int(whole), "int")
    return value


_DIGITS = re.compile(r"-?\d+(\.\d+)?")


def compare(op: str, left: Expr, right: Expr) -> Expr:
    """``eq``, ``lt`` or ``le``; between kinds of different order an unknown predicate of both values."""
    left, right = unify(left, right)
    simpler = read_apart(op, left, right) or ranged(op, left, right)
    if simpler is not None:
        return simpler
    if {"numeric"} < {left.kind, right.kind}:
        left, right = widened(left), widened(right)
    if comparable(left, right):
        return boolean(op, left, right)
    if op == "eq":
        left, right = sorted((left, right), key=repr)
    return boolean(f"fn compare {op} {left.kind} {right.kind}", left, right)


def not_distinct(left: Expr, right: Expr) -> Expr:
    """IS NOT DISTINCT FROM; between kinds of different equality an unknown predicate of both values."""
    left, right = unify(left, right)
    if comparable(left, right) or "null" in (left.kind, right.kind):
        return same(left, right)
    left, right = sorted((left, right), key=repr)
    return boolean(f"fn same {left.kind} {right.kind}", left, right)


def compare_rows(op: str, left: tuple[Expr, ...], right: tuple[Expr, ...]) -> Expr:
    """Row values: equality is the AND of equalities; order is lexicographic, as SQL defines it."""
    if len(left) != len(right):
        raise Unsupported("row values of different length")
    if len(left) == 1:
        return compare(op, left[0], right[0])
    if op == "eq":
        return boolean("and", *(compare("eq", a, b) for a, b in zip(left, right, strict=True)))
    head = compare("lt", left[0], right[0])
    tail = compare_rows(op, left[1:], right[1:])
    return boolean("or", head, boolean("and", compare("eq", left[0], right[0]), tail))


def precedes(left: Expr, right: Expr, descending: bool, nulls_first: bool) -> Expr:
    """Whether ``left`` sorts strictly before ``right``; never NULL."""
    ordered = compare("lt", right, left) if descending else compare("lt", left, right)
    nulls = (left, right) if nulls_first else (right, left)
    null_first = boolean("and", boolean("isnull", nulls[0]), negate(boolean("isnull", nulls[1])))
    return boolean("or", null_first, boolean("istrue", ordered))
