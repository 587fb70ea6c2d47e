"""Every address requested in Django as each kind of user, and the generated guards asked the same in Node."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.diagnostic import WorkbenchError
from workbench.inspection.client import Agent
from workbench.policies.condition import ViewerMay, walk
from workbench.policies.policy import Body, Guard, Policies, View
from workbench.session.progress import watched
from workbench.targets.rules.views import GuardFunction

_BATCH = 10  # views a request to the agent
_ENDED = ("agent-died", "agent-timeout")  # then one of the batch's views is to blame
_SECONDS = 10.0  # a view may take; a fuse
_BATCH_TIMEOUT = 900.0
_LONGEST_NAME = 150  # of a group

Profile = tuple[str, Mapping[str, Any]]
PROFILES: tuple[Profile, ...] = (
    ("plain", {}),
    ("inactive", {"is_active": False}),
    ("staff", {"is_staff": True}),
)
SUPERUSER: Profile = ("superuser", {"permissions": (), "is_staff": True, "is_superuser": True})
DENIED: tuple[Profile, ...] = (PROFILES[0], SUPERUSER)


@dataclass(frozen=True)
class Answer:
    """What one request brought. ``reached``: the body behind the guards began to run."""

    user: str
    method: str
    path: str
    facts: Mapping[str, Any] | None  # of who asked; None for a visitor
    objects: tuple[Mapping[str, Any], ...]
    reached: bool
    status: int  # 0: stopped where the body began, or no answer
    location: str
    login: bool  # the location is a login page
    error: str
    writes: tuple[str, ...] = ()  # tables into which the request wrote
    with_object: bool = False  # the body itself finds the object, and asks the guards about it

    @property
    def word(self) -> str:
        """``pass``, ``401`` (the login page), ``403``, ``404``; else why it is none of them."""
        if self.reached:
            return "pass"
        if not self.status:
            return self.error or "no answer"
        if self.login or self.status in (401, 403, 404):
            return "401" if self.login else str(self.status)
        return self._other

    @property
    def _other(self) -> str:
        if 300 <= self.status < 400:
            return f"redirected to {self.location}"
        return f"500: {self.error}" if self.status >= 500 else "pass"

    @property
    def raised(self) -> bool:
        """Whether something raised before the view's body."""
        return not self.reached and self.status >= 500 and bool(self.error)

    @property
    def refused_inside(self) -> bool:
        """Whether the view's own body refused the user, or sent them to the login page."""
        return self.reached and (self.login or self.status in (401, 403))

    @property
    def sent_to_login(self) -> bool:
        """Whether the view's own body sent the user to the login page; unknown of those it was spared."""
        return self.reached and (self.login or not self.status)

    @property
    def sent_elsewhere(self) -> bool:
        """Whether the view's own body sent the user to another page."""
        return self.reached and 300 <= self.status < 400

    @property
    def shown(self) -> str:
        """The answer as a person reads it."""
        if self.status in range(300, 400):
            return f"{self.status} to {self.location}"
        return f"{self.status or 'none'} {self.error}".strip()


@dataclass(frozen=True)
class Tried:
    """One address of a view, with all answers; ``reason`` says why there are none."""

    view: View
    reason: str
    answers: tuple[Answer, ...] = field(default=())


def request_all(
    agent: Agent,
    policies: Policies,
    database: Mapping[str, Any],
    guard_of: Callable[[View, str], GuardFunction | None],
    wanted: Callable[[View], bool],
) -> tuple[Tried, ...]:
    """The views that are wanted, requested in Django on a scratch database; nothing of it stays there."""
    asked = [
        _asked(index, view, [guard_of(view, method) for method in view.methods])
        for index, view in enumerate(policies.views)
        if wanted(view)
    ]
    named = sorted({name for item in asked for _, profile in item["profiles"] for name in profile["permissions"]})
    found: list[Tried] = []
    for start in watched(range(0, len(asked), _BATCH), "Requesting"):
        found += _batch(agent, policies, asked[start : start + _BATCH], database, named)
    return tuple(found)


