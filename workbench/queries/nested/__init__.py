"""Nested results: Django's objects with what they prefetched, beside the objects of TypeScript."""
