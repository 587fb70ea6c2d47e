"""The migration workbench: a Django code base beside Drizzle and SQL, with verdicts.

import workbench as wb
shop = wb.open("sample_projects/bookshop")
shop.models["catalog.Book"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.verdict import Different, Equivalent, Undecided, Verdict

if TYPE_CHECKING:
    from workbench.session import Workbench, open

__all__ = [
    "Diagnostic",
    "Different",
    "Equivalent",
    "Fidelity",
    "Origin",
    "Undecided",
    "Verdict",
    "Workbench",
    "WorkbenchError",
    "open",
]


def __getattr__(name: str) -> Any:
    """The session's names, imported at first use: `workbench equiv` needs neither Node nor Django."""
    if name in ("Workbench", "open"):
        from workbench import session

        return getattr(session, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext workbench``."""
    from workbench.notebook import load_ipython_extension as load

    load(shell)
