"""One guard as the agent tells it, and the ways in which guards refuse."""

import inspect

from . import guard_functions, places

# How a guard refuses a visitor, and somebody who is signed in; 401 is the redirect to the login page
TO_LOGIN, FORBIDDEN, NOT_FOUND, BY_VISITOR = (401, 401), (403, 403), (404, 404), (401, 403)


def guard(kind, place, permissions=(), test=None, tree=None, refusal=BY_VISITOR):
    """One guard; ``test`` is the function that decides, where a person wrote it."""
    return {
        "kind": kind,
        "permissions": list(permissions),
        "origin": guard_functions.origin(place),
        "source": guard_functions.source(place) if is_own_function(place) else "",
        "test": guard_functions.body(test) if inspect.isfunction(test) else None,
        "tree": tree,
        "refusal": list(refusal),
        "methods": [],
        "explored": None,
        "unread": "",
        "early": None,
    }


def is_own_function(thing):
    """Whether it is a function that the project's own files define."""
    return inspect.isfunction(thing) and places.is_own(thing.__code__.co_filename)


def names(permission):
    """The permissions that a guard was given: one, or several."""
    return [permission] if isinstance(permission, str) else [str(item) for item in permission]
