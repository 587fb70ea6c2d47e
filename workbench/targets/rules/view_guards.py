"""One guard in TypeScript: what a server function asks before it does anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from workbench.diagnostic import Diagnostic, Fidelity
from workbench.policies.condition import Asked, Condition, ViewerMay, walk
from workbench.policies.policy import Atom, Guard, Predicate, Refusal, View
from workbench.policies.translating import Translator
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.contexts import needs_object
from workbench.targets.rules.dispatching import refusals
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.questions import Subject, question
from workbench.targets.typescript import Expression, Literal, Name, call, flat

_USER = Name("user")

# Backends that grant nothing on single objects but by rules: there, a permission without a rule is the superuser's
_NO_GRANTS = {"django.contrib.auth.backends.ModelBackend", "rules.permissions.ObjectPermissionBackend"}

# Django REST framework's classes that look at the user only
_REST = {
    "rest_framework.permissions.AllowAny": "true",
    "rest_framework.permissions.IsAuthenticated": "isAuthenticated(user)",
    "rest_framework.permissions.IsAdminUser": "user.isStaff",
}


# What refuses everybody alike; the statements that send everybody to the login page by themselves
_REFUSALS: dict[Refusal, str] = {(401, 401): "orLogin", (403, 403): "orForbidden", (404, 404): "orNotFound"}
_TO_LOGIN = ("requireSession(", "requireStaff(")
UNKNOWN = "requireNothingKnown"
_SIGNS = {"and": "&&", "or": "||", "xor": "!=="}
_GRANTED = "permission:"  # of an atom that is no class: the permission is granted in general


@dataclass(frozen=True)
class GuardForm:
    """``text`` are statements; ``rules`` those that it asks about the view's object."""

    text: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class GuardWriter:
    """Writes the guards of one project; ``rules`` by the full names of their permissions.

    ``asked``: what the guards written so far ask about their user; what that reads has to be loaded.
    """

    translator: Translator
    properties: Properties
    rules: Mapping[str, Rule]
    asked: list[Condition] = field(default_factory=list, compare=False)

    def question(self, condition: Condition) -> str:
        """A condition about the user alone, over ``user``."""
        self.asked.append(condition)
        return question(condition, Subject("", self.properties))

    def write(self, guard: Guard, view: View) -> GuardForm:
        """The guard's form; one that lets nobody pass where there is none."""
        form = FORMS.get(guard.kind)
        if form is None:
            return denied(guard, view, f"{guard.kind} has no translation")
        written = form(self, guard, view)
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


def denied(guard: Guard, view: View, reason: str) -> GuardForm:
    """Nobody passes until a person has written it."""
    help = "write the guard by hand; until then nobody passes"
    gap = Diagnostic("guards-untranslated", guard.origin, view.view, reason, help, Fidelity.MANUAL)
    return GuardForm((_statement(UNKNOWN, _USER, Literal(reason)),), diagnostics=(gap,))


def _statement(function: str, *arguments: Expression) -> str:
    return f"{flat(call(function, *arguments))};"


def _asking(function: str) -> Callable[[GuardWriter, Guard, View], GuardForm]:
    return lambda writer, guard, view: GuardForm((_statement(function, _USER),))


