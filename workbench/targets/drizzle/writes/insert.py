"""``db.insert(table).values(…)`` with its forms of ON CONFLICT."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from workbench.targets.drizzle.queries.clauses import only
from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.drizzle.writes.writing import Target, Writing
from workbench.targets.typescript import Array, Expression, Name, Object, method


def insert(writing: Writing, node: exp.Expression) -> Expression:
    """An INSERT of given rows; columns left to their default are left out, as Drizzle leaves them."""
    only(node, "this", "expression", "conflict", "returning", "alternative")
    if not isinstance(node.this, exp.Schema):
        raise Untranslatable(node.sql("postgres")[:80], "it names no columns")
    target = writing.target(node.this.this)
    columns = [part.name for part in node.this.expressions]
    rows = tuple(Object(tuple(row)) for row in _rows(writing, target, columns, node.expression))
    code: Expression = method(Name("db"), "insert", target.code)
    code = method(code, "values", rows[0] if len(rows) == 1 else Array(rows))
    code = _ignoring(writing, code, node) or _conflict(writing, target, code, node.args.get("conflict"))
    return writing.returning(code, target, node)


def _ignoring(writing: Writing, code: Expression, node: exp.Expression) -> Expression | None:
    """SQLite's INSERT OR IGNORE."""
    if not node.args.get("alternative"):
        return None
    if node.args["alternative"] != "IGNORE" or node.args.get("conflict") is not None:
        raise Untranslatable(node.sql("sqlite")[:80], "this form of INSERT has no Drizzle form")
    fact = "Django's INSERT OR IGNORE leaves out rows that break NOT NULL or CHECK, too; this one refuses them"
    writing.w.notes.append(("INSERT OR IGNORE", fact))
    return method(code, "onConflictDoNothing")


def _rows(
    writing: Writing, target: Target, columns: list[str], source: exp.Expression
) -> Iterator[list[tuple[str, Expression]]]:
    if isinstance(source, exp.Values):
        for row in source.expressions:
            cells = row.expressions if isinstance(row, exp.Tuple) else [row]
            yield [
                (writing.key(target, column), writing.value(target, column, cell))
                for column, cell in zip(columns, cells, strict=True)
                if not _is_default(cell) and not _is_counted(target, column, cell)
            ]
    else:
        yield from _unnested(writing, target, columns, source)


def _is_default(cell: exp.Expression) -> bool:
    return isinstance(cell, exp.Var) and cell.name.upper() == "DEFAULT"


def _is_counted(target: Target, column: str, cell: exp.Expression) -> bool:
    """NULL in SQLite's key of whole numbers: the next one."""
    key = target.table.primary_key
    integer = key is not None and key.columns == (column,) and target.table.column(column).type.lower() == "integer"
    return integer and isinstance(cell, exp.Null)


def _unnested(
    writing: Writing, target: Target, columns: list[str], source: exp.Expression
) -> Iterator[list[tuple[str, Expression]]]:
    """``SELECT * FROM UNNEST(array, …)``: Django sends many rows as one array a column."""
    arrays = [_array(writing, part) for part in _unnest(source)]
    if len(arrays) != len(columns) or len({len(array) for array in arrays}) != 1:
        raise Untranslatable(source.sql("postgres")[:80], "its arrays are not one a column, of one length")
    for row in zip(*arrays, strict=True):
        yield [
            (writing.key(target, column), writing.constant(target, column, value))
            for column, value in zip(columns, row, strict=True)
        ]


def _unnest(source: exp.Expression) -> list[exp.Expression]:
    origin = source.args.get("from_") or source.args.get("from") if isinstance(source, exp.Select) else None
    everything = [type(part) for part in source.expressions] == [exp.Star]
    if origin is None or not isinstance(origin.this, exp.Unnest) or not everything:
        raise Untranslatable(source.sql("postgres")[:80], "rows of another query are not inserted here")
    return list(origin.this.expressions)


def _array(writing: Writing, part: exp.Expression) -> list[object]:
    value = value_of(writing.w, part.this if isinstance(part, exp.Cast) else part)
    if value is MISSING or not isinstance(value, list):
        raise Untranslatable(part.sql("postgres")[:80], "this is no array of values")
    return value


def _conflict(writing: Writing, target: Target, code: Expression, conflict: exp.Expression | None) -> Expression:
    if conflict is None:
        return code
    keys = [
        key.this.name if isinstance(key, exp.Ordered) else key.name for key in conflict.args.get("conflict_keys") or []
    ]
    action = conflict.args["action"].name.upper()
    only(conflict, "action", "conflict_keys", "expressions")
    options: list[tuple[str, Expression]] = [("target", writing.several(target, keys))] if keys else []
    if action == "DO NOTHING":
        return method(code, "onConflictDoNothing", *([Object(tuple(options))] if options else []))
    if action != "DO UPDATE" or not keys:
        raise Untranslatable(conflict.sql("postgres"), "this form of ON CONFLICT is not read")
    options.append(("set", Object(tuple(_excluded(writing, target, part) for part in conflict.expressions))))
    return method(code, "onConflictDoUpdate", Object(tuple(options)))


def _excluded(writing: Writing, target: Target, part: exp.Expression) -> tuple[str, Expression]:
    """``column = EXCLUDED.column``: the value that the refused row had."""
    value = part.expression
    if not isinstance(value, exp.Column) or value.table.upper() != "EXCLUDED" or value.name not in target.columns:
        raise Untranslatable(part.sql("postgres"), "only values of the refused row are taken over")
    return writing.key(target, part.this.name), writing.w.helper("excluded", target.columns[value.name].code)
