"""Permission classes of Django REST framework before each method of a view, as a tree of what they ask."""

import inspect

from . import guard_functions, places

_BASE = "rest_framework.permissions."
_GRANTED = "permission:"
_SAFE = ("GET", "HEAD", "OPTIONS")
_PARTS = {"AND": "and", "OR": "or", "NOT": "not"}
_YES, _SIGNED_IN = {"atom": _BASE + "AllowAny", "tests": {}}, {"atom": _BASE + "IsAuthenticated", "tests": {}}


class _Request:
    """All that is known of a request before there is one."""

    def __init__(self, method):
        self.method = method


def trees(callback, kind, methods):
    """``[(methods, tree)]``: those whose permission classes ask the same stand together; tree None where unknown."""
    if not hasattr(kind, "get_permissions") or not hasattr(kind, "permission_classes"):
        return []
    groups = []
    for method in methods:
        found = _tree_before(callback, kind, method)
        same = next((group for group in groups if group[1] == found), None)
        if same is None:
            groups.append(([method], found))
        else:
            same[0].append(method)
    return groups


def about_one_object(callback, kind):
    """Whether the view answers for one object, which its classes are asked about a second time."""
    known = getattr(callback, "initkwargs", None) or {}
    if getattr(callback, "actions", None):
        return bool(known.get("detail"))
    return hasattr(kind, "get_object") and not hasattr(kind, "list")


def asks_objects(tree):
    """The classes that decide about single objects."""
    if "of" in tree:
        return [name for part in tree["of"] for name in asks_objects(part)]
    return [tree["atom"]] if tree.get("object") else []


def permissions_in(tree):
    """The permissions granted in general that a tree asks for."""
    if "of" in tree:
        return list(dict.fromkeys(name for part in tree["of"] for name in permissions_in(part)))
    return [tree["atom"][len(_GRANTED) :]] if tree["atom"].startswith(_GRANTED) else []


def _tree_before(callback, kind, method):
    """What ``get_permissions()`` names for this method; None where it wants to see a request."""
    try:
        view = kind(**(getattr(callback, "initkwargs", None) or {}))
        view.action = (getattr(callback, "actions", None) or {}).get(method.lower())
        view.request, view.args, view.kwargs = _Request(method), (), {}
        parts = [_tree(item, kind, method) for item in view.get_permissions()]
    except Exception:  # the project's own code, which may ask for anything
        return None
    return parts[0] if len(parts) == 1 else {"op": "and", "of": parts}


def _tree(item, kind, method):
    operator = _PARTS.get(type(item).__name__) if type(item).__module__ == _BASE[:-1] else None
    if operator == "not":
        return {"op": "not", "of": [_tree(item.op1, kind, method)]}
    if operator:
        return {"op": operator, "of": [_tree(item.op1, kind, method), _tree(item.op2, kind, method)]}
    return _with_object(item, _general(item, kind, method))


def _general(item, kind, method):
    """What ``has_permission`` of one class asks."""
    owner = _owner(type(item), "has_permission")
    rule = _KNOWN.get(owner.__name__) if owner.__module__ == _BASE[:-1] else None
    if rule is not None:
        return rule(item, kind, method)
    test = inspect.getattr_static(type(item), "has_permission")
    own = inspect.isfunction(test) and places.is_own(test.__code__.co_filename)
    tests = {"has_permission": guard_functions.body(test)} if own else {}
    return {"atom": guard_functions.dotted(type(item)), "tests": tests}


def _owner(kind, name):
    return next(base for base in kind.__mro__ if name in vars(base))


def _with_object(item, tree):
    """Marked where the class decides about single objects, too."""
    method = inspect.getattr_static(type(item), "has_object_permission", None)
    if not inspect.isfunction(method) or _owner(type(item), "has_object_permission").__name__ == "BasePermission":
        return tree
    own = places.is_own(method.__code__.co_filename)
    tests = {"has_object_permission": guard_functions.body(method)} if own else {}
    name = guard_functions.dotted(type(item))
    if tree.get("atom") == name:
        return dict(tree, tests=dict(tree["tests"], **tests), object=True)
    one = {"atom": name, "tests": tests, "object": True}
    return one if tree == _YES else {"op": "and", "of": [tree, one]}


def _of_model(item, kind, method):
    """``DjangoModelPermissions``: those that its map names for the method, of the view's model."""
    named = item.perms_map.get(method) if not getattr(kind, "_ignore_model_permissions", False) else []
    model = getattr(getattr(kind, "queryset", None), "model", None)
    if named is None or (named and model is None):
        return {"atom": guard_functions.dotted(type(item)), "tests": {}}
    signed_in = [_SIGNED_IN] if item.authenticated_users_only else []
    names = [name % {"app_label": model._meta.app_label, "model_name": model._meta.model_name} for name in named]
    parts = signed_in + [{"atom": _GRANTED + name, "tests": {}} for name in names]
    return parts[0] if len(parts) == 1 else {"op": "and", "of": parts} if parts else _YES


_KNOWN = {
    "BasePermission": lambda item, kind, method: _YES,
    "AllowAny": lambda item, kind, method: _YES,
    "IsAuthenticated": lambda item, kind, method: _SIGNED_IN,
    "IsAdminUser": lambda item, kind, method: {"atom": _BASE + "IsAdminUser", "tests": {}},
    "IsAuthenticatedOrReadOnly": lambda item, kind, method: _YES if method in _SAFE else _SIGNED_IN,
    "DjangoModelPermissions": _of_model,
}
