"""Whether two conditions answer differently: a case in which they do, or how it is shown that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from workbench.policies.cases.answering import allows, supposed
from workbench.policies.cases.outcomes import alike_for_everybody
from workbench.policies.cases.profiles import Profile, everybody
from workbench.policies.cases.sight import Unknown
from workbench.policies.cases.universe import Case, Worlds
from workbench.policies.condition import Always, Condition, ViewerIn, ViewerIs, atoms, walk

_MOST_QUESTIONS = 7  # 2187 ways to answer them
_ALONE = (Always, ViewerIs, ViewerIn)  # what a user answers alone


def telling(right: Condition, wrong: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> Case | None:
    """A case in which two conditions answer differently; None where none was found among the worlds looked at."""
    return next((case for case in worlds.cases(profiles, right, wrong) if tells(case, right, wrong)), None)


def tells(case: Case, right: Condition, wrong: Condition) -> bool:
    """Whether two conditions answer differently in a case; not where it holds nothing of what one of them reads."""
    said, instead = said_of(right, case), said_of(wrong, case)
    return None not in (said, instead) and said != instead


def said_of(condition: Condition, case: Case) -> bool | None:
    """The answer in a case; None where it holds nothing of what the condition reads."""
    try:
        return allows(condition, case.who, case.thing)
    except (KeyError, Unknown):
        return None


def equal_everywhere(one: Condition, two: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> bool:
    """Whether two conditions let in the same users; False where neither way of showing it does."""
    return bool(how_equal(one, two, worlds, profiles))


def how_equal(one: Condition, two: Condition, worlds: Worlds, profiles: Sequence[Profile]) -> str:
    """How it is shown that two conditions let in the same users: in every world, or whatever questions answer.

    "" where neither shows it.
    """
    if worlds.all_ and telling(one, two, worlds, profiles) is None:
        return f"the same users are let in with each of the {len(worlds.made)} objects that there can be"
    if _equal_over_answers(one, two):
        return "the same users are let in whatever the questions about objects answer"
    if alike_for_everybody(one, two):
        return "for each kind of user both say the same, or neither ever lets them in"
    return ""


def _equal_over_answers(one: Condition, two: Condition) -> bool:
    """Whether no answers of the questions about objects, and about grants, tell them apart: each could be any."""
    questions: dict[Condition, None] = dict.fromkeys(
        atom for side in (one, two) for atom in atoms(side) if not isinstance(atom, _ALONE)
    )
    groups = {name for side in (one, two) for part in walk(side) if isinstance(part, ViewerIn) for name in part.groups}
    if len(questions) > _MOST_QUESTIONS:
        return False
    for answers in product((True, False, None), repeat=len(questions)):
        given = dict(zip(questions, answers, strict=True))
        if any(supposed(one, who, given) != supposed(two, who, given) for who in everybody(sorted(groups))):
            return False
    return True
