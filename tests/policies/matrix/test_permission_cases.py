"""Cases out of conditions: every combination that can be, every kind of condition with a meaning, sharp mutants."""

from itertools import product
from random import Random
from typing import Any, get_args

import pytest

from workbench.equivalence.engine import Refused
from workbench.equivalence.generation.completing import Completer
from workbench.policies.cases import answering
from workbench.policies.cases.answering import Refuses, answer, combined, truths
from workbench.policies.cases.covering import cover, each_option, equal_everywhere, telling
from workbench.policies.cases.mutating import mutants
from workbench.policies.cases.profiles import Profile, askers, holders
from workbench.policies.cases.worlds import ColumnSlot, Mark, RowsSlot, pools
from workbench.policies.condition import (
    Always,
    Attribute,
    Choice,
    Condition,
    Constant,
    Either,
    Every,
    Missing,
    Negated,
    Ordered,
    Same,
    Some,
    Truth,
    ViewerId,
    ViewerIn,
    ViewerIs,
    ViewerMay,
)
from workbench.policies.models import Models
from workbench.policies.policy import Atom, Combined

OPEN = Truth(Attribute("club.Club", (), "open", "boolean", False))
GRAND = Ordered(">", Attribute("club.Club", (), "level", "integer", False), Constant(5))
OWNER = Same(Attribute("club.Club", (), "owner", "integer", True), ViewerId())
MINE = Same(Attribute("club.Membership", (), "user", "integer", False, "row"), ViewerId())
HOSTING = Same(Attribute("club.Membership", (), "role", "text", False, "row"), Constant("host"))
MEMBER = Some("club.Membership", "club", "club.Club", (), MINE, True)
HOST = Some("club.Membership", "club", "club.Club", (), Every((MINE, HOSTING)), True)
MEMBERS = RowsSlot((), "club.Membership", "club")
PLAIN, VISITOR = Profile("plain"), Profile("visitor", present=False, active=False)


@pytest.fixture(scope="module")
def models(club: Any) -> Models:
    return Models(club.inspection.models, club.inspection.auth_user_model)


def test_every_kind_of_condition_has_a_meaning() -> None:
    assert {*answering._RULES, *answering.UNANSWERED} == set(get_args(Condition))


def test_values_on_both_sides_of_each_comparison(models: Models) -> None:
    found = pools([OPEN, GRAND, OWNER, HOST], models)
    assert found[ColumnSlot((), "club.Club", "open")] == (True, False)
    assert found[ColumnSlot((), "club.Club", "level")] == (5, 4, 6)
    assert found[ColumnSlot((), "club.Club", "owner")] == (Mark.VIEWER, Mark.OTHER, None)
    rows = found[MEMBERS]
    assert rows[0] == () and (("role", "host"), ("user", Mark.VIEWER)) in {row for (row,) in rows[1:5]}


def test_no_pair_of_rows_that_a_unique_key_forbids(models: Models) -> None:
    for option in pools([HOST], models)[MEMBERS]:
        assert isinstance(option, tuple)
        users = [dict(row)["user"] for row in option]
        assert len(users) == len(set(users))


def test_all_combinations_that_can_be_and_no_other(models: Models) -> None:
    """A host is a member; a visitor gets no answer of either."""
    condition = Every((MEMBER, HOST, OPEN))
    coverage = cover(condition, pools([condition], models), (PLAIN, VISITOR))
    seen = {truths(condition, case.who, case.world) for case in coverage.cases}
    memberships = [(True, True), (True, False), (False, False), (None, None)]
    assert seen == {(*pair, is_open) for pair, is_open in product(memberships, (True, False))}
    assert (coverage.atoms, coverage.possible) == (3, 8)
    assert coverage.method == "all 8 combinations of its 3 conditions"


def test_too_many_combinations_are_thinned_and_say_so(models: Models) -> None:
    flags = [ViewerIs(flag) for flag in ("authenticated", "active", "staff", "superuser")]  # type: ignore[arg-type]
    condition = Every((Either(tuple(flags)), OPEN, GRAND, Negated(OWNER), MEMBER, HOST))
    profiles = askers([condition], ["club.add_club"])
    coverage = cover(condition, pools([condition], models), profiles)
    assert coverage.possible > 64 > len(coverage.cases)
    assert coverage.method.startswith("pairs and each one's own effect")
    seen = [truths(condition, case.who, case.world) for case in coverage.cases]
    everything = {truths(condition, case.who, case.world) for case in coverage.cases}
    assert {(i, v[i]) for v in everything for i in range(len(v))} == {(i, v[i]) for v in seen for i in range(len(v))}


