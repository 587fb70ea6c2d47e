"""Conditions read where only their truth counts, and IS NULL, IS TRUE, CASE and NOT made smaller by it."""

from __future__ import annotations

from collections.abc import Callable

from workbench.equivalence.proof.logic import STRICT, junction, never_null
from workbench.equivalence.proof.terms import FALSE, TRUE, App, Const, Expr, boolean, negate


def truth(expr: Expr) -> Expr:
    """An expression that is true exactly where this one is (where a condition stands, NULL is as false)."""
    if isinstance(expr, Const):
        return TRUE if expr.value is True else FALSE
    if not isinstance(expr, App):
        return expr
    if expr.op in ("and", "or"):
        return junction(boolean(expr.op, *(truth(a) for a in expr.args)))
    if expr.op == "not":
        return falsity(expr.args[0])
    if expr.op == "istrue":
        return truth(expr.args[0])
    if expr.op == "eq" and expr.args[0] == expr.args[1]:
        return negation(isnull(expr.args[0]))
    if expr.op == "case" and _decided(expr):
        return _branches(expr, truth)
    return expr


def falsity(expr: Expr) -> Expr:
    """An expression that is true exactly where this one is false (not where it is NULL)."""
    if isinstance(expr, Const):
        return TRUE if expr.value is False else FALSE
    if not isinstance(expr, App):
        return negate(expr)
    if expr.op in ("and", "or"):
        return junction(boolean("or" if expr.op == "and" else "and", *(falsity(a) for a in expr.args)))
    if expr.op == "not":
        return truth(expr.args[0])
    if expr.op == "istrue":
        return not_true(expr.args[0])
    if expr.op in ("lt", "le"):
        return boolean("le" if expr.op == "lt" else "lt", expr.args[1], expr.args[0])
    if expr.op == "case" and _decided(expr):
        return _branches(expr, falsity)
    return negate(expr)


def not_true(expr: Expr) -> Expr:
    """True where the expression is false or NULL."""
    if never_null(expr):
        return falsity(expr)
    if isinstance(expr, App) and expr.op in ("and", "or"):
        return junction(boolean("or" if expr.op == "and" else "and", *(not_true(a) for a in expr.args)))
    if isinstance(expr, App) and expr.op == "istrue":
        return not_true(expr.args[0])
    return negate(boolean("istrue", expr))


def _decided(expr: App) -> bool:
    return any(isinstance(v, Const) for v in (*expr.args[1::2], expr.args[-1]))


def _branches(expr: App, reading: Callable[[Expr], Expr]) -> Expr:
    """A CASE of truth values as a disjunction of its branches, each under the failure of those before it."""
    found: list[Expr] = []
    failed: list[Expr] = []
    for condition, value in zip(expr.args[0:-1:2], expr.args[1::2], strict=False):
        found.append(boolean("and", *failed, truth(condition), reading(value)))
        failed.append(not_true(condition))
    found.append(boolean("and", *failed, reading(expr.args[-1])))
    return junction(boolean("or", *(junction(f) for f in found)))


def negation(value: Expr) -> Expr:
    """NOT of a constant is a constant; NOT NOT cancels."""
    if isinstance(value, Const):
        return Const(None if value.value is None else not value.value, "bool")
    return negate(value)


def isnull(value: Expr) -> Expr:
    """NULL-ness of strict operators is that of their arguments, of a CASE that of its branches."""
    if isinstance(value, Const):
        return TRUE if value.value is None else FALSE
    if never_null(value):
        return FALSE
    if isinstance(value, App) and value.op == "not":
        return isnull(value.args[0])
    if isinstance(value, App) and value.op in STRICT:
        return junction(boolean("or", *(isnull(a) for a in value.args)))
    if isinstance(value, App) and value.op == "case":
        nulls = [isnull(v) for v in (*value.args[1::2], value.args[-1])]
        mixed = [p for pair in zip(value.args[0:-1:2], nulls, strict=False) for p in pair]
        return truth(case(App("case", (*mixed, nulls[-1]), "bool")))
    return boolean("isnull", value)


def istrue(value: Expr) -> Expr:
    """IS TRUE of what is never NULL is the value itself."""
    inner = truth(value)
    return inner if never_null(inner) else boolean("istrue", inner)


def case(expr: App) -> Expr:
    """Branches that cannot be taken are dropped; a branch that always is ends the list."""
    parts: list[Expr] = []
    default = expr.args[-1]
    for condition, value in zip(expr.args[0:-1:2], expr.args[1::2], strict=False):
        condition = truth(condition)
        if condition == TRUE:
            default = value
            break
        if condition != FALSE:
            parts += [condition, value]
    while parts and parts[-1] == default:
        parts = parts[:-2]
    return App("case", (*parts, default), expr.kind) if parts else default
