"""What a module of rules declares beside its rules: imports, types of contexts, registries, second names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from workbench.catalog.table import Dialect
from workbench.policies.condition import Condition
from workbench.targets.rules.contexts import needs_object, shape_of
from workbench.targets.rules.properties import Properties
from workbench.targets.rules.row_tests import Aliases
from workbench.targets.rules.rule_names import IMPORTED
from workbench.targets.typescript import Const, Import, Literal, Name, New, call, comment, print_statement

_CORES: dict[Dialect, str] = {"postgres": "drizzle-orm/pg-core", "sqlite": "drizzle-orm/sqlite-core"}


def context_type(name: str, model: str | None, conditions: Sequence[Condition], properties: Properties) -> str:
    """The type of what has to be known of an object."""
    reading = [condition for condition in conditions if needs_object(condition)]
    if not reading or model is None:
        return f"/** Its rules look at the user only. */\nexport type {name} = unknown;\n"
    about = comment(f"What the rules about one {model} read of it.")
    return f"{about}\nexport interface {name} {shape_of(model, reading, properties).text()}\n"


def registry_of(name: str, context: str, asked: bool) -> str:
    """``asked``: site admins are asked as everybody is."""
    made = f"new Registry<User, {context}>({'false' if asked else ''})"
    head = "/** What views decide: site admins are asked as everybody is. */\n" if asked else ""
    declared = print_statement(Const(name, New(Name("Registry")), exported=True))
    return head + declared.replace("new Registry()", made) + "\n"


def alias_constants(aliases: Aliases) -> Iterator[str]:
    """``const node2 = alias(node, "protokolln_node_2");`` for tables that stand in a query twice."""
    for name, (table, sql_name) in aliases.found.items():
        yield print_statement(Const(name, call("alias", Name(table), Literal(sql_name)))) + "\n"
    yield "\n" if aliases.found else ""


def imports_of(body: str, tables: Mapping[str, str], dialect: Dialect, aliased: bool = False) -> str:
    """The imports of what the body uses."""
    words = set(re.findall(r"[A-Za-z_$][\w$]*", re.sub(r"^\s*//.*$", "", body, flags=re.M)))
    lines = [*_used("drizzle-orm", IMPORTED["drizzle-orm"], words)]
    core = [name for name, used in (("QueryBuilder", "rows" in words), ("alias", aliased)) if used]
    if core:
        lines.append(Import(_CORES[dialect], tuple(core)))
    for stem in sorted({stem for table, stem in tables.items()}):
        lines += _used(f"../schema/{stem}.ts", [t for t, s in tables.items() if s == stem], set(tables))
    for owned in ("filters", "own", "values"):
        lines += _used(f"./{owned}.ts", IMPORTED[f"{owned}.ts"], words)
    lines.append(Import("./rules.ts", tuple(n for n in IMPORTED["rules.ts"] if n in words), ("User",)))
    text = "".join(print_statement(line) + "\n" for line in lines) + "\n"
    return text + ("const rows = new QueryBuilder();\n\n" if "rows" in words else "")


def _used(module: str, names: Sequence[str], words: set[str]) -> Iterator[Import]:
    found = tuple(name for name in names if name in words)
    if found:
        yield Import(module, found)
