"""A text that a regular expression matches: what a person would type for an address."""

import re

try:
    from re import _parser as parser
except ImportError:  # before Python 3.11
    import sre_parse as parser

_CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_SPACE": " ", "CATEGORY_NOT_DIGIT": "a"}
_CATEGORIES.update(CATEGORY_NOT_SPACE="a", CATEGORY_NOT_WORD="-")
_SILENT = {"AT", "ASSERT", "ASSERT_NOT"}


def sample(pattern, values):
    """A text for ``pattern`` (a compiled expression), its groups filled from ``values`` (by name or number)."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    names = {number: name for name, number in tree.state.groupdict.items()}
    return _text(tree, values, names)


def _text(tree, values, names):
    return "".join(_node(str(kind), argument, values, names) for kind, argument in tree)


def _node(kind, argument, values, names):
    if kind in _SILENT:
        return ""
    rule = _SHAPES.get(kind)
    return rule(argument, values, names) if rule else ""


def _in(members, values, names):
    """One character of a class: a letter or digit where it has them."""
    kinds = [(str(kind), argument) for kind, argument in members]
    if kinds[0][0] == "NEGATE":
        refused = {chr(argument) for kind, argument in kinds if kind == "LITERAL"}
        return next(character for character in "a1b" if character not in refused)
    found = [_member(kind, argument) for kind, argument in kinds]
    return next((character for character in found if character.isalnum()), found[0])


def _member(kind, argument):
    if kind == "RANGE":
        return chr(argument[0])
    return chr(argument) if kind == "LITERAL" else _CATEGORIES.get(str(argument), "a")


def _group(argument, values, names):
    number, tree = argument[0], argument[-1]
    given = values.get(names.get(number), values.get(number))
    return _text(tree, values, names) if given is None else given


def _repeat(argument, values, names):
    """The fewest repetitions; one where a value was given for a group inside."""
    fewest, most, tree = argument
    wanted = fewest or (1 if _given(tree, values, names) else 0)
    return _text(tree, values, names) * min(wanted, most)


def _given(tree, values, names):
    groups = (a[0] for kind, a in tree if str(kind) == "SUBPATTERN")
    return any(names.get(number, number) in values for number in groups)


_SHAPES = {
    "LITERAL": lambda code, values, names: chr(code),
    "NOT_LITERAL": lambda code, values, names: "b" if code == ord("a") else "a",
    "ANY": lambda _, values, names: "a",
    "IN": _in,
    "BRANCH": lambda argument, values, names: _text(argument[1][0], values, names),
    "SUBPATTERN": _group,
    "ATOMIC_GROUP": lambda tree, values, names: _text(tree, values, names),
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "POSSESSIVE_REPEAT": _repeat,
    "GROUPREF": lambda number, values, names: values.get(names.get(number), "a"),
}
