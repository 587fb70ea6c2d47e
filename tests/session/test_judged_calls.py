"""The call sites of a project as `workbench check` judges them, those that write in several statements included."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.session import checking
from workbench.session.check import Item
from workbench.session.opening import open as open_project
from workbench.verdict import Equivalent, Undecided

NOTES = Path(__file__).parents[1] / "recording" / "projects" / "notes"


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    with open_project(NOTES, dialect="sqlite") as shop:
        return {item.id.split(": ", 1)[-1]: item for item in checking.queries(shop)}


@pytest.mark.parametrize(
    "call",
    [
        'Author.objects.create(name="Ursula")',
        'Tag.objects.get_or_create(word="sea")',
        'Page.objects.filter(title="page 2").delete()',
        'Page.objects.aggregate(most=models.Max("price"))',
        'Page.objects.prefetch_related("tags").in_bulk([1])',
    ],
)
def test_a_call_is_judged_whatever_number_of_statements_it_takes(items: dict[str, Item], call: str) -> None:
    assert isinstance(items[call].verdict, Equivalent)


def test_only_what_cannot_be_read_is_undecided(items: dict[str, Item]) -> None:
    undecided = {name: item.verdict.reasons for name, item in items.items() if isinstance(item.verdict, Undecided)}
    (reason,) = undecided.pop("Sketch.objects.filter(lines__gt=3)")
    assert reason.startswith("cannot be evaluated away from its place: Sketch is defined nowhere")
    assert not undecided


def test_all_typescript_compiles_in_one_program(items: dict[str, Item]) -> None:
    assert isinstance(items["querysets"].verdict, Equivalent)
