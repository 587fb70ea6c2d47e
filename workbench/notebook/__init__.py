"""In the notebook: magics with completion, the explorer's widgets, and the command that regenerates stored outputs."""

from __future__ import annotations

from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext workbench``: registers the magics and their completion."""
    from workbench.notebook.extension import load  # late: `workbench lab` needs no IPython of its own

    load(shell)
