"""Cases out of conditions: every combination that can be, every kind of condition with a meaning, sharp mutants."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any, get_args

import pytest

from workbench.equivalence.engine import Refused
from workbench.equivalence.generation.completing import Completer
from workbench.policies.cases.answering import ANSWERED, answer, truths
from workbench.policies.cases.combining import combined
from workbench.policies.cases.covering import cover
from workbench.policies.cases.distinguishing import equal_everywhere, telling
from workbench.policies.cases.drawing import Drawing
from workbench.policies.cases.mutating import mutants
from workbench.policies.cases.outcomes import alike_for_everybody, outcomes
from workbench.policies.cases.profiles import Profile, askers, holders, in_other_states
from workbench.policies.cases.sight import Refuses, Unknown
from workbench.policies.cases.universe import Worlds, without_viewer
from workbench.policies.cases.values import around, moment
from workbench.policies.cases.worlds import Mark, Thing, node_of
from workbench.policies.condition import (
    VIEWER,
    Above,
    Absent,
    Always,
    Asked,
    Attribute,
    Choice,
    Condition,
    Constant,
    Counted,
    Either,
    Every,
    Exactly,
    Missing,
    Moment,
    Negated,
    OfViewersGroups,
    Ordered,
    Same,
    Skip,
    Some,
    Truth,
    ViewerId,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    Wording,
)
from workbench.policies.models import Models
from workbench.policies.policy import Atom, Combined
from workbench.session.permissions.constraints import Constraints

NAME = Attribute("club.Club", (), "name", "text", False)
OPEN = Truth(Attribute("club.Club", (), "open", "boolean", False))
GRAND = Ordered(">", Attribute("club.Club", (), "level", "integer", False), Constant(5))
OWNER_KEY = Attribute("club.Club", (), "owner", "integer", True)
OWNER = Same(OWNER_KEY, ViewerId())
MINE = Same(Attribute("club.Membership", (), "user", "integer", False, "row"), ViewerId())
HOSTING = Same(Attribute("club.Membership", (), "role", "text", False, "row"), Constant("host"))
MEMBER = Some("club.Membership", "club", "club.Club", (), MINE, True)
HOST = Some("club.Membership", "club", "club.Club", (), Every((MINE, HOSTING)), True)
MEMBERS = ("club.Membership", "club")
PLAIN, VISITOR = Profile("plain"), Profile("visitor", present=False, active=False)


@pytest.fixture(scope="module")
def models(club: Any) -> Models:
    return Models(club.inspection.models, club.inspection.auth_user_model)


def worlds(models: Models, *conditions: Condition) -> Worlds:
    return Worlds.of(node_of("club.Club", conditions, models), models)


def membership(user: Mark, role: str = "guest") -> Thing:
    return Thing("club.Membership", (("user", user), ("role", role)))


def club_with(*rows: Thing, **values: Any) -> Thing:
    return Thing("club.Club", tuple(values.items()), rows=((MEMBERS, rows),))


def test_every_kind_of_condition_has_a_meaning() -> None:
    """But what only a request says, and what leaves a predicate out of its combination: such rules are no condition."""
    assert set(get_args(Condition)) - ANSWERED == {Asked, Skip}


def test_values_on_both_sides_of_each_comparison(models: Models) -> None:
    node = node_of("club.Club", [OPEN, GRAND, OWNER, HOST], models)
    assert node.columns == {
        "open": [True, False],
        "level": [5, 4, 6],
        "owner": [Mark.VIEWER, Mark.OTHER, None],
    }
    assert node.rows[MEMBERS].columns == {"user": [Mark.VIEWER, Mark.OTHER], "role": ["host", "guest"]}


def test_values_of_every_kind(models: Models) -> None:
    level = models.field("club.Club", "level")
    assert level is not None
    soon = Moment("date", 3)
    assert around("date", [soon], level)[0] == moment(soon) and len(around("date", [soon], level)) == 3
    assert {abs(value - moment(Moment("instant"))) > timedelta(minutes=59) for value in around("instant", [], level)}
    assert around("decimal", [Constant("1.5", "decimal")], level) == [Decimal("1.5"), Decimal("0.5"), Decimal("2.5")]
    assert around("text", [Wording("starts", NAME, "Mr")], level) == ["Mr", "Mr more", "xMrx", "another"]


def test_no_pair_of_rows_that_a_unique_key_forbids(models: Models) -> None:
    choices = Drawing(models, 1).choices(node_of("club.Club", [HOST], models))
    for rows in choices.rows[MEMBERS]:
        users = [row.value("user") for row in rows]
        assert len(users) == len(set(users))


def test_all_combinations_that_can_be_and_no_other(models: Models) -> None:
    """A host is a member; a visitor gets no answer of either."""
    condition = Every((MEMBER, HOST, OPEN))
    coverage = cover(condition, worlds(models, condition), (PLAIN, VISITOR))
    seen = {truths(condition, case.who, case.thing) for case in coverage.cases}
    memberships = [(True, True), (True, False), (False, False), (None, None)]
    assert seen == {(*pair, is_open) for pair, is_open in product(memberships, (True, False))}
    assert (coverage.atoms, coverage.possible, coverage.drawn) == (3, 8, False)
    assert coverage.method == "all 8 combinations of its 3 conditions"


def test_too_many_combinations_are_thinned_and_say_so(models: Models) -> None:
    flags = [ViewerIs(flag) for flag in ("authenticated", "active", "staff", "superuser")]  # type: ignore[arg-type]
    condition = Every((Either(tuple(flags)), OPEN, GRAND, Negated(OWNER), MEMBER, HOST))
    profiles = askers([condition], ["club.add_club"])
    found = worlds(models, condition)
    coverage = cover(condition, found, profiles)
    assert coverage.possible > 64 > len(coverage.cases)
    assert coverage.method.startswith("pairs and each one's own effect")
    seen = [truths(condition, case.who, case.thing) for case in coverage.cases]
    everything = {truths(condition, case.who, case.thing) for case in found.cases(profiles, condition)}
    assert pairs_of(everything) == pairs_of(seen)


def pairs_of(vectors: Any) -> set[Any]:
    return {(i, v[i], j, v[j]) for v in vectors for i in range(len(v)) for j in range(i)}


def test_every_value_occurs_in_a_case(models: Models) -> None:
    node = node_of("club.Club", [OPEN, GRAND, OWNER], models)
    made = Drawing(models, 1).each_once(node)
    for name, options in node.columns.items():
        assert {repr(thing.value(name)) for thing in made} == set(map(repr, options))


MEETING_OF_MINE = Some("club.Membership", "club", "club.Club", ("club",), MINE, True)
OWNED_BY_STAFF = Truth(Attribute("auth.User", ("owner",), "is_staff", "boolean", False))
OWN_MAIL = Same(Attribute("auth.User", (), "email", "text", False, VIEWER), Constant("a@example.org"))
MEANINGS = [
    # condition, who, thing, answer (None: refused)
    (Either((OPEN, MEMBER)), VISITOR, club_with(open=True), True),
    (Either((MEMBER, OPEN)), VISITOR, club_with(open=True), None),
    (Negated(MEMBER), VISITOR, club_with(), None),
    (MEMBER, PLAIN, club_with(membership(Mark.OTHER)), False),
    (HOST, PLAIN, club_with(membership(Mark.VIEWER), membership(Mark.OTHER, "host")), False),
    (HOST, PLAIN, club_with(membership(Mark.VIEWER, "host")), True),
    (OWNER, VISITOR, club_with(owner=None), True),  # None == None, as in Python
    (OWNER, PLAIN, club_with(owner=Mark.VIEWER), True),
    (Counted(replace(MEMBER, where=Always(True)), ">", 1), PLAIN, club_with(membership(Mark.OTHER)), False),
    (Counted(MEMBER, "==", 0), PLAIN, club_with(membership(Mark.OTHER)), True),
    (Exactly(MEMBER, HOSTING), PLAIN, club_with(membership(Mark.VIEWER, "host")), True),
    (Exactly(MEMBER, HOSTING), PLAIN, club_with(), None),
    (GRAND, PLAIN, club_with(level=6), True),
    (Ordered("<", OWNER_KEY, Constant(5)), PLAIN, club_with(owner=None), None),
    (OWNED_BY_STAFF, PLAIN, Thing("club.Club", objects=(("owner", None),)), None),
    (
        OWNED_BY_STAFF,
        Profile("s", staff=True),
        Thing("club.Club", objects=(("owner", Thing("", who=Mark.VIEWER)),)),
        True,
    ),
    (Absent("auth.User", ("owner",)), PLAIN, Thing("club.Club", objects=(("owner", None),)), True),
    (Wording("starts", NAME, "Mr"), PLAIN, club_with(name="Mr more"), True),
    (OfViewersGroups(NAME), PLAIN, club_with(name=Mark.GROUP), False),
    (OfViewersGroups(NAME), Profile("g", groups=("g",)), club_with(name=Mark.GROUP), True),
    (OWN_MAIL, replace(PLAIN, own=Thing("", (("email", "a@example.org"),))), club_with(), True),
    (OWN_MAIL, VISITOR, club_with(), None),
    (ViewerIs("known"), VISITOR, club_with(), None),
    (ViewerMay("club.add_club"), Profile("i", active=False, granted=("club.add_club",)), club_with(), False),
]


@pytest.mark.parametrize(("condition", "who", "thing", "expected"), MEANINGS)
def test_what_conditions_mean(condition: Condition, who: Profile, thing: Thing, expected: bool | None) -> None:
    if expected is None:
        with pytest.raises(Refuses):
            answer(condition, who, thing)
    else:
        assert answer(condition, who, thing) is expected


def link(parent: Thing | None, **values: Any) -> Thing:
    return Thing("t.Node", tuple(values.items()), (("parent", parent),))


ABOVE = Above(
    "t.Node", (), "parent",
    climbs=Truth(Attribute("t.Node", (), "inherits", "boolean", False, "row")),
    where=Truth(Attribute("t.Node", (), "granted", "boolean", False, "row")),
)  # fmt: skip


def test_upwards_along_a_tree() -> None:
    granted = link(None, inherits=True, granted=True)
    assert answer(ABOVE, PLAIN, granted)
    assert answer(ABOVE, PLAIN, link(granted, inherits=True, granted=False))
    assert not answer(ABOVE, PLAIN, link(granted, inherits=False, granted=False))
    assert not answer(replace(ABOVE, itself=False), PLAIN, granted)
    assert answer(replace(ABOVE, itself=False), PLAIN, link(granted, inherits=True, granted=False))


def test_which_row_it_is_has_no_answer_here() -> None:
    same = Same(OWNER_KEY, Attribute("club.Club", (), "other", "integer", False))
    with pytest.raises(Unknown):
        answer(same, PLAIN, club_with(owner=Mark.ROW, other=Mark.ROW))


def test_no_row_refers_to_a_visitor() -> None:
    thing = club_with(membership(Mark.VIEWER), membership(Mark.OTHER), owner=Mark.VIEWER)
    assert without_viewer(thing) == club_with(membership(Mark.OTHER), owner=Mark.OTHER)


def test_a_rule_is_one_condition() -> None:
    known: dict[str, Condition | None] = {"a": OPEN, "b": OWNER, "c": None, "d": Skip()}
    rule = Combined("xor", (Atom("a"), Combined("not", (Atom("b"),))))
    assert combined(rule, known) == Choice(OPEN, Negated(Negated(OWNER)), Negated(OWNER))
    assert combined(Combined("and", (Atom("a"), Atom("c"))), known) is None
    assert combined(Combined("and", (Atom("a"), Atom("d"))), known) is None


def test_profiles_hold_every_flag_group_and_grant() -> None:
    condition = Either((ViewerIn(("a", "b")), ViewerMay("club.add_club")))
    names = ["club.add_club", "club.view_club"]
    found = {profile.name: profile for profile in askers([condition], names, [Thing("u"), Thing("v")])}
    assert {"visitor", "inactive", "staff", "superuser", "inactive_superuser", "in a", "in b", "in a b"} <= set(found)
    assert found["granted_all"].may("club.view_club") and not found["inactive_granted_all"].may("club.view_club")
    assert found["superuser"].may("club.view_club") and not found["inactive_superuser"].may("club.view_club")
    assert {profile.own for profile in found.values() if profile.present} == {Thing("u"), Thing("v")}
    alone = [(profile.granted, profile.through) for profile in holders(["club.add_club"])]
    assert alone == [(("club.add_club",), ()), ((), ("club.add_club",))]
    states = {profile.name: profile.may("club.add_club") for profile in in_other_states(holders(["club.add_club"])[:1])}
    assert states == {
        "inactive granted club.add_club": False,
        "staff granted club.add_club": True,
        "inactive staff granted club.add_club": False,
    }
    asked = [profile for name, profile in found.items() if "asked with club.add_club" in name]
    assert [(one.may("club.add_club"), one.staff, bool(one.through)) for one in asked] == [
        (True, False, False), (True, False, True), (True, True, False), (False, False, False),
    ]  # fmt: skip


def test_mutants_are_told_from_the_right_condition_or_equal_everywhere(models: Models) -> None:
    right = Either((OWNER, Every((MEMBER, HOST, Negated(GRAND)))))
    profiles = askers([right], [])
    wrong = mutants(right, models)
    assert {mutant.kind for mutant in wrong} == {
        "part dropped", "and, or exchanged", "negated", "order changed", "constant changed", "test of a row dropped",
        "compared with nothing",
    }  # fmt: skip
    equal = []
    for mutant in wrong:
        both = worlds(models, right, mutant.condition)
        same = equal_everywhere(right, mutant.condition, both, profiles)
        assert (telling(right, mutant.condition, both, profiles) is None) == same
        equal += [mutant.kind] if same else []
    assert equal == ["part dropped", "test of a row dropped"]  # a host is a member


def test_equal_everywhere_needs_all_worlds(models: Models) -> None:
    assert equal_everywhere(Always(True), Negated(Always(False)), worlds(models), (PLAIN,))
    assert not equal_everywhere(OPEN, Missing(OWNER_KEY), worlds(models, OPEN, OWNER), (PLAIN,))
    same = replace(GRAND, op=">=", right=Constant(6))
    every = worlds(models, GRAND, same)
    assert equal_everywhere(GRAND, same, every, (PLAIN,))
    assert not equal_everywhere(GRAND, same, replace(every, all_=False), (PLAIN,))


def test_equal_whatever_the_questions_about_objects_answer(models: Models) -> None:
    some = replace(worlds(models, OPEN, MEMBER), all_=False)
    right = Every((ViewerIs("active"), ViewerIs("known"), MEMBER, OPEN))
    assert equal_everywhere(right, Every((ViewerIs("active"), MEMBER, OPEN)), some, (PLAIN,))
    assert not equal_everywhere(right, Every((ViewerIs("known"), MEMBER, OPEN)), some, (PLAIN,))
    assert not equal_everywhere(Either((OPEN, MEMBER)), Either((MEMBER, OPEN)), some, (PLAIN,))  # one may refuse


def test_what_a_check_rules_out_is_no_case(models: Models, club: Any) -> None:
    beyond = Ordered(">", Attribute("club.Club", (), "level", "integer", False), Constant(9))
    made = Drawing(models, 1, Constraints(club.catalog, models)).things(node_of("club.Club", [beyond], models), 9)
    assert [thing.value("level") for thing in made] == [9, 8]


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


def test_what_is_known_of_a_user_alone_shows_conditions_alike() -> None:
    """Where a visitor is refused anyway, the question whether somebody is signed in changes nothing."""
    signed_in = ViewerIs("authenticated")
    row, visitor = MEMBER, Profile("", present=False, active=False)
    assert outcomes(row, visitor) == outcomes(Negated(row), visitor) == {None}
    assert outcomes(Every((signed_in, OPEN)), Profile("")) == {True, False, None}
    assert alike_for_everybody(Every((signed_in, row)), row)
    assert not alike_for_everybody(Every((signed_in, Negated(OPEN))), Negated(OPEN))
    assert not alike_for_everybody(Either((Negated(signed_in), row)), row)
    assert not alike_for_everybody(Every((ViewerIs("active"), row)), row)
    assert alike_for_everybody(Every((signed_in, ViewerIs("active"), row)), Every((ViewerIs("active"), row)))


def test_what_another_part_implies_makes_no_difference() -> None:
    signed_in, filled = ViewerIs("authenticated"), Negated(Missing(OWNER_KEY))
    anybodys = replace(MEMBER, where=Always(True))
    assert alike_for_everybody(Every((signed_in, MEMBER, HOST)), Every((signed_in, HOST)))
    assert alike_for_everybody(Every((signed_in, anybodys, HOST)), Every((signed_in, MEMBER, HOST)))
    assert alike_for_everybody(Every((signed_in, filled, OWNER)), Every((signed_in, OWNER)))
    assert not alike_for_everybody(Every((filled, OWNER)), OWNER)  # a visitor has no key, and neither has the column
    assert not alike_for_everybody(Every((signed_in, MEMBER, HOST)), Every((signed_in, MEMBER)))
    assert not alike_for_everybody(Either((MEMBER, HOST)), HOST)
    assert not alike_for_everybody(
        Every((signed_in, Negated(Every((MEMBER, HOST))))), Every((signed_in, Negated(MEMBER)))
    )


def test_a_visitor_has_no_key_and_no_groups() -> None:
    visitor = Profile("", present=False, active=False)
    assert True not in outcomes(Every((Negated(Missing(OWNER_KEY)), OWNER)), visitor)
    assert True in outcomes(OWNER, visitor)
    assert outcomes(OfViewersGroups(NAME), visitor) == {False}
    assert outcomes(OfViewersGroups(NAME), Profile("")) == {True, False, None}
