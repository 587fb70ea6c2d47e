"""What is tried of a project: its permissions by model, with the cases that cover each of their rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from workbench.policies.cases.answering import allows
from workbench.policies.cases.combining import combined
from workbench.policies.cases.covering import Coverage, cover
from workbench.policies.cases.distinguishing import said_of, telling
from workbench.policies.cases.drawing import Drawing, Fits
from workbench.policies.cases.mutating import mutants
from workbench.policies.cases.profiles import Profile, askers, holders
from workbench.policies.cases.sight import Unknown
from workbench.policies.cases.universe import Case, Worlds
from workbench.policies.cases.worlds import Node, Thing, node_of, viewer_node
from workbench.policies.condition import Always, Condition
from workbench.policies.models import Models
from workbench.policies.policy import Permission, Policies
from workbench.policies.translating import Translator, atoms

_PLAIN = Profile("plain")
_SEED = 5
_SEARCHED = 400  # things looked at for a case that tells a wrong condition
_MOST_OWN = 8  # kinds of the user's own row


@dataclass(frozen=True)
class Subject:
    """The permissions of one app about one model, and the cases to try them on.

    ``conditions``: by permission, of the rules that are wholly translated; ``coverages`` of those that have a meaning.
    """

    app: str
    model: str
    permissions: tuple[Permission, ...]
    conditions: Mapping[str, Condition]
    coverages: Mapping[str, Coverage]
    node: Node
    cases: tuple[Case, ...]

    def more(self, count: int, seed: int, models: Models, fits: Fits) -> tuple[Case, ...]:
        """So many objects at random; users are matched with all of them anyway."""
        return tuple(Case(_PLAIN, thing) for thing in Drawing(models, seed, fits).things(self.node, count))


@dataclass(frozen=True)
class Plan:
    """``askers`` are tried on every object, ``holders`` in general only."""

    subjects: tuple[Subject, ...]
    askers: tuple[Profile, ...]
    holders: tuple[Profile, ...]
    alone: tuple[Permission, ...] = ()  # rules about no object
    always: frozenset[str] = frozenset()  # names of those among them that say the same to everybody

    @property
    def general(self) -> tuple[Permission, ...]:
        """The permissions that no rule decides, and rules about the user alone: they are asked without an object."""
        known = (p for subject in self.subjects for p in subject.permissions if p.rule is None)
        return (*known, *self.alone)


def plan(policies: Policies, translator: Translator, apps: Collection[str], fits: Fits | None = None) -> Plan:
    """Everything to try of the permissions of those apps; ``fits``: whether a thing can be a row of its table."""
    found = list(_grouped(policies, apps))
    conditions = {p.name: c for _, _, ps in found for p in ps if (c := _condition(p, translator)) is not None}
    alone = tuple(p for p in policies.access if p.model is None and p.name.partition(".")[0] in apps)
    conditions |= {p.name: c for p in alone if (c := _condition(p, translator)) is not None}
    names = [p.name for _, _, permissions in found for p in permissions if p.kind in _STORED]
    looked_at = [*conditions.values(), *_in_general(found, translator)]
    profiles = askers(looked_at, names, _own_rows(looked_at, translator.models))
    subjects = tuple(_subject(*group, conditions, profiles, (translator.models, fits)) for group in found)
    always = frozenset(p.name for p in alone if isinstance(conditions.get(p.name), Always))
    return Plan(subjects, profiles, holders(names), alone, always)


_STORED = ("default", "custom")  # permissions with a row


def _grouped(policies: Policies, apps: Collection[str]) -> Iterator[tuple[str, str, tuple[Permission, ...]]]:
    own = [p for p in policies.everything if p.name.partition(".")[0] in apps and p.model]
    for app, model in dict.fromkeys((p.name.partition(".")[0], str(p.model)) for p in own):
        yield app, model, tuple(p for p in own if (p.name.partition(".")[0], p.model) == (app, model))


def _condition(permission: Permission, translator: Translator) -> Condition | None:
    if permission.rule is None:
        return None
    keys = dict.fromkeys(atoms(permission.rule))
    return combined(permission.rule, {key: translator.atom(key, permission.model).condition for key in keys})


def among_backends(permission: Permission, condition: Condition, translator: Translator) -> Condition | None:
    """What all backends, and a user model that answers itself, say about an object if that were the rule's condition.

    None where something that is asked beside the rule is not translated.
    """
    whole = permission.beneath or permission.about_object
    if whole is None or permission.rule is None:
        return condition
    keys = dict.fromkeys(atoms(whole))
    known = {key: translator.atom(key, permission.model).condition for key in keys}
    found = combined(whole, known, {permission.rule: condition})
    if found is None or permission.beneath is None:
        return found
    return translator.above(permission.name, str(permission.model), found)


def _in_general(
    found: Collection[tuple[str, str, tuple[Permission, ...]]], translator: Translator
) -> Iterator[Condition]:
    """What the user model and backends of the project look at without an object: groups, the user's own row."""
    rules = (permission.general for _, _, permissions in found for permission in permissions if permission.general)
    for key in dict.fromkeys(key for rule in rules for key in atoms(rule)):
        condition = translator.atom(key, None).condition
        if condition is not None:
            yield condition


def _own_rows(conditions: Collection[Condition], models: Models) -> list[Thing]:
    node = viewer_node(conditions, models) if models.has(models.user) else None
    return [] if node is None or node.empty() else Drawing(models, _SEED).things(node, _MOST_OWN)


def _subject(
    app: str,
    model: str,
    permissions: tuple[Permission, ...],
    known: Mapping[str, Condition],
    profiles: tuple[Profile, ...],
    space: tuple[Models, Fits | None],
) -> Subject:
    models, fits = space
    conditions = {p.name: known[p.name] for p in permissions if p.name in known}
    everything = node_of(model, conditions.values(), models)
    coverages: dict[str, Coverage] = {}
    cases: list[Case] = []
    alike = {
        condition: [n for n, other in conditions.items() if other == condition] for condition in conditions.values()
    }
    for condition, names in alike.items():
        worlds = Worlds.of(node_of(model, [condition], models), models, fits=fits)
        try:
            coverage = cover(condition, worlds, profiles)
        except Unknown:
            continue  # tried on the other cases; its verdict says that coverage was not measured
        coverages |= dict.fromkeys(names, coverage)
        cases += coverage.cases
        cases += _sharper(condition, cases, profiles, model, space)
    cases += [Case(_PLAIN, thing) for thing in Drawing(models, _SEED, fits).each_once(everything)]
    return Subject(app, model, permissions, conditions, coverages, everything, tuple(dict.fromkeys(cases)))


def _sharper(
    right: Condition,
    cases: list[Case],
    profiles: tuple[Profile, ...],
    model: str,
    space: tuple[Models, Fits | None],
) -> list[Case]:
    """Cases that tell a condition from wrong ones near it, where those there are do not."""
    models, fits = space
    known = [(case, said) for case in cases if (said := said_of(right, case)) is not None]
    found: list[Case] = []
    for wrong in (mutant.condition for mutant in mutants(right, models)):
        if not any(said_of(wrong, case) is (not said) for case, said in known):
            worlds = Worlds.of(node_of(model, [right, wrong], models), models, _SEARCHED, fits)
            case = telling(right, wrong, worlds, profiles)
            if case is not None:
                found.append(case)
                known.append((case, allows(right, case.who, case.thing)))
    return found
