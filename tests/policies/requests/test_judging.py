"""Verdicts out of answers, without a project: every pair of answers that may meet."""

import pytest

from workbench.diagnostic import Origin
from workbench.policies.policy import Guard, View
from workbench.session.guards.judging import Compared, Guards, compared, judge, unseen
from workbench.session.guards.requests import Answer, Tried
from workbench.targets.rules.views import GuardFunction
from workbench.verdict import AnswerWitness, Different

PLACE = Origin("here")
VIEW = View("page/", "page", "app.page", True, None, PLACE, (Guard("login_required", PLACE),), ("GET",))
FUNCTION = GuardFunction(VIEW, (), ("page/",), "views.ts", "guardPage", "  requireSession(user);", (), ())
DENYING = GuardFunction(VIEW, (), ("page/",), "views.ts", "guardPage", "  requireNothingKnown(user, '');", (), ())


def answer(user: str, reached: bool, status: int, login: bool = False, error: str = "") -> Answer:
    facts = None if user == "anonymous" else {"id": 1}
    return Answer(user, "GET", "/page/", facts, (), reached, status, "/login/" if login else "", login, error)


PASS, LOGIN = answer("plain", True, 200), answer("anonymous", False, 302, login=True)
FORBIDDEN, MISSING = answer("plain", False, 403), answer("plain", False, 404)
INSIDE = answer("plain", True, 403)
GONE, OUT = answer("plain", True, 404), answer("plain", True, 302, login=True)
AWAY = answer("plain", True, 302)
RAISED = answer("plain", False, 500, error="ValueError")
SLOW = answer("plain", False, 0, error="_TooLong")
SENT = answer("plain", False, 302)
ADMIN = answer("superuser", True, 200)

# (answer of Django, answer of TypeScript) of each user -> the verdict
CASES: list[tuple[list[tuple[Answer, str]], str]] = [
    ([(PASS, "pass"), (LOGIN, "401")], "equivalent"),
    ([(PASS, "pass"), (LOGIN, "403")], "different"),
    ([(PASS, "401"), (LOGIN, "401")], "different"),
    ([(FORBIDDEN, "403"), (ADMIN, "pass")], "equivalent"),
    ([(FORBIDDEN, "pass"), (ADMIN, "pass")], "different"),
    ([(FORBIDDEN, "401"), (ADMIN, "pass")], "different"),
    ([(MISSING, "pass"), (ADMIN, "pass")], "different"),
    ([(MISSING, "404"), (ADMIN, "pass")], "equivalent"),
    ([(MISSING, "pass")], "undecided"),  # nobody found anything
    ([(INSIDE, "pass"), (ADMIN, "pass")], "undecided"),
    ([(AWAY, "pass"), (ADMIN, "pass")], "undecided"),
    ([(GONE, "pass"), (ADMIN, "pass")], "undecided"),
    ([(INSIDE, "pass"), (answer("superuser", True, 403), "pass")], "undecided"),  # its owner may still come in
    ([(OUT, "pass"), (answer("superuser", True, 302, login=True), "pass")], "equivalent"),  # it signs everybody out
    ([(PASS, "pass"), (RAISED, "401"), (LOGIN, "401")], "equivalent"),
    ([(PASS, "pass"), (RAISED, "pass"), (LOGIN, "401")], "undecided"),
    ([(PASS, "pass"), (RAISED, "401")], "undecided"),
    ([(PASS, "pass"), (SLOW, "pass")], "undecided"),
    ([(PASS, "TypeError: broken")], "different"),
    ([(PASS, "no object")], "undecided"),
    ([(LOGIN, "401"), (FORBIDDEN, "403")], "equivalent"),
    ([(LOGIN, "pass"), (FORBIDDEN, "pass")], "different"),
    ([(SENT, "pass"), (LOGIN, "401")], "equivalent"),  # past the guard, and on from there
    ([(SENT, "pass"), (LOGIN, "401"), (ADMIN, "pass")], "undecided"),  # it may be how the view refuses
    ([(SENT, "pass"), (answer("anonymous", False, 302), "pass")], "undecided"),  # the guard was not seen to refuse
    ([(SENT, "401"), (LOGIN, "401")], "undecided"),
]


def judged(pairs: list[tuple[Answer, str]]) -> tuple[Compared, ...]:
    return compared(Tried(VIEW, "", tuple(a for a, _ in pairs)), [said for _, said in pairs])


def verdict(pairs: list[tuple[Answer, str]], function: GuardFunction = FUNCTION) -> object:
    guards = Guards((function,), {}, None, "", {})  # type: ignore[arg-type]
    (one,) = judge(Tried(VIEW, "", tuple(a for a, _ in pairs)), judged(pairs), guards)
    return one.verdict


@pytest.mark.parametrize("pairs, expected", CASES)
def test_the_verdict(pairs: list[tuple[Answer, str]], expected: str) -> None:
    assert verdict(pairs).word == expected  # type: ignore[attr-defined]


def test_a_guard_that_denies_for_want_of_a_translation_is_undecided() -> None:
    assert verdict([(PASS, "401"), (LOGIN, "401")], DENYING).word == "undecided"  # type: ignore[attr-defined]


def test_a_witness_says_who_asked_what_and_shows_both_sources() -> None:
    found = verdict([(FORBIDDEN, "pass"), (ADMIN, "pass")])
    assert isinstance(found, Different)
    (witness,) = found.witnesses
    assert isinstance(witness, AnswerWitness)
    assert (witness.user, witness.thing, witness.left, witness.right) == ("plain", "GET /page/", "403", "pass")
    assert (witness.left_source, witness.right_source) == ("login_required", "requireSession(user);")


def test_whoever_is_let_in_though_django_refuses_makes_the_guard_deny() -> None:
    guards = Guards((FUNCTION,), {}, None, "", {})  # type: ignore[arg-type]
    for pairs, loose in (([(FORBIDDEN, "pass"), (ADMIN, "pass")], True), ([(PASS, "pass"), (LOGIN, "401")], False)):
        tried = Tried(VIEW, "", tuple(a for a, _ in pairs))
        assert bool(unseen(list(judge(tried, judged(pairs), guards)))) is loose


def test_a_view_that_could_not_be_requested_says_why() -> None:
    guards = Guards((FUNCTION,), {}, None, "", {})  # type: ignore[arg-type]
    (one,) = judge(Tried(VIEW, "no address leads to it"), (), guards)
    assert getattr(one.verdict, "reasons", ()) == ("no address leads to it",)
