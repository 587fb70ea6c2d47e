"""Conditions as rules of a registry of their own: how a matrix tries what is not in the project's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.catalog.table import Dialect
from workbench.policies.condition import Condition
from workbench.targets.rendering import Artifact
from workbench.targets.rules.app_module import alias_constants, imports_of
from workbench.targets.rules.filters import row_filter
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.questions import Subject, question
from workbench.targets.rules.row_tests import Aliases, NoFilter
from workbench.targets.typescript import Arrow, Const, Name, call, print_statement

REGISTRY = "tried"


@dataclass(frozen=True)
class TriedRule:
    """A condition by its name in the registry; ``filter`` "" where SQL cannot be asked in one piece."""

    name: str
    filter: str


def render_tried(
    path: str,
    model: str,
    conditions: Sequence[Condition],
    properties: Properties,
    dialect: Dialect = "postgres",
    above: bool = True,
) -> tuple[Artifact, tuple[TriedRule, ...]]:
    """A module with a registry of these conditions about one model, and what each is called.

    ``above``: a site admin may whatever has a rule.
    """
    subject = Subject(model, properties)
    aliases = Aliases({properties.table(r.label) for r in properties.models.records if _has(r)})
    parts, rules = [f"export const {REGISTRY} = new Registry({'' if above else 'false'});\n"], []
    where = "rowsWhere" if above else "rowsAsked"
    for number, condition in enumerate(conditions):
        name, filter = f"rule{number}", ""
        asked = f"(user, {subject.variable}) => {question(condition, subject)}"
        parts.append(f'{REGISTRY}.add("{name}", predicate("{name}", {asked}));\n')
        try:
            rows = Arrow(("viewer",), call(where, Name("viewer"), row_filter(condition, subject, aliases)))
            parts.append(print_statement(Const(f"{name}Where", rows, exported=True)) + "\n")
            filter = f"{name}Where"
        except NoFilter:
            pass
        rules.append(TriedRule(name, filter))
    body = "".join(parts)
    tables = {properties.table(r.label): properties.module(r.label) for r in properties.models.records if _has(r)}
    body = "".join(alias_constants(aliases)) + body
    used = {table: module for table, module in tables.items() if table in body}
    text = imports_of(body, used, dialect, bool(aliases.found)) + body
    return Artifact(path, "typescript", text), tuple(rules)


def _has(record: object) -> bool:
    return bool(getattr(record, "table", "")) and not getattr(record, "swapped", None)
