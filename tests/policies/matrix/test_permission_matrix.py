"""The matrix of ``club``: both sides asked for real; what is tampered with is found; what is unknown is denied."""

import re
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from workbench.runtime.decisions import AskedLoader, AskedRule, AskedSubject
from workbench.session.checking import permissions
from workbench.session.permissions.differing import decided_otherwise
from workbench.session.permissions.matrix import Matrix, MatrixTrial
from workbench.session.permissions.mutations import try_mutants
from workbench.session.permissions.questions import plain
from workbench.session.permissions.sources import Sources
from workbench.session.permissions.verdicts import verdicts
from workbench.verdict import AnswerWitness, Different, Equivalent, Undecided, Verdict

RULES = "permissions/club.ts"
CLUB = Path(__file__).parent / "club"


def judged(club: Any, trial: MatrixTrial, matrix: Matrix, tampered: dict[str, str]) -> dict[str, Verdict]:
    """The verdicts with other modules; Django's answers stay."""
    found = trial.matrix(trial.files | tampered, matrix.django)
    return verdicts(found, Sources(club.policies, club.permissions.rendering))


@pytest.fixture(scope="module")
def found(club: Any, matrix: Matrix) -> dict[str, Verdict]:
    return verdicts(matrix, Sources(club.policies, club.permissions.rendering))


def test_every_permission_has_a_verdict(found: dict[str, Verdict]) -> None:
    words = {name: verdict.word for name, verdict in found.items()}
    assert words.pop("club.break_club") == words.pop("club.greet_club") == "undecided"
    assert len(words) == 15 and set(words.values()) == {"equivalent"}


def test_an_equivalence_says_what_was_tried(found: dict[str, Verdict], matrix: Matrix) -> None:
    verdict = found["club.change_club"]
    assert isinstance(verdict, Equivalent)
    asked = next(one for one in matrix.asked if "club.change_club" in [p.name for p in one.permissions])
    steps = [step.rule for step in verdict.proof]
    count = len(asked.keys) * matrix.askers
    assert steps[0].startswith(f"{count} decisions: {matrix.askers} users × {len(asked.keys)} objects, ")
    assert steps[1:] == [
        "the cases hold all 22 combinations of its 6 conditions",
        "the WHERE keeps the same rows; the check before a write and the booleans say the same",
    ]
    assert verdict.method == "matrix" and len(verdict.assumptions) == 1


def test_what_is_not_translated_is_undecided_with_its_reason(found: dict[str, Verdict]) -> None:
    verdict = found["club.break_club"]
    assert isinstance(verdict, Undecided)
    assert verdict.reasons == (
        "breaks_the_transaction denies: `with connection.cursor() as cursor:` has no translation",
    )


def test_an_error_of_the_database_ends_no_other_question(matrix: Matrix) -> None:
    number, asked = next((n, one) for n, one in enumerate(matrix.asked) if len(one.rules) == 6)
    names = [p.name for p in asked.permissions]
    place = names.index("club.break_club")
    plain_user = matrix.users.index("plain")
    answers = matrix.django.subjects[plain_user][number]
    assert {letters[place] for letters in answers} == {"x"}
    assert {letters[names.index("club.view_club")] for letters in answers} == {"0", "1"}
    assert "no_such_column" in matrix.django.raised["club.break_club"]


def test_every_user_is_asked_about_a_fresh_object(matrix: Matrix) -> None:
    """A predicate that keeps its answer on the object would else answer for the user before."""
    number, asked = next((n, one) for n, one in enumerate(matrix.asked) if len(one.rules) == 6)
    place = [p.name for p in asked.permissions].index("club.greet_club")
    members = {
        (str(plain(row["club_id"])), row["user_id"]) for row in matrix.data.rows.completer.all("club_membership")
    }
    for at, name in enumerate(matrix.users[: matrix.askers]):
        if name in ("visitor", "superuser"):
            continue
        for thing, key in enumerate(asked.keys):
            expected = "1" if (str(plain(key)), matrix.data.users[name]) in members else "0"
            assert matrix.django.subjects[at][number][thing][place] == expected, (name, key)


