"""The arguments of a function by the names that the tree gives them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from workbench.equivalence.proof.terms import App, Const, Expr

if TYPE_CHECKING:
    from workbench.equivalence.bounded.models import ModelEncoder
    from workbench.equivalence.proof.encoding import Pair


Rule: TypeAlias = Callable[["ModelEncoder", App], "Pair | None"]
_PLACE = re.compile(r"(\w+)=#(\d+)")


def parts_of(expr: App) -> dict[str, Expr]:
    """The arguments of a written function by the names the tree gives them."""
    return {name: expr.args[int(number) - 1] for name, number in _PLACE.findall(expr.op)}


def text_of(expr: Expr | None) -> str | None:
    """The text that a constant is; None for anything else."""
    return expr.value if isinstance(expr, Const) and isinstance(expr.value, str) else None


def number_of(expr: Expr | None) -> int | None:
    """The whole number that a constant is; None for anything else."""
    return expr.value if isinstance(expr, Const) and type(expr.value) is int else None
