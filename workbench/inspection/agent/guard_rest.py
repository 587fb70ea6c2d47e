"""Permission classes of Django REST framework before each method of a view, as a tree of what they ask."""

import inspect
import re
from importlib import import_module

from . import guard_functions, places

_BASE = "rest_framework.permissions."
_GRANTED = "permission:"
_ON_OBJECT = "object permission:"
_SAFE = ("GET", "HEAD", "OPTIONS")
_OF_ONE = {"retrieve", "update", "partial_update", "destroy"}  # also where no router says detail=True
_PARTS = {"AND": "and", "OR": "or", "NOT": "not"}
_YES, _SIGNED_IN = {"atom": _BASE + "AllowAny", "tests": {}}, {"atom": _BASE + "IsAuthenticated", "tests": {}}


class _Request:
    """All that is known of a request before there is one."""

    def __init__(self, method):
        self.method = method

    def __getattr__(self, name):
        raise AttributeError("it asks for request.%s" % name)


def trees(callback, kind, methods):
    """``[(methods, tree)]``: those whose permission classes ask the same stand together; tree None where unknown."""
    if not hasattr(kind, "get_permissions") or not hasattr(kind, "permission_classes"):
        return []
    groups = []
    for method in methods:
        found = tree_before(callback, kind, method)
        same = next((group for group in groups if group[1] == found), None)
        if same is None:
            groups.append(([method], found))
        else:
            same[0].append(method)
    return groups


def about_one_object(callback, kind):
    """Whether the view answers for one object, which its classes are asked about a second time."""
    known = getattr(callback, "initkwargs", None) or {}
    actions = getattr(callback, "actions", None)
    if actions:
        return bool(known.get("detail")) or not _OF_ONE.isdisjoint(actions.values())
    return hasattr(kind, "get_object") and not hasattr(kind, "list")


_GETS = re.compile(r"\bget_object\(|\bcheck_object_permissions\(|\bsuper\(\)")


def objects_unknown(callback, kind, method):
    """Why it is not known of which object the classes are asked; "" where it is the one of the view's queryset."""
    if not _is_frameworks_object(kind):
        return "get_object() is the project's own"
    name = (getattr(callback, "actions", None) or {}).get(method.lower(), method.lower())
    handler = inspect.unwrap(getattr(kind, name, None))
    own = not inspect.isfunction(handler) or places.is_own(handler.__code__.co_filename)
    if own and not _GETS.search(guard_functions.source(handler)):
        return "%s() may not ask for the object" % name
    return ""


def _is_frameworks_object(kind):
    return _owner(kind, "get_object").__module__ == "rest_framework.generics" if hasattr(kind, "get_object") else False


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


def tree_before(callback, kind, method):
    """What ``get_permissions()`` names for this method; None where it wants to see a request."""
    try:
        parts = _asked_before(callback, kind, method)
    except Exception:  # the project's own code, which may ask for anything
        return None
    return parts[0] if len(parts) == 1 else {"op": "and", "of": parts}


def why_unknown(callback, kind, method):
    """What ``get_permissions()`` wants to see."""
    try:
        _asked_before(callback, kind, method)
    except Exception as error:
        return "%s (%s)" % (error, type(error).__name__)
    return ""


def _asked_before(callback, kind, method):
    view = kind(**(getattr(callback, "initkwargs", None) or {}))
    view.action = (getattr(callback, "actions", None) or {}).get(method.lower())
    view.request, view.args, view.kwargs = _Request(method), (), {}
    return [_tree(item, kind, method) for item in view.get_permissions()]


def _tree(item, kind, method):
    operator = _PARTS.get(type(item).__name__) if type(item).__module__ == _BASE[:-1] else None
    if operator == "not":
        return {"op": "not", "of": [_tree(item.op1, kind, method)]}
    if operator:
        return {"op": operator, "of": [_tree(item.op1, kind, method), _tree(item.op2, kind, method)]}
    return _with_object(item, _general(item, kind, method), kind, method)


def _general(item, kind, method):
    """What ``has_permission`` of one class asks."""
    owner = _owner(type(item), "has_permission")
    rule = _KNOWN.get(owner.__name__) if owner.__module__ == _BASE[:-1] else None
    if rule is not None:
        return rule(item, kind, method)
    test = inspect.getattr_static(type(item), "has_permission")
    own = inspect.isfunction(test) and places.is_own(test.__code__.co_filename)
    tests = {"has_permission": _test(item, "has_permission", kind, method)} if own else {}
    return {"atom": guard_functions.dotted(type(item)), "tests": tests}


def _test(item, name, kind, method):
    """The body of a class's own method, with what ``super()`` answers where the framework wrote that."""
    found = guard_functions.method_body(type(item), name)
    owner = next((base for base in type(item).__mro__ if name in vars(base) and _is_frameworks(base)), None)
    if owner is None or "super()" not in found["source"]:
        return found
    if name == "has_object_permission":
        return dict(found, above=_objects_of(owner, item, kind, method))
    return dict(found, above=_KNOWN[owner.__name__](item, kind, method) if owner.__name__ in _KNOWN else None)


def _is_frameworks(kind):
    return kind.__module__ == _BASE[:-1]


def _objects_of(owner, item, kind, method):
    """What the framework's own ``has_object_permission`` asks; None where that is not known."""
    if owner.__name__ == "BasePermission":
        return _YES
    return _of_object(item, kind, method) if owner.__name__ == "DjangoObjectPermissions" else None


def _of_object(item, kind, method):
    """``DjangoObjectPermissions``: the permissions that its map names, on the object."""
    named = item.perms_map.get(method)
    model = getattr(getattr(kind, "queryset", None), "model", None)
    if named is None or model is None:
        return None
    names = [name % {"app_label": model._meta.app_label, "model_name": model._meta.model_name} for name in named]
    parts = [{"atom": _ON_OBJECT + name, "tests": {}, "object": True} for name in names]
    return parts[0] if len(parts) == 1 else {"op": "and", "of": parts} if parts else _YES


def alternatives_alone():
    """Whether one of two alternatives has to let in in general and about the object; before 3.15 either did."""
    kind = import_module("rest_framework.permissions").OR

    class Answers:
        def __init__(self, general, about):
            self.has_permission = lambda *_: general
            self.has_object_permission = lambda *_: about

    return not kind(Answers(False, True), Answers(True, False)).has_object_permission(None, None, None)


def _owner(kind, name):
    return next(base for base in kind.__mro__ if name in vars(base))


def _with_object(item, tree, kind, http):
    """Marked where the class decides about single objects, too."""
    method = inspect.getattr_static(type(item), "has_object_permission", None)
    if not inspect.isfunction(method) or _owner(type(item), "has_object_permission").__name__ == "BasePermission":
        return tree
    if _owner(type(item), "has_object_permission").__name__ == "DjangoObjectPermissions":
        asked = _of_object(item, kind, http)
        return tree if asked == _YES else {"op": "and", "of": [tree, asked]} if asked else dict(tree, object=True)
    own = places.is_own(method.__code__.co_filename)
    tests = {"has_object_permission": _test(item, "has_object_permission", kind, http)} if own else {}
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
