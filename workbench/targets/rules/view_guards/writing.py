"""One guard in TypeScript: what a server function asks before it does anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workbench.policies.policy import Guard, Refusal, View
from workbench.targets.rules.dispatching import refusals
from workbench.targets.rules.view_guards.django_auth import (
    admin_method,
    explored,
    object_permission,
    permission,
    some_permission,
    user_test,
)
from workbench.targets.rules.view_guards.form import UNKNOWN, USER, GuardForm, GuardWriter, denied, statement
from workbench.targets.rules.view_guards.rest_framework import object_classes, rest_classes

# What refuses everybody alike; the statements that send everybody to the login page by themselves
_REFUSALS: dict[Refusal, str] = {(401, 401): "orLogin", (403, 403): "orForbidden", (404, 404): "orNotFound"}
_TO_LOGIN = ("requireSession(", "requireStaff(")


def write_guard(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """The guard's form; one that lets nobody pass where there is none."""
    form = FORMS.get(guard.kind)
    if form is None:
        return denied(guard, view, f"{guard.kind} has no translation")
    written = form(writer, guard, view)
    if form is _dispatch:
        return written
    return replace(written, text=tuple(_refusing(text, guard, view) for text in written.text))


def _refusing(statement: str, guard: Guard, view: View) -> str:
    """The statement, within what refuses as Django does, where it would not do so by itself."""
    visitor, signed_in = guard.refusal
    if _signed_in_before(guard, view):
        visitor = 401 if signed_in == 403 else signed_in  # no visitor comes this far
    natural = (401, 401) if statement.startswith(_TO_LOGIN) else (401, 403)
    wrapper = (
        ""
        if (visitor, signed_in) == natural or statement.startswith((UNKNOWN, "orNotFound("))
        else _REFUSALS.get((visitor, signed_in), "")
    )
    return f"{wrapper}(() => {statement[:-1]});" if wrapper else statement


def _signed_in_before(guard: Guard, view: View) -> bool:
    """Whether an earlier guard lets nobody pass who is not signed in."""
    before = view.guards[: view.guards.index(guard)] if guard in view.guards else ()
    return any(earlier.kind == "login_required" for earlier in before)


def _asking(function: str) -> Callable[[GuardWriter, Guard, View], GuardForm]:
    return lambda writer, guard, view: GuardForm((statement(function, USER),))


def _admin_site(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """The site's own test of the user, else that of Django's: staff."""
    return (user_test if guard.test else _asking("requireStaff"))(writer, guard, view)


def _dispatch(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """Refusals that a ``dispatch`` begins with, each in its own way."""
    steps = refusals(guard) if guard.test else None
    if steps is None:
        return denied(guard, view, "dispatch does more than refuse and go on")
    forms = [write_guard(writer, step, view) for step in steps]
    texts = tuple(dict.fromkeys(text for form in forms for text in form.text))
    rules = tuple(rule for form in forms for rule in form.rules)
    return GuardForm(texts, rules, tuple(gap for form in forms for gap in form.diagnostics))


FORMS: dict[str, Callable[[GuardWriter, Guard, View], GuardForm]] = {
    "login_required": _asking("requireSession"),
    "staff_member_required": _asking("requireStaff"),
    "admin_site": _admin_site,
    "admin.permission": some_permission,
    "admin.method": admin_method,
    "has_permission": user_test,
    "permission_required": permission,
    "rules.permission_required": object_permission,
    "guardian.permission_required": object_permission,
    "user_passes_test": user_test,
    "decorator": explored,
    "drf.permission_classes": rest_classes,
    "drf.get_permissions": rest_classes,
    "drf.object_permission": object_classes,
    "dispatch": _dispatch,
}
