"""Catalogs and scratch databases of the schemas seen last: a file of pairs usually has few."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Engine, Scratch
from workbench.equivalence.impossible import refuse_impossible_checks

EngineFactory = Callable[[Dialect], Engine | None]
# What another server may well have: types and functions of an extension, collations of ICU
_LACKING = re.compile(
    r"^(type|function|collation|operator class|access method) .*does not exist|^no such (function|collation sequence)"
)
_KEPT = 4  # open at a time: each holds a connection and its tables


@dataclass(frozen=True)
class Opened:
    """A schema, its scratch database, and why there is none where there is none."""

    catalog: Catalog
    scratch: Scratch | None
    reason: str = ""

    def close(self) -> None:
        """Gives the database back."""
        if self.scratch is not None:
            self.scratch.close()


class Schemas:
    """Opens schemas by their text, and closes the one not asked for the longest."""

    def __init__(self, factory: EngineFactory) -> None:
        self.factory = factory
        self.engines: dict[Dialect, Engine | None] = {}
        self.held: OrderedDict[tuple[str, Dialect], Opened] = OrderedDict()

    def open(self, ddl: str, dialect: Dialect) -> Opened:
        """The schema of this text; ``WorkbenchError`` where it cannot be read or contradicts itself."""
        key = (ddl, dialect)
        if key not in self.held:
            while len(self.held) >= _KEPT:
                self.held.popitem(last=False)[1].close()
            catalog = read_ddl(ddl, dialect)
            refuse_impossible_checks(catalog)
            self.held[key] = self._opened(catalog, dialect)
        self.held.move_to_end(key)
        return self.held[key]

    def close(self) -> None:
        """Gives all databases back."""
        while self.held:
            self.held.popitem()[1].close()

    def _opened(self, catalog: Catalog, dialect: Dialect) -> Opened:
        if dialect not in self.engines:
            self.engines[dialect] = self.factory(dialect)
        engine = self.engines[dialect]
        if engine is None:
            return Opened(catalog, None, f"no {dialect} database to run on")
        try:
            return Opened(catalog, engine.create(catalog))
        except WorkbenchError as error:
            if not _LACKING.search(error.diagnostics[0].fact):
                raise
            return Opened(catalog, None, f"the database lacks what the schema needs: {error.diagnostics[0].fact}")
