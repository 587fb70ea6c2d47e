"""One permission and its three layers: a WHERE for lists, a check before a write, booleans for the interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.display import Block, Code, Columns, Displayed, Judgement, Page
from workbench.policies.access import body_of
from workbench.policies.policy import Body, Permission, Policies
from workbench.policies.translating import Translator, atoms
from workbench.session.tables.model import verdict_badge
from workbench.targets.rules.app_module import Rule
from workbench.targets.rules.loaders import loaders
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.render import FOLDER, app_modules, rules_of
from workbench.targets.rules.table import rule_text
from workbench.verdict import Verdict

if TYPE_CHECKING:
    from workbench.session.workbench import Workbench

_WORD = re.compile(r"[A-Za-z_]\w*")
_DECLARED = re.compile(r"^(?:export )?const (\w+) =", re.MULTILINE)


@dataclass(frozen=True)
class LayersView(Displayed):
    """The rule in Python and in TypeScript, and what the three layers ask.

    ``module``: the TypeScript it stands in; ``table``: the object's, by its TypeScript name; ``capabilities``: the
    function that answers for a page of objects, "" where the rules look at the user only.
    """

    rule: Rule
    bodies: tuple[Body, ...]
    module: str
    table: str
    capabilities: str
    said: str  # the rule as django-rules prints it
    verdict: Verdict | None = None

    def page(self) -> Page:
        """Predicates side by side, then the layers; the verdict where both sides were tried."""
        blocks: list[Block] = [self._rules(), *self._layers()]
        if self.verdict:
            blocks.append(Judgement(self.verdict, "Django", "TypeScript"))
        badges = (verdict_badge(self.verdict),) if self.verdict else ()
        return Page(self.rule.permission.name, tuple(blocks), badges, self.rule.permission.origin)

    def _rules(self) -> Columns:
        permission = self.rule.permission
        django = [body.source.rstrip() for body in self.bodies]
        written = f"# {permission.name}\n{self.said}"
        return Columns(
            (
                Code("\n\n".join((*django, written)), "python", "Django", permission.origin),
                Code("\n".join((*self._declared(self.rule.text), self.rule.text)), "typescript", "TypeScript"),
            )
        )

    def _layers(self) -> Iterator[Block]:
        """What an application writes for each layer."""
        name = f'"{self.rule.name}"'
        if not self.rule.filter:
            yield Code(f"can({self.rule.registry}, user, {name}, undefined)", "typescript", "Asked without an object")
            return
        where = "\n".join(self._declared(self.rule.filter))
        use = f"db.select().from({self.table}).where({self.rule.filter}(viewer));"
        yield Code(f"{where}\n\n{use}", "typescript", "1. A list shows only what may be seen")
        yield Code(f"requireRule({self.rule.registry}, user, {name}, context);", "typescript", "2. Before a write")
        if self.capabilities:
            shown = f"const may = await {self.capabilities}(db, viewer, keys);\nmay.get(key)?.[{name}];"
            yield Code(shown, "typescript", "3. Booleans for the interface: a page of objects in a few queries")

    def _declared(self, text: str) -> list[str]:
        """The constants of the module that a text names, and those that these name, in the module's order."""
        blocks = dict(_blocks(self.module))
        wanted, found = _WORD.findall(text), set[str]()
        while wanted:
            name = wanted.pop()
            if name in blocks and name not in found:
                found.add(name)
                wanted += _WORD.findall(blocks[name])
        return [text for name, text in blocks.items() if name in found - {self.rule.registry, "rows"}]


def _blocks(module: str) -> Iterator[tuple[str, str]]:
    """The constants that a module declares, each with its text."""
    starts = [(found.start(), found[1]) for found in _DECLARED.finditer(module)]
    for start, name in starts:
        end = module.find(";\n", start)
        yield name, module[start : end + 1]


def _said(permission: Permission, policies: Policies) -> Iterator[str]:
    """How Django decides it: by a rule or in general, and by what its other backends hold of the object."""
    yield rule_text(permission.rule, policies) if permission.rule else "# granted in general"
    keys = atoms(permission.about_object) if permission.about_object else ()
    if any(key.startswith("guardian ") for key in keys):
        yield "# or granted on the object itself, by django-guardian"


def layers(shop: Workbench, permission: str) -> LayersView:
    """The view of one permission of the project's own. WorkbenchError for a name that is not known."""
    modules = app_modules(shop.policies, shop.inspection, shop.names)
    rules = rules_of(modules)
    if permission not in rules:
        fact, help = "the project has no such permission of its own", f"One of: {', '.join(rules)}."
        place = Origin("permissions")
        raise WorkbenchError(Diagnostic("permission-unknown", place, permission, fact, help, Fidelity.ERROR))
    rule = rules[permission]
    app, model = permission.partition(".")[0], rule.permission.model or ""
    keys = dict.fromkeys(atoms(rule.permission.rule)) if rule.permission.rule else {}
    loader = next((found for found in loaders(modules) if (found.app, found.model) == (app, model)), None)
    return LayersView(
        rule,
        tuple(body_of(key, shop.policies) for key in keys),
        shop.permissions.rendering.artifact(f"{FOLDER}/{app}.ts").text,
        Properties(Translator.of(shop.policies, shop.inspection).models, shop.names).table(model) if model else "",
        loader.capabilities if loader else "",
        "\n".join(_said(rule.permission, shop.policies)),
        shop.permissions.verdict(permission),
    )
