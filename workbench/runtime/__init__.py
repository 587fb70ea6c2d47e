"""The real thing: Node, drizzle-orm, the TypeScript compiler, PostgreSQL and SQLite, as long-lived workers."""
