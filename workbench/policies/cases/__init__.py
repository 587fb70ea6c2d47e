"""Users and objects on which a permission is tried: every way its parts can be true or false."""