TAMPERED = [
    # what stands in the module, what is put in its place, the layer that shows it first
    ("isOwner.or(isMember.and(isHost).and(isGrand.not()))", "isOwner.or(isMember.and(isHost))", "can(…)"),
    ('row.role === "host"', 'row.role !== "guest_"', "can(…)"),
    ("isHostRows(viewer)", "isMemberRows(viewer)", "changeClubsWhere"),
    ('clubRules.add("club.change", isOwner', 'clubRules.add("club.change", isOwner.not()', "can(…)"),
]


@pytest.mark.parametrize(("right", "wrong", "layer"), TAMPERED)
def test_a_wrong_rule_or_filter_is_different(
    club: Any, trial: MatrixTrial, matrix: Matrix, right: str, wrong: str, layer: str
) -> None:
    text = trial.files[RULES]
    assert right in text
    verdict = judged(club, trial, matrix, {RULES: text.replace(right, wrong)})["club.change_club"]
    assert isinstance(verdict, Different)
    witness = verdict.witnesses[0]
    assert isinstance(witness, AnswerWitness)
    assert witness.question == f"club.change_club by {layer}"
    assert witness.left_source == "club/rules.py:59: (is_owner | ((is_member & is_host) & ~is_grand))"
    assert witness.right_source.startswith(RULES) and "isOwner.or(" in witness.right_source
    assert {witness.left, witness.right} == {"yes", "no"}
    assert re.match(r"user 1\d{3}: |a visitor", witness.user) and witness.thing.startswith("club.Club ")
    assert "level " in witness.thing and "owner " in witness.thing


def test_a_layer_that_disagrees_alone_is_different(club: Any, trial: MatrixTrial, matrix: Matrix) -> None:
    guards = trial.files["permissions/guards.ts"]
    lax = guards.replace("can(registry, present(user), name, context)", "true")
    assert lax != guards
    verdict = judged(club, trial, matrix, {"permissions/guards.ts": lax})["club.view_club"]
    assert isinstance(verdict, Different)
    assert {w.question for w in verdict.witnesses if isinstance(w, AnswerWitness)} == {
        "club.view_club by requireRule(…)"
    }


def test_a_stub_that_allows_is_different(club: Any, trial: MatrixTrial, matrix: Matrix) -> None:
    """Denying more than Django is a gap; allowing more is a wrong answer."""
    text = trial.files[RULES]
    lax = text.replace('clubRules.add("club.break", breaksTheTransaction)', 'clubRules.add("club.break", isOpen)')
    assert lax != text
    assert judged(club, trial, matrix, {RULES: lax})["club.break_club"].word == "different"


ODD = """
import { Registry, granted, predicate, untranslated } from "./rules.ts";
export const odd = new Registry();
odd.add("raises", predicate("raises", () => { throw new TypeError("no such thing"); }));
odd.add("raises negated", predicate("raises", () => { throw new TypeError("no such thing"); }).not());
odd.add("reads", predicate("reads", (user, club) => club.members.length >= 0));
odd.add("stub", untranslated("stub", "its Python is not known"));
odd.add("stub negated", untranslated("stub", "its Python is not known").not());
odd.add("stub or true", untranslated("stub", "its Python is not known").or(predicate("yes", () => true)));
odd.add("truthy", predicate("truthy", () => "yes"));
odd.add("general", granted("club.add_club"));
"""


