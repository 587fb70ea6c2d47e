"""The loader of who asks: a user's flags, groups and general permissions, out of Django's own tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.catalog.table import Dialect
from workbench.inspection.records import FieldRecord, Inspection, RelationRecord
from workbench.targets.rendering import Artifact
from workbench.targets.rules.contexts import Shape
from workbench.targets.rules.loaders import OWN, reader
from workbench.targets.rules.properties import Properties
from workbench.targets.typescript import (
    Expression,
    Import,
    Member,
    Name,
    Object,
    call,
    method,
    print_expression,
    print_statement,
)

PATH = "permissions/loading/viewer.ts"
_FLAGS = {"isActive": "is_active", "isStaff": "is_staff", "isSuperuser": "is_superuser"}
_ABSENT = {"isActive": True, "isStaff": False, "isSuperuser": False}  # what django.contrib.auth assumes of a model


def render_viewer(
    inspection: Inspection, properties: Properties, dialect: Dialect = "postgres", own: Shape | None = None
) -> tuple[Artifact, ...]:
    """``loadViewer``, with what rules read of the user's ``own`` row; () where users have no whole numbers as keys."""
    models = properties.models
    if not models.numbers_users():
        return ()
    writer = _Writer(models.user, properties, own is not None and not own.empty())
    body = writer.function()
    core, declaration = reader(dialect)
    imports = [Import("drizzle-orm", ("eq",)), core, *writer.imports(), Import("../rules.ts", ("visitor",), ("User",))]
    imports += [Import("./contexts.ts", (OWN,))] if writer.own else []
    text = "".join(f"{print_statement(line)}\n" for line in imports) + f"\n{declaration}\n{body}"
    return (Artifact(PATH, "typescript", text),)


@dataclass
class _Writer:
    """Writes the function; ``tables`` collects what it selects from."""

    user: str  # label
    properties: Properties
    own: bool  # rules read more of the user's own row
    tables: dict[str, str] = field(default_factory=dict)

    def imports(self) -> list[Import]:
        """Of the tables used, by module of the schema."""
        stems = sorted(set(self.tables.values()))
        return [Import(f"../../schema/{s}.ts", tuple(t for t, m in self.tables.items() if m == s)) for s in stems]

    def function(self) -> str:
        """``loadViewer(db, id)``; a user who is not there is a visitor."""
        queries = [("[found]", self._flags()), *self._groups(), *self._granted()]
        lines = [
            f"  const {name} = await {print_expression(query, 1, 17 + len(name), 1)};\n" for name, query in queries
        ]
        names = [name for name, _ in queries]
        groups = "groups.map((group) => group.name)" if "groups" in names else "[]"
        granted = [name for name in names if name in ("direct", "byGroups")]
        spread = ", ".join(f"...{name}" for name in granted)
        permissions = f"[...new Set([{spread}].map((one) => `${{one.app}}.${{one.codename}}`))]" if granted else "[]"
        return (
            "/** Who asks, as Django's own tables know them; Django does not say since when an account is locked. */\n"
            "export async function loadViewer(db: Reader, id: number | null): Promise<User> {\n"
            "  if (id === null) return visitor;\n"
            f"{lines[0]}  if (found === undefined) return visitor;\n{''.join(lines[1:])}"
            "  return {\n    id,\n"
            f"    deactivatedAt: {self._flag('isActive')} ? null : new Date(0),\n"
            f"    isStaff: {self._flag('isStaff')},\n    isSiteAdmin: {self._flag('isSuperuser')},\n"
            f"    groups: {groups},\n    permissions: {permissions},\n"
            f"{f'    own: (await {OWN}(db, [id])).get(id),' + chr(10) if self.own else ''}  }};\n}}\n"
        )

    def _flag(self, name: str) -> str:
        field = self.properties.models.field(self.user, _FLAGS[name])
        return f"found.{name}" if field else str(_ABSENT[name]).lower()

    def _flags(self) -> Expression:
        models = self.properties.models
        flags = tuple(
            (name, self._of(self.user, item)) for name, item in _FLAGS.items() if models.field(self.user, item)
        )
        return _select(
            (("id", self._of(self.user, "pk")), *flags), self._table(self.user), (), self._own(self.user, "pk")
        )

    def _groups(self) -> list[tuple[str, Expression]]:
        relation = self._m2m(self.user, "groups")
        if relation is None:
            return []
        through, source, target = relation
        group = self._target(through, target)
        joins = ((self._table(group), self._joined(group, through, target)),)
        query = _select((("name", self._of(group, "name")),), self._table(through), joins, self._own(through, source))
        return [("groups", query)]

    def _granted(self) -> list[tuple[str, Expression]]:
        """The user's own permissions, and those of their groups."""
        found = []
        own, groups = self._m2m(self.user, "user_permissions"), self._m2m(self.user, "groups")
        if own is not None:
            through, source, target = own
            found.append(("direct", self._permissions(through, target, (), self._own(through, source), through)))
        inner = self._m2m(self._target(groups[0], groups[2]), "permissions") if groups else None
        if groups is not None and inner is not None:
            through, source, target = inner
            same = call("eq", self._of(through, source), self._of(groups[0], groups[2]))
            joins = ((self._table(through), same),)
            where = self._own(groups[0], groups[1])
            found.append(("byGroups", self._permissions(through, target, joins, where, groups[0])))
        return found

    def _permissions(
        self, through: str, target: str, joins: Sequence[tuple[str, Expression]], where: Expression, start: str
    ) -> Expression:
        permission = self._target(through, target)
        kind = self._target(permission, "content_type")
        joins = (
            *joins,
            (self._table(permission), self._joined(permission, through, target)),
            (self._table(kind), self._joined(kind, permission, "content_type")),
        )
        parts = (("app", self._of(kind, "app_label")), ("codename", self._of(permission, "codename")))
        return _select(parts, self._table(start), joins, where)

    def _m2m(self, model: str, name: str) -> tuple[str, str, str] | None:
        """(through model, its key to the model, its key to the other); None where there is no such relation."""
        field = self.properties.models.field(model, name)
        relation = field.relation if field else None
        if relation is None or relation.kind != "m2m" or relation.through is None:
            return None
        return relation.through, str(relation.through_source), str(relation.through_target)

    def _target(self, model: str, name: str) -> str:
        relation: RelationRecord | None = self._field(model, name).relation
        assert relation is not None
        return relation.to

    def _joined(self, target: str, model: str, key: str) -> Expression:
        return call("eq", self._of(target, "pk"), self._of(model, key))

    def _own(self, model: str, field: str) -> Expression:
        return call("eq", self._of(model, field), Name("id"))

    def _of(self, model: str, field: str) -> Expression:
        return Member(Name(self._table(model)), self.properties.column(model, field))

    def _field(self, model: str, name: str) -> FieldRecord:
        return self.properties.field(model, name)

    def _table(self, model: str) -> str:
        table = self.properties.table(model)
        self.tables[table] = self.properties.module(model)
        return table


def _select(
    parts: Sequence[tuple[str, Expression]], table: str, joins: Sequence[tuple[str, Expression]], where: Expression
) -> Expression:
    query = method(method(Name("db"), "select", Object(tuple(parts))), "from", Name(table))
    for joined, condition in joins:
        query = method(query, "innerJoin", Name(joined), condition)
    return method(query, "where", where)
