"""The migration workbench: a Django code base beside Drizzle and SQL, with verdicts.

import workbench as wb
shop = wb.open("sample_projects/bookshop")
shop.models["catalog.Book"]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.comparison import Comparison, compare
    from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
    from workbench.session import Workbench, open
    from workbench.verdict import Different, Equivalent, Undecided, Verdict

__all__ = [
    "Comparison",
    "Diagnostic",
    "Different",
    "Equivalent",
    "Fidelity",
    "Origin",
    "Undecided",
    "Verdict",
    "Workbench",
    "WorkbenchError",
    "compare",
    "open",
]


_HOMES = {
    "workbench.comparison": ("Comparison", "compare"),
    "workbench.diagnostic": ("Diagnostic", "Fidelity", "Origin", "WorkbenchError"),
    "workbench.session": ("Workbench", "open"),
    "workbench.verdict": ("Different", "Equivalent", "Undecided", "Verdict"),
}


def __getattr__(name: str) -> Any:
    """The public names, imported at first use: `workbench equiv` needs neither Node nor Django."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext workbench``."""
    from workbench.notebook import load_ipython_extension as load

    load(shell)
