"""Decides whether two SQL queries mean the same. Knows SQL and a catalog; never Django or Drizzle."""

from workbench.equivalence.bindings import Shared
from workbench.equivalence.decide import decide
from workbench.equivalence.parse import ParsedQuery, parse_query

__all__ = ["ParsedQuery", "Shared", "decide", "parse_query"]
