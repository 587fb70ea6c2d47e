"""Operators side by side that a database ranks otherwise than the parser does: parentheses are asked for.

Sources: PostgreSQL's manual, 4.1.6, and sqlite.org/lang_expr.html; a test runs random expressions on both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as SqlglotDialect
from sqlglot.tokenizer_core import Token, TokenType

from workbench.catalog.table import Dialect
from workbench.equivalence.refusal import refuse, title
from workbench.equivalence.walking import ByType, children

_MATCHES = (exp.Like, exp.ILike, exp.Glob, exp.RegexpLike, exp.Match, exp.In, exp.Between, exp.Escape)
_CONDITIONS = (
    *(exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Is),
    *_MATCHES,
)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Pow)
_BITS = (exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseLeftShift, exp.BitwiseRightShift)
_UNRANKED = (
    *(exp.RegexpLike, exp.RegexpILike, exp.ArrayContainsAll, exp.ArrayContainedBy, exp.ArrayOverlaps),
    *(exp.JSONBContains, exp.JSONExtract, exp.JSONExtractScalar, exp.JSONBExtract, exp.JSONBExtractScalar),
    *(exp.JSONBContainsAllTopKeys, exp.JSONBContainsAnyTopKeys, exp.Operator, exp.Distance, exp.MatchAgainst),
)
_TIGHTER = (*_ARITHMETIC, *_BITS, exp.DPipe, exp.JSONExtract, exp.JSONExtractScalar)


def refuse_other_ranks(kinds: ByType, text: str, dialect: Dialect, side: str) -> None:
    """``WorkbenchError`` where the tree may not be what the database reads; its nodes by type."""
    for kind in _ASKED:
        for node in kinds.get(kind, ()):
            if any(rule(node) for rule in _RULES[dialect]):
                raise refuse(side, title(node.sql(dialect)), _OTHER_ORDER)
    matching = dialect == "sqlite" and any(kind in kinds for kind in _MATCHES)
    if not matching and "+" not in text:
        return
    tokens = SqlglotDialect.get_or_raise(dialect).tokenize(text)
    if matching and _match_beside_comparison(tokens):
        raise refuse(side, title(text), _OTHER_ORDER)
    plus = _unary_plus(tokens)
    if plus:
        raise refuse(side, title(f"+{plus}"), "a plus sign that changes the type of what follows: write it without")


_ASKED = tuple(dict.fromkeys((*_TIGHTER, *_UNRANKED, exp.Is)))  # the nodes that some rule looks at
_OTHER_ORDER = "operators in an order that databases read differently: add parentheses"


def _condition_in_arithmetic(node: exp.Expr) -> bool:
    """``a ISNULL + b``: the sum binds more tightly, wherever the parser stopped reading."""
    return isinstance(node, _TIGHTER) and any(isinstance(_positive(child), _CONDITIONS) for child in children(node))


def _positive(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Not):
        node = node.this
    return node


def _complement_in_arithmetic(node: exp.Expr) -> bool:
    """PostgreSQL: ``~a + b`` is ``~(a + b)``."""
    return isinstance(node, _TIGHTER) and any(isinstance(child, exp.BitwiseNot) for child in children(node))


def _joined_after_match(node: exp.Expr) -> bool:
    """PostgreSQL: ``a ~ b || c`` is ``(a ~ b) || c``, and so for every operator that has no rank of its own."""
    return isinstance(node, _UNRANKED) and isinstance(node.expression, (exp.DPipe, *_BITS))


def _more_after_is(node: exp.Expr) -> bool:
    """PostgreSQL: ``a IS TRUE::text`` casts the whole, and so with ``||``."""
    return isinstance(node, exp.Is) and isinstance(node.expression, (exp.Cast, *_TIGHTER))


_RULES: dict[Dialect, tuple[Callable[[exp.Expr], bool], ...]] = {
    "sqlite": (_condition_in_arithmetic,),
    "postgres": (_condition_in_arithmetic, _complement_in_arithmetic, _joined_after_match, _more_after_is),
}

_T = TokenType
_OPERANDS_END = frozenset({_T.R_PAREN, _T.R_BRACKET, _T.NUMBER, _T.STRING, _T.IDENTIFIER})
_WORDS_AROUND = frozenset(
    [
        *("SELECT", "ALL", "DISTINCT", "FROM", "WHERE", "AND", "OR", "ON", "HAVING", "BY", "GROUP BY", "ORDER BY"),
        *("PARTITION BY", "CASE", "WHEN", "THEN", "ELSE", "LIMIT", "OFFSET", "VALUES", "RETURNING", "UNION", "SET"),
        *("INTERSECT", "EXCEPT", "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "WITH", "AS", "WINDOW", "END"),
    ]
)
_WORDS_BEFORE = _WORDS_AROUND - {"END"} | {
    *("NOT", "BETWEEN", "IN", "LIKE", "ILIKE", "GLOB", "REGEXP", "RLIKE", "MATCH", "IS", "ESCAPE", "SIMILAR TO", "TO"),
}
_COMPARING = frozenset({_T.EQ, _T.NEQ, _T.LT, _T.LTE, _T.GT, _T.GTE, _T.IS, _T.ISNULL, _T.NOTNULL})
_MATCHING = frozenset({_T.LIKE, _T.ILIKE, _T.GLOB, _T.RLIKE, _T.MATCH, _T.IN, _T.BETWEEN})


def _match_beside_comparison(tokens: Sequence[Token]) -> bool:
    """SQLite: ``a = b LIKE c`` is ``(a = b) LIKE c``, and ``a LIKE b < c`` is ``a LIKE (b < c)``."""
    open_parts: list[set[TokenType]] = [set()]
    for token in tokens:
        if token.token_type is _T.L_PAREN:
            open_parts.append(set())
        elif token.token_type is _T.R_PAREN and len(open_parts) > 1:
            open_parts.pop()
        elif token.token_type is _T.AND and _T.BETWEEN in open_parts[-1]:
            open_parts[-1] = open_parts[-1] - {_T.BETWEEN} | {_T.IN}
        elif token.token_type is _T.COMMA or token.text.upper() in _WORDS_AROUND:
            open_parts[-1] = set()
        else:
            open_parts[-1].add(token.token_type)
            if open_parts[-1] & _COMPARING and open_parts[-1] & _MATCHING:
                return True
    return False


def _unary_plus(tokens: Iterable[Token]) -> str:
    """What follows a plus sign that stands before its operand, unless that is a number; empty where none does."""
    before: Token | None = None
    waiting = False
    for token in tokens:
        if waiting and token.token_type is not _T.NUMBER:
            return token.text
        waiting = token.token_type is _T.PLUS and not _ends_operand(before)
        before = token
    return ""


def _ends_operand(token: Token | None) -> bool:
    if token is None or token.token_type in _OPERANDS_END:
        return token is not None
    return token.text[:1].isalnum() and token.text.upper() not in _WORDS_BEFORE