def test_no_answer_is_no_and_is_told(trial: MatrixTrial) -> None:
    """Unknown rule, missing context, exception, stub, an answer that is no boolean: denied by every layer, and told."""
    names = (
        "unknown",
        "raises",
        "raises negated",
        "reads",
        "stub",
        "stub negated",
        "stub or true",
        "truthy",
        "general",
    )
    subject = AskedSubject(
        "permissions/odd.ts", "odd", "schema/club.ts", "club", "key", ("no such key",), tuple(map(AskedRule, names))
    )
    files = trial.files | {"permissions/odd.ts": ODD}
    answers = trial.typescript(files, [subject])
    denied, told = answers.subjects[0], answers.told
    users = list(trial.data.users)
    for at, user in enumerate(users[: len(trial.plan.askers)]):
        if user != "superuser":  # a site admin may whatever has a rule
            assert denied.can[at] == denied.write[at] == denied.shown[at] == ["0" * len(names)], user
    assert denied.can[users.index("superuser")] == ["0" + "1" * (len(names) - 1)]
    assert told == {
        "unknown": "there is no such rule",
        "raises": "no such thing",
        "raises negated": "no such thing",
        "reads": "Cannot read properties of undefined (reading 'length')",
        "stub": "stub is not translated: its Python is not known",
        "stub negated": "stub is not translated: its Python is not known",
        "stub or true": "stub is not translated: its Python is not known",
    }


def test_an_object_that_is_not_there_is_denied_to_everybody(trial: MatrixTrial) -> None:
    missing = "00000000-0000-4000-8000-ffffffffffff"
    loader = AskedLoader("permissions/loading/contexts.ts", "clubContexts")
    rules = (AskedRule("club.view"), AskedRule("club.add"))
    subject = AskedSubject(RULES, "clubRules", "schema/club.ts", "club", "key", (missing,), rules, loader)
    answers = trial.typescript(trial.files, [subject]).subjects[0]
    assert {letters for of_user in answers.can for letters in of_user} == {"00"}


def test_contexts_of_a_page_take_as_many_queries_as_those_of_one_object(trial: MatrixTrial) -> None:
    loader = AskedLoader("permissions/loading/contexts.ts", "meetingContexts")
    keys = tuple(map(plain, trial.data.rows.objects("club.Meeting")))
    assert len(keys) > 10
    subjects = [
        AskedSubject(
            RULES, "meetingRules", "schema/club.ts", "meeting", "id", some, (AskedRule("meeting.change"),), loader
        )
        for some in (keys[:1], keys[:10], keys)
    ]
    assert [found.queries for found in trial.typescript(trial.files, subjects).subjects] == [3, 3, 3]


def test_the_matrix_notices_wrong_conditions(trial: MatrixTrial, matrix: Matrix) -> None:
    report = try_mutants(trial, matrix)
    assert len(report.tried) > 60
    assert report.missed == () and report.share == 1.0
    assert all(one.caught == one.caught_by_filter for one in report.tried if one.caught_by_filter is not None)


def test_a_view_shows_verdicts_once_proved(club: Any) -> None:
    view = club.permissions
    assert view.verdict("club.view_club") is None and "not proved here" in repr(view)
    proved = view.prove(decisions=0)
    assert proved.verdict("club.view_club").word == "equivalent"
    assert "15 equivalent, 2 undecided" in repr(club.permissions)


def test_rules_about_one_action_that_decide_otherwise_are_listed_with_who_shows_it(matrix: Matrix) -> None:
    (found,) = decided_otherwise(matrix)
    assert (found.model, found.action) == ("club.Club", "change")
    assert (found.one, found.other, found.how) == ("club.change_club", "club.rule change_club", "they decide otherwise")
    assert re.match(r"user 1\d{3}: .*; club\.Club .*club\.Membership \(", found.who)
    assert found.who.endswith("club.change_club yes, club.rule change_club no")
    assert "superuser" not in found.who and found.count > 0


def test_keys_that_sqlite_stores_otherwise_are_the_same_objects() -> None:
    """A UUID stands there without the dashes that it has in Python and in TypeScript."""
    with wb.open(CLUB, dialect="sqlite") as shop:
        words = {item.id: item.verdict.word for item in permissions(shop)}
    open_ones = {name for name, word in words.items() if word == "undecided"}
    assert set(words.values()) == {"equivalent", "undecided"}
    assert open_ones == {"club.break_club", "club.greet_club"}
