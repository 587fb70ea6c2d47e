"""Decides whether two SQL queries mean the same. Knows SQL and a catalog; never Django or Drizzle."""
