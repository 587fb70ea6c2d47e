"""Guards of django.contrib.auth, its relatives and the admin: permissions, and tests of the user."""

from __future__ import annotations

from dataclasses import replace

from workbench.diagnostic import Diagnostic, Fidelity
from workbench.policies.condition import Condition, ViewerMay, walk
from workbench.policies.policy import Guard, View
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.contexts import needs_object
from workbench.targets.rules.view_guards.form import USER, GuardForm, GuardWriter, denied, statement
from workbench.targets.typescript import Literal, Name

# Backends that grant nothing on single objects but by rules: there, a permission without a rule is the superuser's
_NO_GRANTS = {"django.contrib.auth.backends.ModelBackend", "rules.permissions.ObjectPermissionBackend"}


def permission(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """Permissions granted in general; a rule that Django would ask without an object is not asked."""
    if not guard.permissions:
        return denied(guard, view, "its permissions are named at run time")
    names = [Literal(name) for name in guard.permissions]
    ruled = [name for name in guard.permissions if (rule := writer.rules.get(name)) and rule.permission.rule]
    gaps = tuple(_rule_left_out(name, guard) for name in ruled)
    return GuardForm((statement("requirePermission", USER, *names),), diagnostics=gaps)


def _rule_left_out(name: str, guard: Guard) -> Diagnostic:
    fact = "a rule may allow it too, which Django asks here without an object; here only general grants count"
    help = "ask the rule with requireRule() where the object is known"
    return Diagnostic("guards-rule-without-object", guard.origin, name, fact, help, Fidelity.MANUAL)


def some_permission(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """A page of the admin: one of the permissions is enough."""
    form = permission(writer, guard, view)
    return replace(form, text=tuple(text.replace("requirePermission", "requireSomePermission") for text in form.text))


def object_permission(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """Rules about the view's object."""
    known = [writer.rules.get(name) for name in guard.permissions]
    rules = tuple(rule for rule in known if rule and rule.permission.about_object)
    if guard.permissions and set(writer.translator.policies.backends) <= _NO_GRANTS:
        others = [statement("requireSiteAdmin", USER)] if len(rules) < len(guard.permissions) else []
        return GuardForm((*map(rule_asked, rules), *others), rules)
    if not rules or len(rules) < len(guard.permissions):
        open_ones = [name for name, rule in zip(guard.permissions, known, strict=True) if rule not in rules]
        what = ", ".join(open_ones) or "a permission named at run time"
        return denied(guard, view, f"no rule decides {what}: grants on single objects do")
    return GuardForm(tuple(rule_asked(rule) for rule in rules), rules)


def rule_asked(rule: Rule) -> str:
    """A rule about the view's object."""
    return statement("requireRule", Name(rule.registry), USER, Literal(rule.name), Name("object"))


def user_test(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """A test of the user alone, by its body."""
    if guard.test is None:
        return denied(guard, view, "its test is not known")
    found = writer.translator.test(guard.test, None)
    if found.condition is None and guard.explored is not None:
        return explored(writer, guard, view)
    if found.condition is None or needs_object(found.condition):
        return denied(guard, view, found.reason or "its test asks about an object")
    return _asked(writer, found.condition)


def _asked(writer: GuardWriter, condition: Condition) -> GuardForm:
    return GuardForm((f"requireTest(user, (user) => {writer.question(condition)});",))


def explored(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
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


def admin_method(writer: GuardWriter, guard: Guard, view: View) -> GuardForm:
    """A ``has_…permission`` of the project; where another method may say yes as well, nobody has put them together."""
    if guard.test is None:
        return denied(guard, view, f"methods of {view.view.rpartition('.')[0]} decide, one of which may say yes")
    return user_test(writer, guard, view)
