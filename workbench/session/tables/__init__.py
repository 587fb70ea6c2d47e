"""The project's tables: models beside their Drizzle form, both databases made and compared."""
