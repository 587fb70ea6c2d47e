"""Permissions in TypeScript: a typed predicate registry, SQL filters, and guards for server functions."""
