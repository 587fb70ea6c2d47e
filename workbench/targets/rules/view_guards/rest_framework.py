"""Permission classes of Django REST framework: before an object is known, and about the object."""

from __future__ import annotations

import re

from workbench.policies.condition import Asked, walk
from workbench.policies.policy import Atom, Guard, Predicate, View
from workbench.targets.rules.contexts import needs_object
from workbench.targets.rules.view_guards.django_auth import rule_asked
from workbench.targets.rules.view_guards.form import USER, GuardForm, GuardWriter, denied
from workbench.targets.typescript import Literal, call, flat

# Django REST framework's classes that look at the user only
_REST = {
    "rest_framework.permissions.AllowAny": "true",
    "rest_framework.permissions.IsAuthenticated": "isAuthenticated(user)",
    "rest_framework.permissions.IsAdminUser": "user.isStaff",
}
_SIGNS = {"and": "&&", "or": "||", "xor": "!=="}
_GRANTED = "permission:"  # of an atom that is no class: the permission is granted in general


def rest_classes(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """What the classes ask before they know an object."""
    if guard.tree is None:
        why = f": {guard.unread}" if guard.unread else ""
        return denied(guard, view, f"get_permissions() names its classes only while a request runs{why}")
    try:
        return GuardForm((f"requireTest(user, (user) => {_combined(writer, guard.tree)});",))
    except Unknown as unknown:
        return denied(guard, view, str(unknown))


class Unknown(Exception):
    """A permission class without a translation: its name and why."""


def _combined(writer: GuardWriter, tree: Predicate) -> str:
    if isinstance(tree, Atom):
        return _class(writer, tree.key)
    parts = [_combined(writer, part) for part in tree.of]
    if tree.op == "not":
        return f"!{_enclosed(parts[0])}"
    always = {"and": "true", "or": "false"}.get(tree.op)  # a part that changes nothing is not written
    kept = [_enclosed(part) for part in parts if part != always]
    return f" {_SIGNS[tree.op]} ".join(kept) or str(always)


def _enclosed(text: str) -> str:
    """In parentheses where it holds an operator."""
    return f"({text})" if re.search(r" (&&|\|\||\?|[!=]==|[<>]=?) ", text) else text


def _class(writer: GuardWriter, key: str) -> str:
    """What one class asks in general: the framework's by name, the project's by its body."""
    if key in _REST:
        return _REST[key]
    if key.startswith(_GRANTED):
        return flat(call("isGranted", USER, Literal(key.removeprefix(_GRANTED))))
    bodies = writer.translator.policies.bodies
    test = bodies.get(f"{key}.has_permission")
    if test is None and f"{key}.has_object_permission" in bodies:
        return "true"
    found = writer.translator.test(test, None) if test else None
    if found is None or found.condition is None or needs_object(found.condition):
        raise Unknown(f"{key}: {found.reason if found and found.reason else 'it is no class whose text is known'}")
    if any(isinstance(part, Asked) for part in walk(found.condition)):
        raise Unknown(f"{key} asks for the request's method or the view's action")
    return writer.question(found.condition)


def object_classes(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """What the classes ask about the object, after the view has found it among the rows that the user may see."""
    names = sorted(key for key in _keys(guard.tree) if key not in _REST and not key.startswith(_GRANTED))
    decides = f"has_object_permission of {', '.join(names)} decides about the object"
    if guard.unread:
        return denied(guard, view, f"{decides}: {guard.unread}")
    rules = [rule for rule in writer.rules.values() if (how := rule.permission.asked) and how.view == view.view]
    asked = next((rule for rule in rules if rule.permission.rule == guard.about and rule.permission.model), None)
    if asked is None:
        return denied(guard, view, decides)
    rows = [one for one in rules if (how := one.permission.asked) and how.kind == "rows"]
    if any(one.permission.model != asked.permission.model for one in rows):
        return denied(guard, view, f"{decides}, which is looked for among other rows")
    hidden = [f"orNotFound(() => {rule_asked(one)[:-1]});" for one in rows]
    return GuardForm((*hidden, rule_asked(asked)), (*rows, asked))


def _keys(tree: Predicate | None) -> set[str]:
    if tree is None:
        return set()
    return {tree.key} if isinstance(tree, Atom) else {key for part in tree.of for key in _keys(part)}
