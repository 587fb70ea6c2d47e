"""The path of an argument: what stands at its end, and the rows that SQL joins on the way."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workbench.inspection.records import FieldRecord
from workbench.policies.condition import Absent, Condition, Every, Missing, Some
from workbench.policies.hops import element_of, hop
from workbench.policies.operands import attribute_of, key_column
from workbench.policies.reasoning import TRUE, either, every, mentions, negated, without
from workbench.policies.references import Column, Rows, Thing
from workbench.policies.scope import Scope, unknown


@dataclass
class FilterCall:
    """One call of ``filter()``: the rows that it joins (each path to many once, a negated one by itself)."""

    rows: Rows
    scope: Scope
    joined: dict[tuple[str, ...], Some] = field(default_factory=dict)

    def refuse_visitor(self) -> None:
        """Django raises where a visitor is a value."""
        self.rows = replace(self.rows, refuses_visitor=True)


def walked(
    steps: Sequence[str], node: ast.expr, call: FilterCall, inverted: bool
) -> tuple[Thing | Column, Some | None, list[Condition]]:
    """The end of a path, the rows that it leads through, and that something stands on the way: SQL joins."""
    place: Thing | Column = call.rows.element
    some: Some | None = None
    guards: list[Condition] = []
    for number, step in enumerate(steps):
        if not isinstance(place, Thing):
            raise unknown(node, f"is compared with {'__'.join(steps)}, which has no translation")
        guards += _standing(place, node, call.scope) if number else []
        many = _many(place, step, call.scope)
        if many is None:
            found = call.scope.attribute(place, step, node)
            if not isinstance(found, (Thing, Column)):
                raise unknown(node, f"is compared with {'__'.join(steps)}, which has no translation")
            place = _shortened(place, found, call.scope)
        elif some is None:
            place, some = _joined(place, many, tuple(steps[: number + 1]), node, call, inverted)
        else:
            raise unknown(node, "is compared through two relations to many")
    return place, some, guards


def _standing(place: Thing, node: ast.expr, scope: Scope) -> list[Condition]:
    if place.maybe and place.key is not None:
        return [negated(Missing(attribute_of(key_column(place, node, scope), node, scope)))]
    if place.through and place.key is None:  # a one-to-one field backwards
        return [negated(Absent(place.model, place.through, place.root))]
    return []


def _shortened(place: Thing, found: Thing | Column, scope: Scope) -> Thing | Column:
    """``user__id`` is the foreign key's own column."""
    relation = place.key.relation if place.key else None
    if not isinstance(found, Column) or relation is None or not found.field.primary_key:
        return found
    return place if (relation.to_field or found.field.name) == found.field.name else found


def _many(place: Thing, step: str, scope: Scope) -> FieldRecord | str | None:
    """The relation to many that a step follows: by field name, or by a reverse relation's query name."""
    found = scope.models.field(place.model, step)
    if found is not None:
        return found if found.relation and found.relation.kind == "m2m" else None
    return scope.models.by_query_name(place.model, step)


def _joined(
    place: Thing, many: FieldRecord | str, path: tuple[str, ...], node: ast.expr, call: FilterCall, inverted: bool
) -> tuple[Thing, Some]:
    label, link, target = hop(place.model, many, node, call.scope)
    known = call.joined.get(path)
    if known is None or inverted:
        row = f"{call.rows.row}{'ABCDEFGH'[len(call.joined)]}"
        known = Some(label, link.name, place.model, place.through, TRUE, False, place.root, row)
        if not inverted:
            call.joined[path] = known
    return element_of(label, known.row, target), known


def quantified(whole: Condition, call: FilterCall) -> list[Condition]:
    """What one call says of rows that it joins: one row each for which all of it holds together."""
    parts = list(whole.of) if isinstance(whole, Every) else [whole]
    for some in reversed(list(call.joined.values())):
        about = [part for part in parts if mentions(part, some.row)]
        if about:
            together = every(about)
            found = either((without(together, some.row), replace(some, where=together)))
            parts = [*(part for part in parts if part not in about), found]
    return [part for part in parts if part != TRUE]
