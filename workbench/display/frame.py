"""A grid as a pandas DataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.display.page import Badge, Cell, Grid

if TYPE_CHECKING:
    import pandas as pd


def dataframe(grid: Grid) -> pd.DataFrame:
    """One row a row; badges become their text, origins ``file:line``."""
    import pandas as pd  # late: half a second that only those who ask for a table should wait

    return pd.DataFrame([[_plain(cell) for cell in row] for row in grid.rows], columns=list(grid.headings))


def _plain(cell: Cell) -> str | int | None:
    if isinstance(cell, Badge):
        return cell.text
    return cell if cell is None or isinstance(cell, (str, int)) else str(cell)
