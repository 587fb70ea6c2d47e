"""A database of the user's own, which is only read."""
