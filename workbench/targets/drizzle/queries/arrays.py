"""Arrays: built, taken apart, and rows of several values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries.constants import MISSING, type_of, value_of
from workbench.targets.drizzle.queries.result_types import common_type
from workbench.targets.drizzle.queries.scalars import Node, Write, operand, scalar
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Expression

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module


def _array(m: Module, node: Node, scope: Scope) -> Term:
    items = node.expressions
    if len(items) == 1 and isinstance(items[0].unnest(), (exp.Select, exp.SetOperation)):
        built = m.subselect(items[0], scope)
        kind = built.terms[0].type
        return Term(m.w.helper("arrayOf", built.code), f"{kind}[]" if kind else "")
    kinds = [type_of(value) if (value := value_of(m.w, n)) is not MISSING else scalar(m, n, scope).type for n in items]
    kind = common_type([kind for kind in kinds if kind]) or ("text" if items else "")
    return Term(m.w.helper("array", *(operand(m, item, scope) for item in items)), f"{kind}[]" if kind else "")


def _item(m: Module, node: Node, scope: Scope) -> Term:
    """``array[i]``, ``array[i][j]`` and ``array[from:to]``."""
    array, indices = node.this, node.expressions
    while isinstance(array, exp.Bracket):  # the subscripts of one array, not an array of an array's item
        array, indices = array.this, [*array.expressions, *indices]
    inner = scalar(m, array, scope)
    if len(indices) == 1 and isinstance(indices[0], exp.Slice):
        ends = (_index(m, indices[0].args.get(side), node, scope) for side in ("this", "expression"))
        return Term(m.w.helper("elements", inner.code, *_trimmed(list(ends))), inner.type)
    code = m.w.helper("elementAt", inner.code, *_trimmed([_index(m, index, node, scope) for index in indices]))
    return Term(code, _element(inner.type, len(indices)))


def _element(kind: str, depth: int) -> str:
    """The type of an item; an array of arrays has one type for all its depths."""
    for _ in range(depth):
        kind = kind.removesuffix("[]") if kind.endswith("[]") else ""
    return "" if kind.endswith("[]") else kind


def _index(m: Module, node: Node | None, bracket: Node, scope: Scope) -> Expression | None:
    if node is None:
        return None
    if isinstance(node, (exp.Literal, exp.Slice)):  # sqlglot has counted it from 0
        raise Untranslatable(bracket.sql("postgres"), "an index that is no parameter has no form here")
    return operand(m, node, scope, "integer")


def _trimmed(ends: list[Expression | None]) -> list[Expression]:
    if ends[0] is None:
        raise Untranslatable("an array's slice", "one without a beginning has no form here")
    return [end for end in ends if end is not None]


def _row(m: Module, node: Node, scope: Scope) -> Term:
    return Term(m.w.helper("row", *(operand(m, item, scope) for item in node.expressions)), "record", nullable=False)


WRITERS: dict[type[Node], Write] = {
    exp.Array: _array,
    exp.Bracket: _item,
    exp.Tuple: _row,
}
