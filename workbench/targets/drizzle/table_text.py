"""One table as its ``pgTable`` or ``sqliteTable`` statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.catalog.table import Table
from workbench.inspection.records import ModelRecord
from workbench.targets.drizzle.columns import ColumnText
from workbench.targets.drizzle.keys import KeyText
from workbench.targets.drizzle.module_text import INDENT, ModuleText
from workbench.targets.drizzle.spreads import Run, is_spread
from workbench.targets.typescript import comment, quote


@dataclass(frozen=True)
class TableText:
    """Everything that one table statement is printed from."""

    table: Table
    model: ModelRecord
    name: str
    runs: tuple[Run, ...]
    keys: tuple[KeyText, ...]

    @property
    def columns(self) -> tuple[ColumnText, ...]:
        """All columns, those of abstract bases included."""
        return tuple(column for run in self.runs for column in run.columns)


def write_table(
    text: TableText,
    module: ModuleText,
    builder: str,
    shared: Mapping[str, Run],
    spreads: Mapping[str, str],
    in_cycle: bool,
) -> None:
    """Adds the statement to its module, and an empty line."""
    module.uses.add(builder)
    for line in _title(text.model):
        module.add(line, text.model.origin)
    opening = f"export const {text.name} = {builder}("
    if text.keys:
        module.add(f"{opening}\n{INDENT}{quote(text.table.name)},\n{INDENT}{{", text.model.origin)
    else:
        module.add(f"{opening}{quote(text.table.name)}, {{", text.model.origin)
    write_columns(text.runs, module, shared, spreads, 2 if text.keys else 1)
    if text.keys:
        _write_keys(text, module, builder, in_cycle)
    module.add(");\n" if text.keys else "});\n")


def write_columns(
    runs: tuple[Run, ...], module: ModuleText, shared: Mapping[str, Run], spreads: Mapping[str, str], indent: int
) -> None:
    """The properties; a run that a base's function gives is one spread."""
    for run in runs:
        if is_spread(run, shared):
            module.uses.add(spreads[run.base])
            module.add(f"{INDENT * indent}...{spreads[run.base]}(),")
            continue
        for column in run.columns:
            write_property(column, module, indent)


def write_property(column: ColumnText, module: ModuleText, indent: int) -> None:
    """One column with its comments."""
    for text in column.comments:
        for line in comment(text).split("\n"):
            module.add(INDENT * indent + line, column.origin)
    module.expression(f"{column.prop}: ", column.expression, ",", indent, column.origin)


def _write_keys(text: TableText, module: ModuleText, builder: str, in_cycle: bool) -> None:
    """The list of keys. Tables that refer to each other in a circle need its type, or the compiler infers forever."""
    result = {"pgTable": "PgTableExtraConfigValue", "sqliteTable": "SQLiteTableExtraConfigValue"}[builder]
    head = f"(table): {result}[] => [" if in_cycle else "(table) => ["
    if in_cycle:
        module.uses.add(result)
    module.add(f"{INDENT}}},\n{INDENT}{head}")
    for key in text.keys:
        for note in key.comments:
            module.add(f"{INDENT * 2}{comment(note)}", key.origin)
        module.expression("", key.expression, ",", 2, key.origin)
    module.add(f"{INDENT}],")


def _title(model: ModelRecord) -> list[str]:
    """The class's own docstring, first paragraph; and what is special about its table."""
    doc = model.doc.strip().split("\n\n")[0]
    lines = [] if not doc or doc.startswith(f"{model.name}(") else comment(doc).split("\n")
    if not model.managed:
        lines.append("// Unmanaged: something else than Django's migrations makes this table.")
    for parent in model.parents:
        lines.append(f"// Inherits from {parent} (multi-table): its row has the same key in the parent's table.")
    return [line.replace("\n", " ") for line in lines]
