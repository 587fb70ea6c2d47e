"""Functions that keep their names: what sqlglot would turn into a node of another dialect's word is hidden from it.

By composition, on the tokens before the parse and on the tree after it: of sqlglot's compiled build nobody may inherit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from sqlglot import Parser, Token, TokenType, exp

Trees: TypeAlias = list[exp.Expression | None]
_HIDDEN = "\x1f"  # stands before a name; no SQL that a database accepts holds it
_JSON_ARRAY = "JSON_ARRAY"
_OPTIONS = ("NULL ON NULL", "ABSENT ON NULL")


def hidden_names(parser: type[Parser], nodes: frozenset[str], syntax: frozenset[str]) -> frozenset[str]:
    """The functions that the parser knows, without those of ``nodes`` and those of a grammar of their own."""
    known = {name for name in parser.FUNCTIONS if name not in nodes and name not in syntax}
    known |= {name for name in parser.FUNCTION_PARSERS if name not in syntax}
    return frozenset(known - parser.NO_PAREN_FUNCTION_PARSERS.keys())


def parsed(parser: Any, tokens: list[Token], sql: str, hidden: frozenset[str], arrays: bool = False) -> Trees:
    """The trees of the statements, with these functions hidden; ``arrays``: JSON_ARRAY has PostgreSQL's grammar."""
    kept = list(_kept([*tokens], hidden, parser.FUNC_TOKENS, arrays))
    trees: Trees = parser.parse(kept, sql)
    return [tree and _restored(tree) for tree in trees]


def _kept(tokens: Sequence[Token], hidden: frozenset[str], callable: set[TokenType], arrays: bool) -> Iterator[Token]:
    """The tokens with hidden names; what ends the arguments of JSON_ARRAY is put into its name."""
    dropped: set[int] = set()
    for at, token in enumerate(tokens):
        if at in dropped:
            continue
        if at + 1 < len(tokens) and tokens[at + 1].token_type is TokenType.L_PAREN:
            name = token.text.upper()
            if arrays and name == _JSON_ARRAY:
                token.text = f"{_HIDDEN}{name}{_HIDDEN}{_options(tokens, at + 1, dropped)}"
            elif name in hidden and token.token_type in callable and token.token_type is not TokenType.IDENTIFIER:
                token.text = _HIDDEN + token.text
        yield token


def _options(tokens: Sequence[Token], opening: int, dropped: set[int]) -> str:
    """``NULL ON NULL`` and ``RETURNING type`` at the end of the arguments; their tokens are dropped."""
    depth, last, start = 0, opening, 0
    for last in range(opening, len(tokens)):
        depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(tokens[last].token_type, 0)
        if depth == 0:
            break
        ending = " ".join(each.text.upper() for each in tokens[last : last + 3]) in _OPTIONS
        if depth == 1 and not start and (ending or tokens[last].text.upper() == "RETURNING"):
            start = last
    found = range(start, last) if start else range(0)
    dropped.update(found)
    return " ".join(tokens[at].text for at in found)


def _restored(tree: exp.Expression) -> exp.Expression:
    """The tree with the names as they were."""
    for node in list(tree.find_all(exp.Anonymous)):
        text = node.this if isinstance(node.this, str) else ""
        if text.startswith(_HIDDEN + _JSON_ARRAY):
            changed = _json_array(text.split(_HIDDEN)[2], node.expressions)
            if node is tree:
                return changed
            node.replace(changed)
        elif text.startswith(_HIDDEN):
            node.set("this", text[1:])
    for leaf in tree.find_all(exp.Identifier, exp.Var):  # a name before a parenthesis that is no function
        if isinstance(leaf.this, str) and leaf.this.startswith(_HIDDEN):
            leaf.set("this", leaf.this[1:])
    return tree


def _json_array(options: str, values: Iterable[exp.Expression]) -> exp.JSONArray:
    handling, _, type = options.partition("RETURNING")
    return exp.JSONArray(
        expressions=list(values),
        null_handling=handling.strip().upper() or None,
        return_type=exp.column(type.strip()) if type.strip() else None,
    )
