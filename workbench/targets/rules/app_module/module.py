"""The rules of one app: contexts, predicates, a registry for each model, and filters for lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.catalog.table import Dialect
from workbench.diagnostic import Origin
from workbench.policies.condition import Condition
from workbench.policies.grants import CODENAME
from workbench.policies.policy import Permission, Predicate
from workbench.policies.reasoning import FALSE
from workbench.policies.translating import Translator, atoms
from workbench.targets.rules.app_module.declarations import alias_constants, context_type, imports_of, registry_of
from workbench.targets.rules.app_module.rule import Rule, binding_of_rule, combined, combined_rows, filter_of, place_of
from workbench.targets.rules.predicates import Written, of_codename, write_granted, write_predicate
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.questions import Subject
from workbench.targets.rules.row_tests import Aliases
from workbench.targets.rules.rule_names import BOUND, binding, filter_name, predicate_name, rule_name
from workbench.targets.typescript import Expression, Literal, Name, call, comment, method, print_expression


@dataclass
class AppModule:
    """Collects the module's text, model by model; ``rules`` by the permission's full name."""

    app: str
    translator: Translator
    properties: Properties
    taken: set[str] = field(default_factory=lambda: set(BOUND))
    parts: list[tuple[str, Origin | None]] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)  # of all its predicates
    read: set[str] = field(default_factory=set)  # names that filters use, tables among them
    grants: dict[str, Written] = field(default_factory=dict)  # by model, guardian's
    aliases: Aliases = field(init=False)

    def __post_init__(self) -> None:
        self.aliases = Aliases(self.taken)

    @property
    def asks_everybody(self) -> bool:
        """Whether a superuser may not simply everything: the project's own user model answers has_perm()."""
        return "has_perm" in self.translator.policies.user_methods

    def add_model(self, model: str | None, permissions: Sequence[Permission]) -> None:
        """The predicates, the registry and the filters of the permissions of one model."""
        subject = Subject(model or "", self.properties)
        stem = subject.variable if model else self.app
        context = binding(f"{stem[:1].upper()}{stem[1:]}Context", self.taken)
        written = self._predicates(model, permissions, subject, context)
        conditions = [item.condition for item in written.values() if item.condition is not None]
        self._say(context_type(context, model, conditions, self.properties))
        for text, origin in dict.fromkeys((item.text, item.origin) for item in written.values()):
            self._say(text, origin)
        for suffix, asked in (("Rules", False), ("Access", True)):
            some = [permission for permission in permissions if (permission.asked is not None) == asked]
            if some or not asked:
                registry, used = binding(f"{stem}{suffix}", self.taken), set[str]()
                self._say(registry_of(registry, context, asked or self.asks_everybody))
                for permission in some:
                    self._rule(permission, (registry, context), stem, written, used)

    def artifact(self, dialect: Dialect) -> tuple[str, dict[int, Origin]]:
        """The module's text, and the Django code behind its lines."""
        body = "\n".join(text for text, _ in self.parts)
        head = imports_of(body, self._tables(), dialect, bool(self.aliases.found))
        head += "".join(alias_constants(self.aliases))
        origins: dict[int, Origin] = {}
        line = head.count("\n") + 1
        for text, origin in self.parts:
            origins |= dict.fromkeys(range(line, line + text.count("\n")), origin) if origin else {}
            line += text.count("\n") + 1
        return head + body, origins

    def _say(self, text: str, origin: Origin | None = None) -> None:
        self.parts.append((text, origin))

    def _predicates(
        self, model: str | None, permissions: Sequence[Permission], subject: Subject, context: str
    ) -> dict[str, Written]:
        rules = [permission.about_object for permission in permissions]
        keys = dict.fromkeys(key for rule in rules if rule for key in atoms(rule))
        written = {}
        for key in keys:
            if key.startswith("guardian "):
                written[key] = self._granted(key, str(model), subject, context)
                continue
            found = self.translator.atom(key, model)
            name = predicate_name(found.body.label or found.body.name.rsplit(".", 1)[-1], self.taken)
            written[key] = write_predicate(name, found, subject, context, self.aliases)
            self.read |= written[key].names
        self.conditions += [item.condition for item in written.values() if item.condition is not None]
        return written

    def _granted(self, key: str, model: str, subject: Subject, context: str) -> Written:
        """guardian's grants: one function a model, asked by codename."""
        if model not in self.grants:
            name = binding(f"grantedOn{subject.variable[:1].upper()}{subject.variable[1:]}", self.taken)
            found = self.translator.atom(f"guardian {self.app}.{CODENAME}", model)
            self.grants[model] = write_granted(name, found, subject, context, self.aliases)
            self.read |= self.grants[model].names
        return of_codename(self.grants[model], key.rpartition(".")[2])

    def _rule(
        self, permission: Permission, asked: tuple[str, str], stem: str, written: Mapping[str, Written], used: set[str]
    ) -> None:
        name = binding_of_rule(rule_name(permission, stem), used)
        rule = permission.about_object
        parts = [written[key] for key in atoms(rule)] if rule else []
        said: Expression = call("granted", Literal(permission.name))
        if permission.rule is None and permission.general is not None:
            said, general = self._general(said, permission.general)
            parts += general
        if rule:
            about = combined(rule, written)
            said = about if permission.rule is not None else method(said, "or", about)
        text = print_expression(method(Name(asked[0]), "add", Literal(name), said)) + ";\n"
        self._say(comment(place_of(permission)) + "\n" + text, permission.origin)
        rows = ""
        if rule and permission.model:
            rows = binding(filter_name(permission, stem), self.taken)
            where = "rowsAsked" if permission.asked or self.asks_everybody else "rowsWhere"
            self._say(filter_of(rows, where, combined_rows(rule, written)), permission.origin)
        gaps = dict.fromkeys(gap for part in parts for gap in part.diagnostics)
        self.rules[permission.name] = Rule(permission, *asked, name, text.strip(), rows, tuple(gaps))

    def _general(self, said: Expression, general: Predicate) -> tuple[Expression, list[Written]]:
        """Or by one of the project's own backends, where it says yes to anybody."""
        found = []
        if self.asks_everybody:  # the user model answers before anything is granted
            said = Name("nothing")
        for key in atoms(general):
            translated = self.translator.atom(key, None)
            if translated.condition == FALSE:
                continue
            name = predicate_name(translated.body.label, self.taken)
            written = write_predicate(name, translated, Subject("", self.properties), "unknown", self.aliases)
            self._say(written.text, written.origin)
            self.conditions += [written.condition] if written.condition is not None else []
            said = method(said, "or", call("inGeneral", Name(name)))
            found.append(written)
        return said, found

    def _tables(self) -> dict[str, str]:
        """Constant -> module of the schema, for every table that a filter reads."""
        found = {}
        read = self.read | {table for table, _ in self.aliases.found.values()}
        for record in self.translator.models.records:
            if record.table and not record.swapped and self.properties.table(record.label) in read:
                found[self.properties.table(record.label)] = self.properties.module(record.label)
        return found
