"""A person's own TypeScript rule, tried against Django's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.session.opening import open as open_project
from workbench.session.workbench import Workbench
from workbench.verdict import AnswerWitness, Different

PROCESSN = Path(__file__).parents[2] / "sample_projects" / "processn"
CHANGE = "processn.change_project"


@pytest.fixture(scope="module")
def process() -> Iterator[Workbench]:
    with open_project(PROCESSN) as opened:
        yield opened


def test_a_forgotten_condition_is_shown_with_a_user_and_an_object(process: Workbench) -> None:
    view = process.judge_rule(CHANGE, "isMember.and(memberCanChange).or(grantedOnProject('change_project'))")
    assert isinstance(view.verdict, Different)
    witness = view.verdict.witnesses[0]
    assert isinstance(witness, AnswerWitness)
    assert (witness.left, witness.right) == ("no", "yes")
    assert "archived true" in witness.thing
    assert witness.right_source.startswith("your TypeScript: ")


def test_the_same_rule_in_other_words_is_equivalent(process: Workbench) -> None:
    view = process.judge_rule(
        CHANGE, 'grantedOnProject("change_project").or(isArchived.or(isMember.and(memberCanChange).not()).not());'
    )
    assert view.verdict is not None and view.verdict.word == "equivalent"


def test_a_permission_without_a_rule_is_granted_in_general(process: Workbench) -> None:
    assert process.judge_rule("processn.add_project", 'granted("processn.add_project")').verdict is not None
    wrong = process.judge_rule("processn.add_project", 'granted("processn.view_project")').verdict
    assert wrong is not None and wrong.word == "different"


def test_the_compiler_speaks_of_the_persons_own_lines(process: Workbench) -> None:
    view = process.judge_rule(CHANGE, "isMember\n  .and(isMembr)")
    assert view.verdict is None
    assert [(str(note.place), note.code) for note in view.diagnostics] == [("your TypeScript:2", "TS2552")]


def test_an_unknown_permission_is_named(process: Workbench) -> None:
    with pytest.raises(WorkbenchError, match=r"processn\.chnge_project.*no such permission"):
        process.judge_rule("processn.chnge_project", "isMember")
