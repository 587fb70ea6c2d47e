"""Monkey patches: attributes of Django's classes that hold something else for a while."""

import contextlib


@contextlib.contextmanager
def patched(patches):
    """Inside, each (class, attribute, replacement) is in place; then what was there is put back."""
    saved = [(owner, name, owner.__dict__.get(name)) for owner, name, _ in patches]
    try:
        for owner, name, replacement in patches:
            setattr(owner, name, replacement)
        yield
    finally:
        for owner, name, original in saved:
            if original is None:
                delattr(owner, name)
            else:
                setattr(owner, name, original)
