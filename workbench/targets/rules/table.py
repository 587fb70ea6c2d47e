"""Permissions and guards as rows for a display: what Django says beside what TypeScript says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbench.diagnostic import Diagnostic, Origin
from workbench.inspection.records import Inspection
from workbench.policies.policy import Atom, Permission, Policies, Predicate, View
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.render import app_modules, guard_writer, rules_of
from workbench.targets.rules.view_guards import GuardWriter, write_guard


@dataclass(frozen=True)
class PolicyRow:
    """One permission, one guard before a view, or one place in the source."""

    subject: str  # model label, route, or dotted name
    permission: str
    kind: str
    who: str  # the rule as django-rules prints it, "granted in general", or the guard
    origin: Origin | None
    source: str
    typescript: str
    diagnostics: tuple[Diagnostic, ...] = ()


def policy_rows(policies: Policies, inspection: Inspection, names: SchemaNames) -> tuple[PolicyRow, ...]:
    """Permissions by model, then guards by address, then other places; in the order of the project."""
    modules = app_modules(policies, inspection, names)
    writer = guard_writer(policies, inspection, names, modules)
    rules = rules_of(modules)
    permissions = [row for group in policies.by_model().values() for row in _permissions(group, policies, rules)]
    return (*permissions, *_guards(policies, writer), *_places(policies))


def _permissions(group: Iterable[Permission], policies: Policies, rules: Mapping[str, Rule]) -> Iterator[PolicyRow]:
    for permission in group:
        rule = rules.get(permission.name)
        yield PolicyRow(
            subject=permission.model or "",
            permission=permission.name,
            kind=permission.kind,
            who=rule_text(permission.rule, policies) if permission.rule else "granted in general",
            origin=permission.origin,
            source=permission.source,
            typescript=rule.text if rule else "",
            diagnostics=rule.diagnostics if rule else (),
        )


def rule_text(rule: Predicate, policies: Policies) -> str:
    """The rule as django-rules prints it: ``((is_member & member_can_change) & ~is_archived)``."""
    if isinstance(rule, Atom):
        return policies.label(rule.key)
    parts = [rule_text(part, policies) for part in rule.of]
    return f"~{parts[0]}" if rule.op == "not" else f"({_SIGNS[rule.op].join(parts)})"


def _guards(policies: Policies, writer: GuardWriter) -> Iterator[PolicyRow]:
    for view in filter(_is_shown, policies.views):
        for guard in view.guards:
            form = write_guard(writer, guard, view)
            permissions, text = ", ".join(guard.permissions), "\n".join(form.text)
            place = (view.route or "/", permissions, guard.kind, view.view, guard.origin, guard.source)
            yield PolicyRow(*place, text, form.diagnostics)


def _is_shown(view: View) -> bool:
    """Of the admin's pages its first, and those whose guards somebody wrote."""
    kinds = {guard.kind for guard in view.guards}
    return "admin_site" not in kinds or "admin.method" in kinds or view.name == "admin:index"


def _places(policies: Policies) -> Iterator[PolicyRow]:
    """Places that no row above shows: grants, questions, narrowed querysets, the admin, templates."""
    shown = {(guard.origin.file, guard.origin.line) for view in policies.views for guard in view.guards}
    for place in policies.places:
        if place.kind in _ON_THEIR_OWN and (place.origin.file, place.origin.line) not in shown:
            permissions = ", ".join(place.permissions)
            yield PolicyRow(place.inside, permissions, place.kind, "", place.origin, place.source, "")


_SIGNS = {"and": " & ", "or": " | ", "xor": " ^ "}
_ON_THEIR_OWN = {
    "guardian.assign_perm",
    "guardian.get_objects_for_group",
    "guardian.get_objects_for_user",
    "guardian.remove_perm",
    "has_perm",
    "narrowed_queryset",
    "permission_method",
    "rules.test_rule",
    "template",
}
