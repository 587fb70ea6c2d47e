"""``%load_ext workbench``: puts the magics and their completion into a running IPython."""

from __future__ import annotations

from IPython.core.interactiveshell import InteractiveShell

from workbench.notebook.completing import matcher
from workbench.notebook.magics import CELL_MAGICS, LINE_MAGICS, Magics


def load(shell: InteractiveShell) -> None:
    """Registers everything; loading twice replaces what was there."""
    magics = Magics(shell)
    for kind, table in (("line", LINE_MAGICS), ("cell", CELL_MAGICS)):
        for name, method in table.items():
            shell.register_magic_function(getattr(magics, method), kind, name)
    matchers = shell.Completer.custom_matchers
    matchers[:] = [known for known in matchers if getattr(known, "matcher_identifier", "") != "workbench"]
    matchers.append(matcher(magics.projects))
