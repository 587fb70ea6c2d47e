"""The users and objects of a permission matrix as rows that a scratch database accepts."""

from workbench.session.permissions.data.matrix_data import MatrixData
from workbench.session.permissions.data.rows import FIRST, FURNISHED, Rows

__all__ = ["FIRST", "FURNISHED", "MatrixData", "Rows"]