def test_every_value_occurs_in_a_case(models: Models) -> None:
    found = pools([OPEN, GRAND, OWNER], models)
    cases = each_option(found, PLAIN, Random(1))
    for slot, options in found.items():
        assert {repr(case.world[slot]) for case in cases} == set(map(repr, options))


def test_a_visitor_is_refused_in_python_s_order() -> None:
    world = {MEMBERS: (), ColumnSlot((), "club.Club", "open"): True}
    assert answer(Either((OPEN, MEMBER)), VISITOR, world) is True
    with pytest.raises(Refuses):
        answer(Either((MEMBER, OPEN)), VISITOR, world)
    with pytest.raises(Refuses):
        answer(Negated(MEMBER), VISITOR, world)


def test_a_rule_is_one_condition() -> None:
    known: dict[str, Condition | None] = {"a": OPEN, "b": OWNER, "c": None}
    rule = Combined("xor", (Atom("a"), Combined("not", (Atom("b"),))))
    assert combined(rule, known) == Choice(OPEN, Negated(Negated(OWNER)), Negated(OWNER))
    assert combined(Combined("and", (Atom("a"), Atom("c"))), known) is None


def test_profiles_hold_every_flag_group_and_grant() -> None:
    condition = Either((ViewerIn(("a", "b")), ViewerMay("club.add_club")))
    found = {profile.name: profile for profile in askers([condition], ["club.add_club", "club.view_club"])}
    assert {"visitor", "inactive", "staff", "superuser", "inactive_superuser", "in a", "in b", "in a b"} <= set(found)
    assert found["granted_all"].may("club.view_club") and not found["inactive_granted_all"].may("club.view_club")
    assert found["superuser"].may("club.view_club") and not found["inactive_superuser"].may("club.view_club")
    assert [(p.granted, p.through) for p in holders(["club.add_club"])] == [
        (("club.add_club",), ()),
        ((), ("club.add_club",)),
    ]


def test_mutants_are_told_from_the_right_condition_or_equal_everywhere(models: Models) -> None:
    right = Either((OWNER, Every((MEMBER, HOST, Negated(GRAND)))))
    profiles = askers([right], [])
    wrong = mutants(right, models)
    assert {mutant.kind for mutant in wrong} == {
        "part dropped", "and, or exchanged", "negated", "order changed", "constant changed", "test of a row dropped",
            "compared with nothing",
    }  # fmt: skip
    for mutant in wrong:
        both = pools([right, mutant.condition], models)
        case = telling(right, mutant.condition, both, profiles)
        assert (case is None) == equal_everywhere(right, mutant.condition, both, profiles)
    equal = [m for m in wrong if equal_everywhere(right, m.condition, pools([right, m.condition], models), profiles)]
    assert [mutant.kind for mutant in equal] == ["part dropped", "test of a row dropped"]  # a host is a member


def test_equal_everywhere_needs_all_worlds(models: Models) -> None:
    assert equal_everywhere(Always(True), Negated(Always(False)), {}, (PLAIN,))
    assert not equal_everywhere(OPEN, Missing(OWNER.left), pools([OPEN, OWNER], models), (PLAIN,))  # type: ignore[arg-type]


def test_rows_are_completed_within_every_constraint(club: Any) -> None:
    rows = Completer(club.catalog, first=1000)
    made = [rows.add("club_club", {"level": level}) for level in (1, 9)]
    member = rows.add("club_membership", {"club_id": made[0]["key"], "role": "host"})
    assert member["user_id"] == rows.any("auth_user")["id"]
    with pytest.raises(Refused):
        rows.add("club_club", {"level": 10})
    with pytest.raises(Refused):
        rows.add("club_membership", {"club_id": made[0]["key"], "user_id": member["user_id"]})
    database = club.backend.create(club.django_tables.all)
    club.backend.fill(database, rows.tables())
    database.drop()
