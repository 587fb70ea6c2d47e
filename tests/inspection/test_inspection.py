"""What is reported of two projects that use all that Django's models can say, line by line.

``projects/core`` runs under every supported Django, ``projects/modern`` needs 5.2. ``inspection.txt`` beside each
holds the values that differ from a record's defaults; regenerate with WORKBENCH_REWRITE=1 and read the difference.
"""

import dataclasses
import os
import sys
from pathlib import Path

import pytest

from workbench.inspection.client import Agent
from workbench.inspection.records import ModelRecord
from workbench.project import find_project

PROJECTS = Path(__file__).parent / "projects"
DJANGO42 = os.environ.get("WORKBENCH_DJANGO42")


def lines(record: object, indent: str = "") -> list[str]:
    """The record as text: its values that are not the defaults, records below it indented."""
    text = []
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        items = value if isinstance(value, list) and value and dataclasses.is_dataclass(value[0]) else [value]
        for item in items if value != default else []:
            if dataclasses.is_dataclass(item) and field.name != "origin":
                text += [f"{indent}{field.name}", *lines(item, indent + "    ")]
            else:
                text.append(f"{indent}{field.name}: {item!r}" if field.name != "origin" else f"{indent}origin: {item}")
    return text


def own(inspection):
    """The inspection without Django's own apps, versions and seconds, which differ from release to release."""
    names = {app.label for app in inspection.apps if app.own}
    models = [model for model in inspection.models if model.app in names and not model.label.startswith("people.")]
    permissions = [permission for permission in inspection.permissions if permission.app in names]
    return dataclasses.replace(
        inspection,
        django="",
        python="",
        seconds=None,
        models=[readable(model) for model in models],
        permissions=permissions,
        apps=[app for app in inspection.apps if app.own],
    )


def readable(model: ModelRecord) -> ModelRecord:
    """Without the source, which the project's own file shows."""
    assert model.auto_created or model.source.startswith(f"class {model.name}(")
    return dataclasses.replace(model, source="")


def inspected(name: str, python: str, dialect: str = "postgres"):
    with Agent(find_project(PROJECTS / name, python=python), dialect=dialect) as agent:
        return agent.inspect()


def check(path: Path, text: str) -> None:
    if os.environ.get("WORKBENCH_REWRITE"):
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("name", ["core", "modern"])
@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_everything_is_reported(name, dialect):
    text = "\n".join(lines(own(inspected(name, sys.executable, dialect)))) + "\n"
    check(PROJECTS / name / f"inspection.{dialect}.txt", text)


@pytest.mark.skipif(DJANGO42 is None, reason="WORKBENCH_DJANGO42 names no interpreter with Django 4.2")
def test_django_4_2_reports_the_same():
    text = "\n".join(lines(own(inspected("core", DJANGO42)))) + "\n"
    assert text == (PROJECTS / "core" / "inspection.postgres.txt").read_text()
