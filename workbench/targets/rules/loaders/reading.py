"""The rows that a loader reads, and what hangs on them: one query each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.policies.condition import Above, Some
from workbench.targets.rules.contexts import Shape
from workbench.targets.rules.loaders.columns import Columns
from workbench.targets.rules.properties import Step
from workbench.targets.typescript import (
    Expression,
    Literal,
    Name,
    Object,
    Verbatim,
    call,
    flat,
    method,
    print_expression,
)


def found_rows(columns: Columns, name: str, node: Shape, by: Expression) -> str:
    """The rows, and all that hangs on them: one query each."""
    chosen = call("inArray", by, Name("keys"))
    parts = (("key", by), *_links(columns, node), ("row", columns.row(node)))
    select = _selected(parts, columns.table(node.model), chosen)
    lines = [f"  const found = await {print_expression(select, 1, 20, 1)};\n"]
    lines += [_objects(columns, name, property, step) for property, (step, _) in node.objects.items()]
    lines += [_chain(columns, name, property, above) for property, (above, _) in node.chains.items()]
    lines += [_rows(columns, name, property, some, inner) for property, (some, inner) in node.rows.items()]
    return "".join(lines)


def _links(columns: Columns, node: Shape) -> Iterator[tuple[str, Expression]]:
    """The foreign keys that lead on, and the columns that other rows refer to."""
    for property, (step, _) in node.objects.items():
        yield f"to_{property}", columns.column(*step.source)
    for property, (some, _) in node.rows.items():
        yield f"of_{property}", columns.column(node.model, columns.owner(some))
    for property in node.chains:
        yield f"of_{property}", columns.key(node)


def _objects(columns: Columns, name: str, property: str, step: Step) -> str:
    keys = f"found.map((one) => one.to_{property})"
    keys = f"present({keys})" if step.nullable else keys
    return f"  const {property}Of = await {inner_name(name, property)}(db, {keys});\n"


def _chain(columns: Columns, name: str, property: str, above: Above) -> str:
    """The rows above, in one recursive query."""
    table = columns.table(above.model)
    ends = [f"climber.{columns.properties.column(above.model, field)}" for field in ("pk", above.parent)]
    start = f"sql`${{{ends[0]}}} from ${{{table}}} as ${{climber}} where ${{inArray({ends[0]}, starts)}}`"
    sql_name = f"{columns.properties.sql_table(above.model)}_above"
    return (
        f"  const {property}Of = await ((): ReturnType<typeof {inner_name(name, property)}> => {{\n"
        f"    const climber = alias({table}, {flat(Literal(sql_name))});\n"
        f"    const starts = found.map((one) => one.of_{property});\n"
        f"    const line = lineage({table}, climber, {', '.join(ends)}, {start});\n"
        f"    return {inner_name(name, property)}(db, starts.length ? line : []);\n  }})();\n"
    )


def _rows(columns: Columns, name: str, property: str, some: Some, inner: Shape) -> str:
    owners = f"found.map((one) => one.of_{property})"
    owners = f"{owners}.map(String)" if some.keyed == "text" else owners
    if not plain(inner):
        return f"  const {property}Of = await {inner_name(name, property)}(db, {owners});\n"
    link = columns.column(some.model, columns.properties.column(some.model, some.link))
    parts = (("of", link), ("row", columns.row(inner)))
    select = _selected(parts, columns.table(some.model), call("inArray", link, Verbatim(owners)))
    return f"  const {property}Of = grouped(await {print_expression(select, 1, 24, 2)});\n"


def plain(node: Shape) -> bool:
    """Whether rows hold columns only: then they are read where they are needed."""
    return not (node.objects or node.rows or node.chains)


def inner_name(name: str, property: str) -> str:
    """The function that loads what a property of a context holds."""
    return f"{name}{property[:1].upper()}{property[1:]}"


def _selected(parts: Sequence[tuple[str, Expression]], table: str, where: Expression) -> Expression:
    return method(method(method(Name("db"), "select", Object(tuple(parts))), "from", Name(table)), "where", where)
