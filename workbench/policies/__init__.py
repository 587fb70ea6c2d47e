"""Permissions: model, object, view and queryset rules as predicates."""
