"""What templates show beside what the views behind their links ask: yes where the view says no, and the reverse."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from workbench.inspection.records import Inspection
from workbench.policies.cases.answering import allows
from workbench.policies.cases.combining import combined
from workbench.policies.cases.profiles import Profile, everybody
from workbench.policies.cases.sight import Unknown
from workbench.policies.cases.worlds import Thing
from workbench.policies.condition import Condition, Every, ViewerIn, ViewerIs, ViewerMay, walk
from workbench.policies.policy import Guard, Link, Policies, View
from workbench.policies.reasoning import either, every, negated
from workbench.policies.translating import Translator, atoms
from workbench.session.permissions.differing import Difference
from workbench.targets.rules.contexts import needs_object

_MOST_NAMES = 5  # permissions held in every combination
_SIGNED_IN = Every((ViewerIs("authenticated"), ViewerIs("active")))
_SUPERUSER = Every((ViewerIs("active"), ViewerIs("superuser")))
_FLAGS = {"is_authenticated": "authenticated", "is_active": "active", "is_staff": "staff", "is_superuser": "superuser"}
YES, NO = "the interface says yes where the view says no", "the interface says no where the view says yes"


def shown_otherwise(policies: Policies, inspection: Inspection) -> tuple[Difference, ...]:
    """Links whose conditions and whose view's guards are known, and let in other users; each with one of them."""
    translator = Translator.of(policies, inspection)
    return tuple(found for link in policies.links for found in _known(link, policies, translator))


def _known(link: Link, policies: Policies, translator: Translator) -> tuple[Difference, ...]:
    """Nothing of a link whose conditions have no answer without an object."""
    try:
        return tuple(_of_link(link, policies, translator))
    except (Unknown, KeyError):
        return ()


def _of_link(link: Link, policies: Policies, translator: Translator) -> Iterator[Difference]:
    views = [view for view in policies.views if view.name and view.name == link.url.rpartition(":")[2]]
    if len({view.view for view in views}) != 1:
        return
    shown, asked = _shown(link, translator), _asked(views[0], link.method, policies, translator)
    if shown is None or asked is None:
        return
    one = f"{link.origin} shows it to {' and '.join(text if holds else f'not ({text})' for text, holds in link.shown)}"
    known = Difference(views[0].model or "", f"{link.method} {link.url}", one, _guards(views[0], link.method), "")
    for how, (here, there) in ((YES, (shown, asked)), (NO, (asked, shown))):
        who = [one for one in _people((shown, asked)) if _may(here, one) and not _may(there, one)]
        if who:
            yield replace(known, how=how, who=_told(min(who, key=_facts)))


def _guards(view: View, method: str) -> str:
    names = [" ".join((guard.kind, *guard.permissions, *_test(guard))) for guard in _before(view, method)]
    return f"{view.view} asks {', '.join(names) or 'nobody'}"


def _test(guard: Guard) -> tuple[str, ...]:
    return () if guard.test is None else (guard.test.name.rpartition(".")[2],)


def _before(view: View, method: str) -> list[Guard]:
    return [guard for guard in view.guards if not guard.methods or method in guard.methods]


def _shown(link: Link, translator: Translator) -> Condition | None:
    """When all conditions around a link hold; None where one of them asks for something else than the user."""
    parts = []
    for text, holds in link.shown:
        try:
            part = _read(ast.parse(text.strip(), mode="eval").body, translator)
        except SyntaxError:  # a filter, or another word of templates
            part = None
        if part is None:
            return None
        parts.append(part if holds else negated(part))
    return every(parts)


def _read(node: ast.expr, translator: Translator) -> Condition | None:
    """``perms.app.codename``, flags of the user, ``and``, ``or``, ``not``."""
    if isinstance(node, ast.BoolOp):
        parts = [_read(part, translator) for part in node.values]
        found = [part for part in parts if part is not None]
        joined = every if isinstance(node.op, ast.And) else either
        return joined(found) if len(found) == len(parts) else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _read(node.operand, translator)
        return None if inner is None else negated(inner)
    words = ast.unparse(node).removeprefix("request.").split(".") if isinstance(node, ast.Attribute) else []
    if len(words) == 3 and words[0] == "perms":
        return _in_general(f"{words[1]}.{words[2]}", translator)
    if len(words) == 2 and words[0] == "user" and words[1] in _FLAGS:
        return ViewerIs(_FLAGS[words[1]])  # type: ignore[arg-type]
    return None


def _in_general(name: str, translator: Translator) -> Condition | None:
    """A permission that is asked without an object; None where the answer is not known."""
    if not translator.project.general or "has_perm" in translator.policies.user_methods:
        return None
    permission = next((one for one in translator.policies.permissions if one.name == name), None)
    if permission is None or permission.general is not None:
        return None
    if permission.rule is None:
        return ViewerMay(name)
    known = {key: translator.atom(key, None).condition for key in atoms(permission.rule)}
    rule = combined(permission.rule, known)
    if rule is None or needs_object(rule):
        return None
    return either((_SUPERUSER, ViewerMay(name), rule))


def _asked(view: View, method: str, policies: Policies, translator: Translator) -> Condition | None:
    """When all guards of a view let pass; None where one of them is about an object, or was not read."""
    parts = [_guard(guard, translator) for guard in _before(view, method)]
    parts += [_SIGNED_IN] if policies.login_everywhere else []
    found = [part for part in parts if part is not None and not needs_object(part)]
    inside = policies.inside(view)
    return every(found) if len(found) == len(parts) and not inside else None


def _guard(guard: Guard, translator: Translator) -> Condition | None:
    if guard.kind == "login_required":
        return _SIGNED_IN
    if guard.kind == "staff_member_required":
        return every((ViewerIs("active"), ViewerIs("staff")))
    if guard.kind == "permission_required" and guard.permissions:
        parts = [_in_general(name, translator) for name in guard.permissions]
        found = [part for part in parts if part is not None]
        return every(found) if len(found) == len(parts) else None
    if guard.kind in ("user_passes_test", "has_permission") and guard.test is not None:
        return translator.test(guard.test, None).condition or guard.explored
    return guard.explored if guard.kind == "decorator" else None


def _people(conditions: Sequence[Condition]) -> Iterator[Profile]:
    """Visitors, and everybody who has a session, in every group and with every grant that is asked for."""
    parts = [part for condition in conditions for part in walk(condition)]
    groups = sorted({name for part in parts if isinstance(part, ViewerIn) for name in part.groups})
    names = sorted({part.permission for part in parts if isinstance(part, ViewerMay)})[:_MOST_NAMES]
    for who in everybody(groups):
        for size in range(len(names) + 1) if who.present else (0,):
            yield from (replace(who, granted=held) for held in combinations(names, size) if who.active or not held)


def _may(condition: Condition, who: Profile) -> bool:
    """Whom a session stands for: a locked account is a visitor."""
    person = who if who.active else Profile("visitor", present=False, active=False)
    return allows(condition, person, Thing(""))


def _facts(who: Profile) -> tuple[bool, bool, int]:
    """Those of whom less has to be said show a difference best."""
    return who.superuser, who.staff, len(who.groups) + len(who.granted)


def _told(who: Profile) -> str:
    flags = [name for name, holds in (("staff", who.staff), ("superuser", who.superuser)) if holds]
    flags = flags if who.present else ["a visitor"]
    flags += [f"in {name}" for name in who.groups] + [f"granted {name}" for name in who.granted]
    return ", ".join(flags) or "somebody who is signed in"
