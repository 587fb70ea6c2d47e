"""Tests of rows that Django itself makes, by the rows that pass them: two that name the same rows are the same test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from workbench.policies.condition import Attribute, Condition, Constant, Every, Same, Some, is_condition
from workbench.session.permissions.data import FURNISHED, Rows


def by_rows(node: Any, data: Rows) -> Any:
    """A condition with the keys of the permissions and content types that its tests of rows name."""
    if isinstance(node, tuple):
        return tuple(by_rows(part, data) for part in node)
    if not is_condition(node):
        return node
    changed = {part.name: by_rows(getattr(node, part.name), data) for part in fields(node)}
    found: Any = replace(node, **changed)
    return replace(found, where=_named(found, data)) if isinstance(found, Some) else found


def _named(some: Some, data: Rows) -> Condition:
    """The tests of one row, those of the same object of Django's together."""
    written = some.where.of if isinstance(some.where, Every) else (some.where,)
    parts = [_own_type(part, some, data) for part in written]
    by_step: dict[str, list[Same]] = {}
    rest: list[Condition] = []
    for part in parts:
        step = _step(part, some, data)
        by_step.setdefault(step, []).append(part) if step and isinstance(part, Same) else rest.append(part)
    return Every((*rest, *(test for step, tests in by_step.items() for test in _rows(some, step, tests, data))))


def _own_type(part: Condition, some: Some, data: Rows) -> Condition:
    """A grant of django-guardian has its permission's content type: its ``save()`` refuses another."""
    if some.link != "object_pk" or data.models.step(some.model, "permission") is None or not isinstance(part, Same):
        return part
    left = part.left
    if not isinstance(left, Attribute) or left.root != some.row or left.through[:1] != ("content_type",):
        return part
    return replace(part, left=replace(left, through=("permission", *left.through)))


def _step(part: Condition, some: Some, data: Rows) -> str:
    """The reference to a row of Django's over which a constant is looked for; "" for another test."""
    left = part.left if isinstance(part, Same) and isinstance(part.right, Constant) else None
    if not isinstance(left, Attribute) or left.root != some.row or not left.through:
        return ""
    step = data.models.step(some.model, left.through[0])
    return left.through[0] if step is not None and step[0] in FURNISHED else ""


def _rows(some: Some, step: str, tests: Sequence[Same], data: Rows) -> Iterator[Condition]:
    found = data.models.step(some.model, step)
    assert found is not None
    rows = data.furnished(found[0])
    keys = sorted(str(key) for key, row in rows if all(_passes(test, found[0], row, data) for test in tests))
    yield Same(Attribute(found[0], (step,), "pk", "text", False, some.row), Constant(" ".join(keys)))


def _passes(test: Same, model: str, row: Any, data: Rows) -> bool:
    assert isinstance(test.left, Attribute) and isinstance(test.right, Constant)
    for step in test.left.through[1:]:
        inner, target = data.referred(model, row, step), data.models.step(model, step)
        if inner is None or target is None:
            return False
        model, row = target[0], inner
    return bool(data.value(model, row, test.left.field) == test.right.value)
