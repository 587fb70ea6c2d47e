"""The questions of a permission matrix: what Django's agent and the generated project's registries are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from workbench.inspection.client import Agent
from workbench.policies.cases.plan import Plan, Subject
from workbench.policies.models import Models
from workbench.policies.policy import Permission
from workbench.runtime.decisions import AskedGeneral, AskedLoader, AskedRule, AskedSubject
from workbench.session.permissions.data import MatrixData
from workbench.session.progress import watched
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.loaders import PATH, Loader
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.render import FOLDER
from workbench.values import Wire

_USERS_A_REQUEST = 4  # to the agent: a request of a few seconds
BARE_OBJECTS = 3  # an object is nothing to a permission that no rule decides: a few show it
_TIMEOUT = 600.0  # seconds, a fuse for one such request


@dataclass(frozen=True)
class DjangoAnswers:
    """By user, then subject, then object a text with a letter a permission: "1", "0", "x" where Django raised."""

    general: tuple[str, ...]
    subjects: tuple[tuple[tuple[str, ...], ...], ...]
    raised: Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """One subject of the matrix: its permissions with their rules, and its objects' keys.

    ``read``: the keys as TypeScript reads them. SQLite stores a UUID without the dashes that it has there.
    """

    subject: Subject
    rules: tuple[Rule, ...]
    keys: tuple[Wire, ...]
    read: tuple[Any, ...]

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """In the order of the letters."""
        return tuple(rule.permission for rule in self.rules)


def asked_subjects(plan: Plan, data: MatrixData, rules: Mapping[str, Rule], models: Models) -> tuple[Asked, ...]:
    """Rules about every row of their table; permissions that no rule decides about a few rows."""
    found = []
    for subject in plan.subjects:
        keys = data.rows.objects(subject.model)
        written = [rules[p.name] for p in subject.permissions if p.name in rules]
        read = [_read(key, uuid=_has_uuid(models, subject.model)) for key in keys]
        ruled = tuple(rule for rule in written if rule.permission.rule is not None)
        plain = tuple(rule for rule in written if rule.permission.rule is None)
        for registry in dict.fromkeys(rule.registry for rule in ruled):
            of_registry = tuple(rule for rule in ruled if rule.registry == registry)
            found.append(Asked(subject, of_registry, tuple(keys), tuple(read)))
        found.append(Asked(subject, plain, tuple(keys[:BARE_OBJECTS]), tuple(read[:BARE_OBJECTS])))
    return tuple(one for one in found if one.rules and one.keys)


def of_django(
    agent: Agent,
    settings: Mapping[str, Any],
    users: Sequence[int | None],
    general: Sequence[Permission],
    asked: Sequence[Asked],
) -> DjangoAnswers:
    """Everything asked of every user, by the project's own authentication backends, on the scratch database."""
    subjects = [
        {
            "model": one.subject.model,
            "permissions": [p.name for p in one.permissions],
            "asked": [*map(_how, one.permissions)],
            "keys": [*map(plain, one.keys)],
        }
        for one in asked
    ]
    alone = {"general": [p.name for p in general], "general_asked": [*map(_how, general)]}
    answers: list[Any] = []
    raised: dict[str, str] = {}
    for some in watched(_batches(users), "Asking Django"):
        request = {"database": dict(settings), "users": some, **alone, "subjects": subjects}
        answer = agent.request("decide", timeout=_TIMEOUT, **request)
        answers += answer["answers"]
        raised = answer["raised"] | raised
    about = tuple(tuple(tuple(found) for found in answer["subjects"]) for answer in answers)
    return DjangoAnswers(tuple(answer["general"] for answer in answers), about, raised)


def _how(permission: Permission) -> dict[str, Any] | None:
    """How the agent asks about it; None: by ``has_perm()``."""
    return {**asdict(permission.asked), "model": permission.model} if permission.asked else None


def _batches(users: Sequence[int | None]) -> list[list[int | None]]:
    return [list(users[start : start + _USERS_A_REQUEST]) for start in range(0, len(users), _USERS_A_REQUEST)]


def for_node(one: Asked, loaders: Sequence[Loader], properties: Properties) -> AskedSubject:
    """The same subject by the names of the generated project."""
    subject, model = one.subject, one.subject.model
    loader = next((found for found in loaders if (found.app, found.model) == (subject.app, model)), None)
    return AskedSubject(
        module=f"{FOLDER}/{subject.app}.ts",
        registry=one.rules[0].registry,
        schema=f"schema/{properties.module(model)}.ts",
        table=properties.table(model),
        column=properties.column(model, "pk"),
        keys=one.read,
        rules=tuple(AskedRule(rule.name, rule.filter) for rule in one.rules),
        loader=AskedLoader(PATH, loader.contexts) if loader else None,
    )


def general_for_node(rule: Rule) -> AskedGeneral:
    """A permission that no rule decides, by the names of the generated project."""
    app = rule.permission.name.partition(".")[0]
    return AskedGeneral(f"{FOLDER}/{app}.ts", rule.registry, rule.name)


def _has_uuid(models: Models, label: str) -> bool:
    """Whether the primary key is a UUID, by way of the keys it refers to."""
    field = models.key(label)
    while field is not None and field.relation is not None and models.has(field.relation.to):
        field = models.field(field.relation.to, field.relation.to_field or "pk")
    return field is not None and field.kind == "UUIDField"


def _read(key: Wire, *, uuid: bool) -> Any:
    return str(UUID(key)) if uuid and isinstance(key, str) else plain(key)


def plain(key: Wire) -> Any:
    """A key as JSON has it: a UUID is its text."""
    return key["v"] if isinstance(key, dict) else key
