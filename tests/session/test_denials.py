"""Deny by default, as the workbench shows it: what is denied for want of an answer names its reason."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.session.opening import open as open_project
from workbench.session.workbench import Workbench
from workbench.verdict import AnswerWitness, Different

PROCESSN = Path(__file__).parents[2] / "sample_projects" / "processn"
CHANGE = "processn.change_project"

# a rule that gives no answer -> what is shown beside its "no"
DENYING = {
    'untranslated("by_moon", "`moon()` has no translation")': "by_moon is not translated: `moon()` has no translation",
    'predicate("broken", () => { throw new Error("the disk is full"); })': "the disk is full",
    'predicate("nothing", (user) => (undefined as unknown as Project).id === user.id)': "Cannot read properties of",
}


@pytest.fixture(scope="module")
def process() -> Iterator[Workbench]:
    with open_project(PROCESSN) as opened:
        yield opened


@pytest.mark.parametrize("rule", DENYING)
def test_a_rule_without_an_answer_denies_and_its_reason_is_shown(process: Workbench, rule: str) -> None:
    view = process.judge_rule(CHANGE, rule.replace("Project)", "{ id: number })"))
    assert isinstance(view.verdict, Different), view.diagnostics
    witness = view.verdict.witnesses[0]
    assert isinstance(witness, AnswerWitness)
    assert witness.left == "yes" and witness.right.startswith(f"no ({DENYING[rule]}")
    assert DENYING[rule] in html.unescape(view.to_html())


def test_what_is_not_translated_is_undecided_and_shown_with_its_line(process: Workbench) -> None:
    shown = process.permissions.prove(decisions=0)
    verdict = shown.verdict("processn.export_task")
    assert verdict is not None and verdict.word == "undecided"
    assert "during_office_hours denies: `timezone.localtime()` has no translation" in " ".join(verdict.reasons)
    (gap,) = [note for note in shown.diagnostics if note.thing == "during_office_hours"]
    assert (gap.code, gap.fidelity.value, gap.place.line is not None) == ("rules-untranslated", "manual", True)
    assert "until then it denies" in html.unescape(shown.to_html())
