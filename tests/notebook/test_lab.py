"""Querysets in the explorer and in cells: what the session answers is shown, what it refuses is said."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.display import Displayed, Page
from workbench.notebook.queryset_lab import READY, QuerysetLab
from workbench.session.workbench import Workbench


class Answer(Displayed):
    """An answer that repeats its question, and was not translated: it has no plans."""

    drizzle_sql = ""

    def __init__(self, text: str) -> None:
        self.text = text

    def page(self) -> Page:
        return Page(self.text, ())


class Echo(Workbench):
    """A session that repeats its questions and refuses one: the real one is tested in its own room."""

    def __init__(self) -> None:
        """Opens nothing."""

    def query(self, text: str) -> Answer:  # type: ignore[override]
        if text == "wrong":
            raise WorkbenchError(Diagnostic("x", Origin("queryset"), "<wrong>", "no such name", "", Fidelity.ERROR))
        return Answer(text)

    def judge(self, view: Answer, typescript: str) -> Answer:  # type: ignore[override]
        return Answer(f"{view.text} | {typescript.strip()}")


def test_the_button_shows_the_answer_and_is_ready_again() -> None:
    lab = QuerysetLab(Echo())
    lab.expression.value = "  Book.objects.all()\n"
    lab.button.click()
    assert "<strong>Book.objects.all()</strong>" in lab.result.value
    assert (lab.button.disabled, lab.button.description) == (False, READY)


def test_a_mistake_is_shown_where_the_answer_would_be() -> None:
    lab = QuerysetLab(Echo())
    lab.expression.value = "wrong"
    lab.button.click()
    assert "&lt;wrong&gt;</b>: no such name" in lab.result.value


def test_an_expression_in_use_is_not_replaced_by_a_suggestion() -> None:
    lab = QuerysetLab(Echo())
    lab.suggest("Book.objects.all()")
    lab.suggest("Tag.objects.all()")
    assert lab.expression.value == "Tag.objects.all()"
    lab.button.click()
    lab.suggest("Review.objects.all()")
    assert lab.expression.value == "Tag.objects.all()"


@pytest.fixture
def shell() -> InteractiveShell:
    shell = InteractiveShell()
    shell.run_cell("%load_ext workbench")
    shell.user_ns["echo"] = Echo()
    return shell


def test_typescript_is_judged_against_the_last_queryset(shell: InteractiveShell) -> None:
    shell.run_cell("%%queryset\nBook.objects.all()\n").raise_error()
    shell.run_cell("%%queryset echo\nTag.objects.all()\n").raise_error()
    outcome = shell.run_cell("%%drizzle\ndb.select().from(tag)\n")
    assert outcome.result.text == "Tag.objects.all() | db.select().from(tag)"


def test_a_queryset_that_failed_is_not_the_last_one(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("%%queryset\nTag.objects.all()\n").raise_error()
    assert not shell.run_cell("%%queryset\nwrong\n").success
    assert "queryset: error [x] <wrong>: no such name" in capsys.readouterr().out
    assert shell.run_cell("%%drizzle\nx").result.text == "Tag.objects.all() | x"