def _batch(
    agent: Agent,
    policies: Policies,
    views: Sequence[Mapping[str, Any]],
    database: Mapping[str, Any],
    named: Sequence[str],
) -> Iterator[Tried]:
    """One after the other where the batch brings no answer: a view may end the process."""
    known = {"database": dict(database), "permissions": named, "seconds": _SECONDS}
    try:
        payload = agent.request("request_views", timeout=_BATCH_TIMEOUT, views=views, **known)["views"]
    except WorkbenchError as error:
        if error.diagnostics[0].code not in _ENDED:
            raise
        if len(views) == 1:
            yield Tried(policies.views[views[0]["index"]], error.diagnostics[0].fact)
            return
        for view in views:
            yield from _batch(agent, policies, [view], database, named)
        return
    for item in payload:
        view = policies.views[item["index"]]
        yield Tried(view, item["reason"], tuple(_answer(answer, view) for answer in item["answers"]))


def _answer(item: Mapping[str, Any], view: View) -> Answer:
    known = {"objects": tuple(item["objects"]), "writes": tuple(item["writes"])}
    return Answer(**{**item, **known}, with_object=_asks_inside(view))


def _asks_inside(view: View) -> bool:
    """Whether a guard is asked once the view's body has found its object."""
    return any(guard.about is not None for guard in view.guards)


def _asked(index: int, view: View, functions: Sequence[GuardFunction | None]) -> dict[str, Any]:
    """What to request of a view; of one whose guard denies everybody only what is worth showing."""
    known = [function for function in functions if function is not None]
    denies = bool(known) and all(function.denies for function in known)
    profiles = [(name, {"permissions": (), **flags}) for name, flags in DENIED] if denies else _profiles(view)
    by_object = not denies and any(function.rules for function in known)
    whole = _asks_inside(view)
    return {"index": index, "methods": view.methods, "by_object": by_object, "whole": whole, "profiles": profiles}


def _profiles(view: View) -> list[Profile]:
    """The kinds of users that a view's guards tell apart."""
    admin = any(guard.kind == "admin_site" for guard in view.guards)
    permissions = tuple(dict.fromkeys(name for guard in view.guards for name in _named(guard)))
    texts = tuple(dict.fromkeys(text for guard in view.guards if guard.test for text in _texts(guard.test)))
    permissions += tuple(text for text in texts if _is_permission(text) and text not in permissions)
    groups = tuple(text for text in texts if not _is_permission(text))
    found: list[Profile] = [(name, {"permissions": (), **profile}) for name, profile in PROFILES]
    if permissions:
        flags = {"is_staff": True} if admin else {}
        found.append(("inactive with permissions", {"is_active": False, "permissions": permissions}))
        found.append(("with permissions", {"permissions": permissions, **flags}))
        found.append(("with permissions by group", {"permissions": permissions, "by_group": True, **flags}))
        if len(permissions) > 1:
            found += [(f"with {name}", {"permissions": (name,), **flags}) for name in permissions]
    found += [(f"in group {name}", {"permissions": (), "groups": (name,)}) for name in groups]
    return [*found, SUPERUSER]


def _named(guard: Guard) -> Iterator[str]:
    """The permissions that a guard asks for, as far as they are known."""
    yield from guard.permissions
    if guard.explored is not None:
        yield from (part.permission for part in walk(guard.explored) if isinstance(part, ViewerMay))


def _texts(body: Body) -> Iterator[str]:
    """Constants of a test that may name permissions or, where it speaks of groups, groups."""
    try:
        tree = ast.parse(body.source)
    except SyntaxError:  # a lambda inside a larger statement
        return
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if not isinstance(text, str) or not 0 < len(text) <= _LONGEST_NAME:
            continue
        if _is_permission(text) or ("groups" in body.source and "\n" not in text):
            yield text


def _is_permission(text: str) -> bool:
    app, dot, codename = text.partition(".")
    return bool(dot) and app.isidentifier() and codename.isidentifier()
