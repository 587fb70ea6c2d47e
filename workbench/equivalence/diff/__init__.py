"""Two queries side by side, clause by clause, for a person to look at: the verdict never comes from here."""

from __future__ import annotations

from workbench.equivalence.diff.aligning import AlignedLine, Change, aligned
from workbench.equivalence.diff.naming import with_common_names
from workbench.equivalence.diff.parts import parts
from workbench.equivalence.parse import ParsedQuery

__all__ = ["AlignedLine", "Change", "side_by_side"]


def side_by_side(left: ParsedQuery, right: ParsedQuery) -> tuple[AlignedLine, ...]:
    """Matching parts of the two queries in one line each, in the order of the left one.

    Sources that play the same role get the same name first, so that an alias or the order of joins is no change.
    """
    trees = with_common_names(left.tree, right.tree)
    first, second = (tuple(parts(tree, side.dialect)) for tree, side in zip(trees, (left, right), strict=True))
    return aligned(first, second)