def _permission(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """Permissions granted in general; a rule that Django would ask without an object is not asked."""
    if not guard.permissions:
        return denied(guard, view, "its permissions are named at run time")
    names = [Literal(name) for name in guard.permissions]
    ruled = [name for name in guard.permissions if (rule := writer.rules.get(name)) and rule.permission.rule]
    gaps = tuple(_rule_left_out(name, guard) for name in ruled)
    return GuardForm((_statement("requirePermission", _USER, *names),), diagnostics=gaps)


def _rule_left_out(name: str, guard: Guard) -> Diagnostic:
    fact = "a rule may allow it too, which Django asks here without an object; here only general grants count"
    help = "ask the rule with requireRule() where the object is known"
    return Diagnostic("guards-rule-without-object", guard.origin, name, fact, help, Fidelity.MANUAL)


def _some_permission(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """A page of the admin: one of the permissions is enough."""
    form = _permission(writer, guard, view)
    return replace(form, text=tuple(text.replace("requirePermission", "requireSomePermission") for text in form.text))


def _object_permission(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """Rules about the view's object."""
    known = [writer.rules.get(name) for name in guard.permissions]
    rules = tuple(rule for rule in known if rule and rule.permission.about_object)
    if guard.permissions and set(writer.translator.policies.backends) <= _NO_GRANTS:
        others = [_statement("requireSiteAdmin", _USER)] if len(rules) < len(guard.permissions) else []
        return GuardForm((*map(_rule_asked, rules), *others), rules)
    if not rules or len(rules) < len(guard.permissions):
        open_ones = [name for name, rule in zip(guard.permissions, known, strict=True) if rule not in rules]
        what = ", ".join(open_ones) or "a permission named at run time"
        return denied(guard, view, f"no rule decides {what}: grants on single objects do")
    return GuardForm(tuple(_rule_asked(rule) for rule in rules), rules)


def _rule_asked(rule: Rule) -> str:
    return _statement("requireRule", Name(rule.registry), _USER, Literal(rule.name), Name("object"))


def _test(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    if guard.test is None:
        return denied(guard, view, "its test is not known")
    found = writer.translator.test(guard.test, None)
    if found.condition is None and guard.explored is not None:
        return _explored(writer, guard, view)
    if found.condition is None or needs_object(found.condition):
        return denied(guard, view, found.reason or "its test asks about an object")
    return _asked(writer, found.condition)


def _asked(writer: GuardWriter, condition: Condition) -> GuardForm:
    return GuardForm((f"requireTest(user, (user) => {writer.question(condition)});",))


def _explored(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """What a run with stand-in users found; a decorator that cannot be read so lets nobody pass."""
    name = guard.origin.name.rpartition(".")[2] or guard.kind
    if guard.explored is None:
        return denied(guard, view, f"what {name} decides is not read: {guard.unread}")
    asks = [part.permission for part in walk(guard.explored) if isinstance(part, ViewerMay)]
    if asks and not writer.translator.project.general:
        return denied(guard, view, f"a backend of the project's own may grant {asks[0]}")
    fact = "read by running it with stand-in users: what else it reads is taken as it was then"
    note = Diagnostic("guards-explored", guard.origin, name, fact, "", Fidelity.NOTE)
    return replace(_asked(writer, guard.explored), diagnostics=(note,))


def _admin_method(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """A ``has_…_permission`` of the project; where another method may say yes as well, nobody has put them together."""
    if guard.test is None:
        return denied(guard, view, f"methods of {view.view.rpartition('.')[0]} decide, one of which may say yes")
    return _test(writer, guard, view)


def _dispatch(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """Refusals that a ``dispatch`` begins with, each in its own way."""
    steps = refusals(guard) if guard.test else None
    if steps is None:
        return denied(guard, view, "dispatch does more than refuse and go on")
    forms = [writer.write(step, view) for step in steps]
    texts = tuple(dict.fromkeys(text for form in forms for text in form.text))
    rules = tuple(rule for form in forms for rule in form.rules)
    return GuardForm(texts, rules, tuple(gap for form in forms for gap in form.diagnostics))


def _rest(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
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
        return flat(call("isGranted", _USER, Literal(key.removeprefix(_GRANTED))))
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


def _object_classes(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
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
    hidden = [f"orNotFound(() => {_rule_asked(one)[:-1]});" for one in rows]
    return GuardForm((*hidden, _rule_asked(asked)), (*rows, asked))


def _keys(tree: Predicate | None) -> set[str]:
    if tree is None:
        return set()
    return {tree.key} if isinstance(tree, Atom) else {key for part in tree.of for key in _keys(part)}


FORMS: dict[str, Callable[[GuardWriter, Guard, View], GuardForm]] = {
    "login_required": _asking("requireSession"),
    "staff_member_required": _asking("requireStaff"),
    "admin_site": lambda writer, guard, view: (_test if guard.test else _asking("requireStaff"))(writer, guard, view),
    "admin.permission": _some_permission,
    "admin.method": _admin_method,
    "has_permission": _test,
    "permission_required": _permission,
    "rules.permission_required": _object_permission,
    "guardian.permission_required": _object_permission,
    "user_passes_test": _test,
    "decorator": _explored,
    "drf.permission_classes": _rest,
    "drf.get_permissions": _rest,
    "drf.object_permission": _object_classes,
    "dispatch": _dispatch,
}
