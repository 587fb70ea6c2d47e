"""Tests of rows that Django makes: two that name the same rows are one, and a grant has its permission's type."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

from workbench.policies.condition import Attribute, Constant, Every, Same, Some, ViewerId
from workbench.session.permissions import data
from workbench.session.permissions.furnished import by_rows

GRANT, PERMISSION, TYPE = "guardian.UserObjectPermission", "auth.Permission", "contenttypes.ContentType"
STEPS = {(GRANT, "permission"): PERMISSION, (GRANT, "content_type"): TYPE, (PERMISSION, "content_type"): TYPE}


@dataclass
class Rows:
    """Permissions on two types, as Django makes them: key, type, codename."""

    types: dict[int, dict[str, str]] = field(
        default_factory=lambda: {1: {"app_label": "desk", "model": "task"}, 2: {"app_label": "desk", "model": "note"}}
    )
    made: tuple[tuple[int, int, str], ...] = ((10, 1, "change_task"), (11, 1, "view_task"), (12, 2, "change_note"))

    @property
    def models(self) -> Any:
        return SimpleNamespace(step=lambda model, name: (STEPS[model, name], True) if (model, name) in STEPS else None)

    def furnished(self, model: str) -> list[tuple[int, Any]]:
        return list(self.types.items()) if model == TYPE else [(row[0], row) for row in self.made]

    def referred(self, model: str, row: Any, step: str) -> Any:
        return self.types[row[1]]

    def value(self, model: str, row: Any, name: str) -> str:
        return str(row[name] if model == TYPE else row[2])


def column(*through: str, name: str) -> Attribute:
    return Attribute(STEPS[GRANT, through[0]] if len(through) == 1 else TYPE, through, name, "text", False, "row")


MINE = Same(Attribute(GRANT, (), "user", "integer", False, "row"), ViewerId())
CODENAME = Same(column("permission", name="codename"), Constant("change_task"))
OF_PERMISSION = Same(column("permission", "content_type", name="model"), Constant("task"))
OF_GRANT = Same(column("content_type", name="model"), Constant("task"))
GRANTED = Some(GRANT, "object_pk", "desk.Task", (), Every((MINE, CODENAME, OF_PERMISSION, OF_GRANT)), keyed="text")


def without(*tests: Same, link: str = "object_pk") -> Any:
    """The same rows without some of their tests, by the keys that they name."""
    kept = tuple(test for test in (MINE, CODENAME, OF_PERMISSION, OF_GRANT) if test not in tests)
    return by_rows(replace(GRANTED, link=link, where=Every(kept)), cast(data.Rows, Rows()))


def test_a_codename_names_the_type_of_its_permission_and_of_its_grants() -> None:
    assert without() == without(OF_PERMISSION) == without(OF_GRANT) == without(OF_PERMISSION, OF_GRANT)


def test_other_rows_are_another_test() -> None:
    assert without() != without(CODENAME)
    assert without() != without(MINE)
    assert without(CODENAME) != without(CODENAME, OF_PERMISSION, OF_GRANT)


def test_another_table_has_a_type_of_its_own() -> None:
    assert without(link="task") != without(OF_GRANT, link="task")
