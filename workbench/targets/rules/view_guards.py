"""One guard in TypeScript: what a server function asks before it does anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from workbench.diagnostic import Diagnostic, Fidelity
from workbench.policies.policy import Atom, Guard, Predicate, Refusal, View
from workbench.policies.translating import Translator
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.contexts import needs_object
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.questions import Subject, question
from workbench.targets.typescript import Expression, Literal, Name, call, flat

_USER = Name("user")

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


@dataclass(frozen=True)
class GuardForm:
    """``text`` are statements; ``rules`` those that it asks about the view's object."""

    text: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class GuardWriter:
    """Writes the guards of one project; ``rules`` by the full names of their permissions."""

    translator: Translator
    properties: Properties
    rules: Mapping[str, Rule]

    def write(self, guard: Guard, view: View) -> GuardForm:
        """The guard's form; one that lets nobody pass where there is none."""
        form = FORMS.get(guard.kind)
        if form is None:
            return denied(guard, view, f"{guard.kind} has no translation")
        written = form(self, guard, view)
        return replace(written, text=tuple(_refusing(text, guard, view) for text in written.text))


def _refusing(statement: str, guard: Guard, view: View) -> str:
    """The statement, within what refuses as Django does, where it would not do so by itself."""
    visitor, signed_in = guard.refusal
    if _signed_in_before(guard, view):
        visitor = 401 if signed_in == 403 else signed_in  # no visitor comes this far
    natural = (401, 401) if statement.startswith(_TO_LOGIN) else (401, 403)
    wrapper = (
        ""
        if (visitor, signed_in) == natural or statement.startswith(UNKNOWN)
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
    rules = tuple(rule for rule in known if rule and rule.permission.rule)
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
    if found.condition is None or needs_object(found.condition):
        return denied(guard, view, found.reason or "its test asks about an object")
    asked = question(found.condition, Subject("", writer.properties))
    return GuardForm((f"requireTest(user, (user) => {asked});",))


def _rest(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """Classes of the framework itself; those of the project are asked twice, with and without an object."""
    classes = dict.fromkeys(_classes(guard.tree)) if guard.tree else {}
    unknown = [name for name in classes if name not in _REST]
    if guard.tree is None or unknown:
        return denied(guard, view, f"permission classes without a translation: {', '.join(unknown)}")
    return GuardForm((f"requireTest(user, (user) => {_combined(guard.tree)});",))


def _classes(tree: Predicate) -> list[str]:
    return [tree.key] if isinstance(tree, Atom) else [name for part in tree.of for name in _classes(part)]


def _combined(tree: Predicate) -> str:
    if isinstance(tree, Atom):
        return _REST[tree.key]
    parts = [_combined(part) for part in tree.of]
    if tree.op == "not":
        return f"!({parts[0]})"
    return "(" + {"and": " && ", "or": " || ", "xor": " !== "}[tree.op].join(parts) + ")"


FORMS: dict[str, Callable[[GuardWriter, Guard, View], GuardForm]] = {
    "login_required": _asking("requireSession"),
    "staff_member_required": _asking("requireStaff"),
    "admin_site": lambda writer, guard, view: (_test if guard.test else _asking("requireStaff"))(writer, guard, view),
    "admin.permission": _some_permission,
    "admin.method": _test,
    "has_permission": _test,
    "permission_required": _permission,
    "rules.permission_required": _object_permission,
    "guardian.permission_required": _object_permission,
    "user_passes_test": _test,
    "drf.permission_classes": _rest,
}
