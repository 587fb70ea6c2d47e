"""Which tables have to be filled, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.catalog.table import Catalog, ForeignKey, Table


def must_refer(table: Table, key: ForeignKey) -> bool:
    """Can no row of the table leave this foreign key NULL?"""
    return all(not table.column(name).nullable for name in key.columns)


def referenced(catalog: Catalog, wanted: Iterable[str]) -> list[Table]:
    """The wanted tables, those they refer to, and all that these must refer to."""
    asked = [name for name in wanted if name in catalog]
    found = dict.fromkeys(asked)
    for name in asked:
        found.update(dict.fromkeys(key.target for key in catalog.table(name).foreign_keys if key.target in catalog))
    waiting = list(found)
    while waiting:
        table = catalog.table(waiting.pop())
        for key in table.foreign_keys:
            if key.target in catalog and key.target not in found and must_refer(table, key):
                found[key.target] = None
                waiting.append(key.target)
    return [catalog.table(name) for name in found]


def table_order(catalog: Catalog, tables: list[Table]) -> list[Table]:
    """Referenced tables first; a cycle is entered where the fewest references must hold."""
    names = {table.name for table in tables}
    waiting, done = sorted(tables, key=lambda t: t.name), []
    placed: set[str] = set()
    while waiting:
        best = min(waiting, key=lambda t: (_open(t, names - placed, True), _open(t, names - placed, False)))
        waiting.remove(best)
        placed.add(best.name)
        done.append(best)
    return done


def _open(table: Table, unplaced: set[str], only_required: bool) -> int:
    keys = (key for key in table.foreign_keys if key.target in unplaced and key.target != table.name)
    return sum(1 for key in keys if not only_required or must_refer(table, key))
