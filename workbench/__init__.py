"""The migration workbench: a Django code base beside Drizzle and SQL, with verdicts."""
