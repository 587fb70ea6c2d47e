"""What SQLite stores a value as, and which conversion its place asks for (sqlite.org/datatype3.html, 3.1 and 4.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce

NUMBER, TEXT, MOMENT, BLOB, NULL, FREE, ANY = "number", "text", "moment", "blob", "null", "free", "any"
# ``moment``: text that never reads as a number, as dates do; ``free``: a parameter, of its neighbour's class

AS_NUMBER, AS_TEXT, AS_IS = "numeric", "text", "none"


@dataclass(frozen=True)
class Storage:
    """The class of a value's storage, and the affinities that its expression may have."""

    kind: str
    affinities: frozenset[str] = frozenset({AS_IS})

    def __or__(self, other: Storage) -> Storage:
        """What it is where it may come from either."""
        kind = self.kind if self.kind == other.kind else _JOINT.get(frozenset({self.kind, other.kind}), ANY)
        if NULL in (self.kind, other.kind):
            kind = other.kind if self.kind == NULL else self.kind
        return Storage(kind, self.affinities | other.affinities)

    def bare(self) -> Storage:
        """The same value out of an expression that has no affinity."""
        return Storage(self.kind)


_JOINT = {frozenset({TEXT, MOMENT}): TEXT}
UNKNOWN = Storage(ANY, frozenset({AS_NUMBER, AS_TEXT, AS_IS}))


def declared(type_name: str) -> Storage:
    """A column or CAST of that type, by SQLite's rules in their order, where values are of their declared type."""
    name = type_name.upper()
    return next((found for pattern, found in _DECLARED if pattern.search(name)), Storage(ANY, frozenset({AS_NUMBER})))


_NUMERIC = frozenset({AS_NUMBER})
_DECLARED = (
    (re.compile("INT"), Storage(NUMBER, _NUMERIC)),
    (re.compile("CHAR|CLOB|TEXT"), Storage(TEXT, frozenset({AS_TEXT}))),
    (re.compile("BLOB"), Storage(BLOB)),
    (re.compile("REAL|FLOA|DOUB|BOOL|DECIMAL|NUMERIC"), Storage(NUMBER, _NUMERIC)),
    (re.compile("DATE|TIME"), Storage(MOMENT, _NUMERIC)),
)
_READS_AS_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")


def text(value: str) -> Storage:
    """A literal text."""
    return Storage(TEXT if _READS_AS_NUMBER.fullmatch(value) else MOMENT)


def alike(left: Storage, right: Storage) -> bool:
    """Whether comparing the two converts nothing that would matter, and both are of one class."""
    kinds = {left.kind, right.kind}
    if NULL in kinds or (FREE in kinds and ANY not in kinds):
        return True
    if kinds <= {TEXT, MOMENT}:
        return not any(
            AS_NUMBER in one.affinities and other.kind == TEXT for one, other in ((left, right), (right, left))
        )
    return len(kinds) == 1 and ANY not in kinds


def joint(found: list[Storage]) -> Storage:
    """One of these values, chosen by an expression: no affinity of its own."""
    return reduce(lambda one, other: one | other, found, Storage(NULL)).bare()
