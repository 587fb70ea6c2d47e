"""Names of rules, predicates and filters, as the generated modules spell them."""

from __future__ import annotations

from workbench.policies.policy import Permission
from workbench.targets.drizzle.names import camel, fresh
from workbench.targets.typescript import is_identifier

# What the generated modules import or bind themselves
IMPORTED = {
    "rules.ts": (
        "Predicate",
        "Registry",
        "can",
        "granted",
        "inEveryGroup",
        "inGeneral",
        "inSomeGroup",
        "isActive",
        "isAuthenticated",
        "isGranted",
        "nothing",
        "picked",
        "predicate",
        "signedIn",
        "there",
        "untranslated",
    ),
    "values.ts": ("climbed", "decimals", "instants", "now", "sameValue", "today"),
    "own.ts": ("own",),
    "filters.ts": (
        "Filter",
        "among",
        "contains",
        "endsWith",
        "forSignedIn",
        "lineage",
        "parentLineage",
        "rowsAsked",
        "rowsWhere",
        "said",
        "same",
        "startsWith",
    ),
    "drizzle-orm": ("and", "eq", "exists", "gt", "gte", "inArray", "isNull", "lt", "lte", "not", "or", "sql"),
}
BOUND = {name for names in IMPORTED.values() for name in names} | {
    "alias",
    "viewer",
    "rows",
    "row",
    "User",
    "SQL",
    "QueryBuilder",
}


def action(permission: Permission) -> str:
    """The codename without its model: ``processn.assign_tasks_project`` -> ``assignTasks``."""
    codename = permission.name.partition(".")[2]
    model = (permission.model or "").partition(".")[2].lower()
    return camel(codename.removesuffix(f"_{model}") if model else codename)


def rule_name(permission: Permission, variable: str) -> str:
    """``project.change``; what a view decides goes by its own name: ``TaskViewSet.update``."""
    if permission.asked is not None:
        return permission.asked.name if permission.asked.kind == "rule" else permission.name.partition(".")[2]
    return f"{variable}.{action(permission)}" if permission.model else camel(permission.name.partition(".")[2])


def filter_name(permission: Permission, variable: str) -> str:
    """``visibleProjectsWhere`` for the right to view, ``changeProjectsWhere`` for others; ``taskViewSetRowsWhere``."""
    if permission.asked is not None:
        return f"{camel(rule_name(permission, variable))}Where"
    word = "visible" if action(permission) == "view" else action(permission)
    return f"{word}{variable[:1].upper()}{variable[1:]}sWhere"


def binding(wanted: str, taken: set[str]) -> str:
    """A free identifier near ``wanted``."""
    return fresh(wanted if is_identifier(wanted) else "rule", taken)


def predicate_name(label: str, taken: set[str]) -> str:
    """``is_group_member:auditors`` -> ``isGroupMemberAuditors``."""
    name = camel(label)
    return binding(name if is_identifier(name) else "test", taken)
