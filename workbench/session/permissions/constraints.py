"""What the checks of tables rule out of the things that a case may hold."""

from __future__ import annotations

from workbench.catalog.table import Catalog
from workbench.equivalence.generation.completing import Completer
from workbench.policies.cases.worlds import Mark, Thing, Value
from workbench.policies.models import Models
from workbench.values import Wire, to_wire


class Constraints:
    """Asked whether a thing can be a row of its table."""

    def __init__(self, catalog: Catalog, models: Models) -> None:
        self.models, self._catalog, self._completer = models, catalog, Completer(catalog)

    def __call__(self, thing: Thing) -> bool:
        """False where a check of its table refuses what is known of it."""
        if thing.who is not None or not thing.model:
            return True
        table = self.models.record(thing.model).table
        if table not in self._catalog:
            return True
        given: dict[str, Wire] = {}
        for name, _ in (*thing.values, *thing.objects):
            item = self.models.field(thing.model, name)
            if item is not None and item.column:
                given[item.column] = _stand_in(thing.value(name))
        return self._completer.possible(table, given)


def _stand_in(value: Value) -> Wire:
    """A key that is not known yet is some number."""
    return (-1 if value is not Mark.GROUP else "a group") if isinstance(value, Mark) else to_wire(value)
