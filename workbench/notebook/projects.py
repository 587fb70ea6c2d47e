"""Which opened project a magic means: those that the notebook's variables hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.session.querysets.query import QueryView
from workbench.session.workbench import Workbench


@dataclass
class Projects:
    """The projects in a namespace, and the last queryset that was shown of each of them."""

    namespace: Mapping[str, object]
    last: tuple[Workbench, QueryView] | None = None
    _hidden: tuple[str, ...] = field(default=("_",), repr=False)

    def opened(self) -> dict[str, Workbench]:
        """Variable to project; a project with several names is listed under its first."""
        found: dict[str, Workbench] = {}
        for name, value in self.namespace.items():
            if isinstance(value, Workbench) and not name.startswith(self._hidden) and value not in found.values():
                found[name] = value
        return found

    def named(self, name: str = "") -> Workbench:
        """The project in the variable ``name``, or the only one; WorkbenchError lists what there is."""
        opened = self.opened()
        if name:
            value = self.namespace.get(name)
            if isinstance(value, Workbench):
                return value
            raise mistake("notebook.project", name, "is not an opened project", _known(opened))
        if len(opened) == 1:
            return next(iter(opened.values()))
        if opened:
            raise mistake("notebook.project", "project", f"{len(opened)} are open", _known(opened))
        raise mistake("notebook.project", "project", "none is open", 'open one: shop = wb.open("path/to/project")')

    def last_query(self) -> tuple[Workbench, QueryView]:
        """The queryset that ``%%drizzle`` is compared with."""
        if self.last is None:
            raise mistake("notebook.queryset", "%%drizzle", "has no queryset to compare with", "run %%queryset first")
        return self.last


def _known(opened: Mapping[str, Workbench]) -> str:
    return f"name one of: {', '.join(opened)}" if opened else 'open one: shop = wb.open("path/to/project")'


def mistake(code: str, thing: str, fact: str, help: str) -> WorkbenchError:
    """A user's mistake in a cell."""
    return WorkbenchError(Diagnostic(code, Origin("this cell"), thing, fact, help, Fidelity.ERROR))
