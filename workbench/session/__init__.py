"""One opened project and everything computed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.session.opening import open
    from workbench.session.workbench import Workbench

__all__ = ["Workbench", "open"]


def __getattr__(name: str) -> Any:
    """The names above at first use: `workbench equiv` opens no project, and does not wait for what a project needs."""
    if name == "open":
        from workbench.session.opening import open

        return open
    if name == "Workbench":
        from workbench.session.workbench import Workbench

        return Workbench
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
