"""A project whose root is the package itself, with fields that decode in a way of their own."""

import sys
from pathlib import Path

import pytest

import workbench as wb

STALL = Path(__file__).parents[1] / "inspection" / "projects" / "packaged" / "stall"


@pytest.fixture(scope="module")
def stall():
    with wb.open(
        STALL, settings="stall.settings", python=sys.executable, env={"PYTHONPATH": str(STALL.parent)}
    ) as opened:
        yield opened


def test_its_call_sites_belong_to_its_models_and_its_app(stall):
    (site,) = stall.inspection.call_sites
    assert (f"{site.origin}", site.model) == ("views.py:5", "stall.Stall")
    assert "stall │      1 │      5 │           0 │                 1" in str(stall)


def test_a_validator_may_be_a_class(stall):
    (model,) = (model for model in stall.inspection.models if model.label == "stall.Stall")
    (site,) = (field for field in model.fields if field.name == "site")
    assert site.validators == ["django.core.validators.URLValidator"]


def test_rows_are_compared_before_the_projects_own_decoding_and_it_is_named(stall):
    view = stall.query("Stall.objects.all()")
    assert view.verdict.word == "equivalent"
    assert [(note.code, note.thing, f"{note.place}") for note in view.diagnostics] == [
        ("queryset-decoding", "stall.Stall.words", "models.py:8"),
        ("queryset-decoding", "stall.Stall.notes", "models.py:13"),
    ]
    assert all(type(row[2]) is str for row in view.rows)


def test_without_such_a_field_nothing_is_said(stall):
    assert stall.query('Stall.objects.values("name")').diagnostics == ()
