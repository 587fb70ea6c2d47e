"""The verdict on each permission: what both sides answered in the matrix, decision by decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.policies.cases.covering import Coverage
from workbench.session.permissions.matrix import Matrix
from workbench.session.permissions.sources import Sources
from workbench.session.permissions.witness import facts_of_thing, facts_of_user
from workbench.targets.rules.app_module import Rule
from workbench.verdict import AnswerWitness, Different, Equivalent, Step, Undecided, Verdict

METHOD = "matrix"
_SHOWN_WITNESSES = 3
_LAYERS = (("can", "can(…)"), ("write", "requireRule(…)"), ("shown", "capabilities(…)"))
_WORDS = {"1": "yes", "0": "no", "x": "raises"}


@dataclass(frozen=True)
class Decision:
    """One question and both answers. ``subject`` and ``thing`` are None where no object was named."""

    user: str
    subject: int | None
    thing: int | None
    layer: str
    django: str  # "1", "0" or "x"
    typescript: str  # "1" or "0"

    @property
    def agrees(self) -> bool:
        """Where Django raises, nobody is let in."""
        return (self.django == "1") == (self.typescript == "1")


def verdicts(matrix: Matrix, sources: Sources) -> dict[str, Verdict]:
    """By the permission's full name, for every permission that was asked about."""
    found: dict[str, list[Decision]] = {}
    rules: dict[str, Rule] = {}
    for rule, decision in _decisions(matrix):
        found.setdefault(rule.permission.name, []).append(decision)
        rules[rule.permission.name] = rule
    return {name: _verdict(rules[name], decisions, matrix, sources) for name, decisions in found.items()}


def _decisions(matrix: Matrix) -> Iterator[tuple[Rule, Decision]]:
    for at, user in enumerate(matrix.users):
        for number, rule in enumerate(matrix.general):
            answers = matrix.django.general[at][number], matrix.node.general[at][number]
            yield rule, Decision(user, None, None, "can(…)", *answers)
    for subject in range(len(matrix.asked)):
        yield from _about(matrix, subject)
        yield from _filtered(matrix, subject)


def _about(matrix: Matrix, subject: int) -> Iterator[tuple[Rule, Decision]]:
    asked, node = matrix.asked[subject], matrix.node.subjects[subject]
    for at, user in enumerate(matrix.users[: matrix.askers]):
        for thing in range(len(asked.keys)):
            for number, rule in enumerate(asked.rules):
                for layer, name in _LAYERS:
                    who = _in_session(matrix, at) if layer == "write" else at
                    django = matrix.django.subjects[who][subject][thing][number]
                    yield rule, Decision(user, subject, thing, name, django, getattr(node, layer)[at][thing][number])


def _in_session(matrix: Matrix, at: int) -> int:
    """Whom a request of that user comes from: a locked account has no session, in Django neither."""
    names = {profile.name: profile for profile in matrix.plan.askers}
    return at if names[matrix.users[at]].active else matrix.users.index("visitor")


def _filtered(matrix: Matrix, subject: int) -> Iterator[tuple[Rule, Decision]]:
    """A filter keeps exactly the rows on which Django says yes."""
    asked, node = matrix.asked[subject], matrix.node.subjects[subject]
    for at, user in enumerate(matrix.users[: matrix.askers]):
        for number, rule in enumerate(asked.rules):
            rows = node.rows[at][number]
            kept = set(map(str, rows or ()))
            for thing, key in enumerate(asked.read if rows is not None else ()):
                django = matrix.django.subjects[at][subject][thing][number]
                yield rule, Decision(user, subject, thing, rule.filter, django, "1" if str(key) in kept else "0")


