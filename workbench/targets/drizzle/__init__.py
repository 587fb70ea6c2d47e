"""Drizzle ORM: schema and queries."""
