"""CHECK constraints and index conditions of a row: do they hold, and which constants do they name?"""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from workbench.equivalence.generation.evaluation import Beyond, Row, value_of
from workbench.equivalence.negation import spell_out_negation
from workbench.equivalence.walking import by_type
from workbench.values import Wire


def parse_condition(text: str, dialect: str) -> exp.Expr | None:
    """The tree of a condition; None where sqlglot cannot read it (the database then decides)."""
    try:
        tree = sqlglot.parse_one(f"SELECT 1 WHERE {text}", dialect=dialect)
    except SqlglotError:
        return None
    spell_out_negation(by_type(tree))
    return tree.args["where"].this if tree.args.get("where") else None


def holds(condition: exp.Expr | None, row: Row) -> bool | None:
    """Does a CHECK accept the row? NULL counts as accepted; None: not known here, the database decides."""
    try:
        return condition is None or value_of(condition, row) is not False
    except (Beyond, TypeError, ValueError, ArithmeticError):
        return None


def is_true(condition: exp.Expr | None, row: Row) -> bool | None:
    """Is a partial index's condition true for the row?"""
    try:
        return condition is None or value_of(condition, row) is True
    except (Beyond, TypeError, ValueError, ArithmeticError):
        return None


def constants(condition: exp.Expr | None) -> dict[str, list[Wire]]:
    """Literals of a condition by each column it names: values at its boundary."""
    if condition is None:
        return {}
    found: list[Wire] = []
    for literal in condition.find_all(exp.Literal):
        negative = isinstance(literal.parent, exp.Neg)
        if literal.is_string:
            found.append(literal.name)
        elif literal.is_int:
            found.append(-int(literal.name) if negative else int(literal.name))
        else:
            found.append({"$": "decimal", "v": ("-" if negative else "") + literal.name})
    return {column.name: found for column in condition.find_all(exp.Column)}


def documents(condition: exp.Expr | None) -> set[str]:
    """The columns that a condition passes to JSON_VALID, case folded: SQLite has no other word for JSON."""
    calls = condition.find_all(exp.Anonymous) if condition is not None else ()
    return {
        column.name.casefold()
        for call in calls
        if call.name.upper() == "JSON_VALID"
        for column in call.find_all(exp.Column)
    }