def _verdict(rule: Rule, decisions: list[Decision], matrix: Matrix, sources: Sources) -> Verdict:
    """Differences first; what is not translated denies, and may deny more than Django does."""
    wrong = [decision for decision in decisions if not decision.agrees]
    manual = [gap for gap in rule.diagnostics if gap.code in ("rules-untranslated", "rules-no-filter")]
    loose = [decision for decision in wrong if decision.typescript == "1"]
    only_filter = all(gap.code == "rules-no-filter" for gap in manual)
    tight = [decision for decision in wrong if not (manual and only_filter and decision.layer == rule.filter)]
    if loose or (tight and (not manual or only_filter)):
        shown = (loose or tight)[:_SHOWN_WITNESSES]
        return Different(METHOD, tuple(_witness(rule, decision, matrix, sources) for decision in shown))
    if manual:
        return Undecided(METHOD, tuple(dict.fromkeys(f"{gap.thing} denies: {gap.fact}" for gap in manual)))
    coverage = next((s.coverages[n] for s in matrix.plan.subjects if (n := rule.permission.name) in s.coverages), None)
    open_ones = rule.permission.rule is not None and rule.permission.name not in matrix.plan.always
    if coverage is None and open_ones and not _told_apart(decisions, matrix):
        return Undecided(METHOD, ("no case was made in which its answers differ: nothing was tried",))
    return _alike(rule, decisions, matrix, coverage, _assumptions(rule, coverage, sources))


def _told_apart(decisions: list[Decision], matrix: Matrix) -> bool:
    """Whether Django says yes and no to users who are no superusers."""
    above = {profile.name for profile in matrix.plan.askers if profile.superuser and profile.active}
    return len({one.django == "1" for one in decisions if one.user not in above}) > 1


def _alike(
    rule: Rule, decisions: list[Decision], matrix: Matrix, coverage: Coverage | None, assumptions: tuple[str, ...]
) -> Equivalent:
    asked = [decision for decision in decisions if decision.layer == "can(…)"]
    users, things = {one.user for one in asked}, {(one.subject, one.thing) for one in asked} - {(None, None)}
    answers = f"{sum(one.django == '1' for one in asked)} times yes"
    raised = sum(one.django == "x" for one in asked)
    answers += f", {raised} times an exception in Django, which lets nobody in" if raised else ""
    steps = [Step(f"{len(asked)} decisions: {len(users)} users × {len(things) or 'no'} objects, {answers}")]
    if coverage is not None:
        dropped = sum(case in matrix.data.dropped for case in coverage.cases)
        less = f", less {dropped} for which the constraints leave no room" if dropped else ""
        steps.append(Step(f"the cases hold {coverage.method}{less}"))
    if rule.filter:
        steps.append(Step("the WHERE keeps the same rows; the check before a write and the booleans say the same"))
    return Equivalent(METHOD, tuple(steps), assumptions)


def _assumptions(rule: Rule, coverage: Coverage | None, sources: Sources) -> tuple[str, ...]:
    found = ["answers were compared on these cases; a rule is read as its source stands"]
    if rule.permission.rule is not None and coverage is None:
        found.append("which ways its conditions can be true together was not measured")
    if coverage is not None and coverage.drawn:
        found.append("its ways to be true were looked for at random: there are too many to list")
    visitor = sources.policies.guardian.visitor if sources.policies.guardian else None
    if visitor and rule.permission.asked and "get_objects_for_user" in sources.python(rule) + rule.permission.source:
        found.append(f"nothing is granted in general to {visitor}, who stands for visitors: no such grant counts")
    backends = [gap.thing for gap in sources.rendering.diagnostics if gap.code == "rules-backend"]
    return (*found, *(f"nothing is granted by {name}, which TypeScript does not ask" for name in backends))


def _witness(rule: Rule, decision: Decision, matrix: Matrix, sources: Sources) -> AnswerWitness:
    name = rule.permission.name
    profile = next(p for p in (*matrix.plan.askers, *matrix.plan.holders) if p.name == decision.user)
    thing = "no object"
    if decision.subject is not None and decision.thing is not None:
        asked = matrix.asked[decision.subject]
        thing = facts_of_thing(asked.subject, asked.keys[decision.thing], matrix.data.rows)
    raised = f" {matrix.django.raised[name]}" if decision.django == "x" and name in matrix.django.raised else ""
    told = matrix.node.told.get(rule.name, "")
    return AnswerWitness(
        user=facts_of_user(profile, matrix.data),
        thing=thing,
        left=f"{_WORDS[decision.django]}{raised}",
        right=f"{_WORDS[decision.typescript]}{f' ({told})' if told and decision.typescript == '0' else ''}",
        question=f"{name} by {decision.layer}",
        left_source=sources.python(rule),
        right_source=sources.typescript(rule),
    )
