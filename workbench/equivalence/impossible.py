"""Tables whose CHECKs no row can satisfy: on them everything is equal to everything, which no one means."""

from __future__ import annotations

from sqlglot import exp

from workbench.catalog.table import Catalog, Table
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.generation import generate_database
from workbench.equivalence.parse import parse_query

_ROWS = 3
_SEED = 1


def refuse_impossible_checks(catalog: Catalog) -> None:
    """``WorkbenchError`` for a table that provably stays empty."""
    if not any(table.checks for table in catalog.tables):
        return
    filled = {table.table for table in generate_database(catalog, _SEED, _ROWS) if table.rows}
    for table in catalog.tables:
        if table.checks and table.name not in filled and _stays_empty(table, catalog):
            said = " AND ".join(check.expression for check in table.checks)
            fact = f"the schema contradicts itself: no row can satisfy CHECK ({said})"
            raise WorkbenchError(
                Diagnostic("ddl.contradiction", Origin("schema"), table.name, fact, fidelity=Fidelity.ERROR)
            )


def _stays_empty(table: Table, catalog: Catalog) -> bool:
    """Does a NOT NULL column of it equal no value at all?"""
    from workbench.equivalence.proof.prove import Proved, prove  # loads z3: only where a table has no rows

    column = next((column for column in table.columns if not column.nullable), None)
    if column is None:
        return False  # a row of NULLs passes any CHECK that names its columns
    source = exp.Table(this=exp.to_identifier(table.name, quoted=True))
    name = exp.column(exp.to_identifier(column.name, quoted=True))
    every = exp.select(exp.Literal.number(1)).from_(source).where(name.eq(exp.Parameter(this=exp.Literal.number(1))))
    sides = [
        parse_query(tree.sql(catalog.dialect), catalog, catalog.dialect, "dollar")
        for tree in (every, every.where(exp.false()))
    ]
    return isinstance(prove(sides[0], sides[1], sides[0].catalog), Proved)
