"""SQLite's own meanings, settled before any proof: conversions by affinity, first rows, columns beside aggregates."""

from workbench.equivalence.sqlite_reading.comparisons import Unsettled
from workbench.equivalence.sqlite_reading.reading import reading, settled_check

__all__ = ["Unsettled", "reading", "settled_check"]
