"""What views decide beside permissions: REST framework classes, narrowed querysets, the admin's own methods."""

import inspect
import re
from importlib import import_module

from . import guard_admin, guard_functions, guard_rest, guard_views, places

_USER = re.compile(r"\brequest\.user\b|\bget_objects_for_user\b")
_ACTIONS = ("view", "change", "delete")
_OPTIONS = "get_objects_for_user_extra_kwargs"
_OBJECT_LISTS = "guardian.mixins.PermissionListMixin"


def read_access(diagnostics):
    """``[{"kind", "view", "index", "word", "model", "origin", …}]``: each once, at its first address.

    kind "classes": ``tree``, ``method``, ``action``; "rows" and "admin": ``body``, for "admin" also ``method``.
    """
    found = {}
    for index, address in enumerate(guard_views.addresses([])):
        for item in _of_address(address.callback):
            found.setdefault((item["kind"], item["view"], item["word"]), dict(item, index=index))
    return list(found.values())


def _of_address(callback):
    if guard_admin.site_of(callback) is not None:
        return _of_admin(guard_admin.admin_of(callback))
    kind = guard_views.class_of(callback)
    if kind is None or not _is_own_class(kind):
        return []
    model = guard_views.model_of(callback, kind)
    return list(_classes(callback, kind, model)) + _rows(callback, kind, model)


def _classes(callback, kind, model):
    """The REST framework's classes before each method, where the project wrote one of them."""
    detail = guard_rest.about_one_object(callback, kind)
    for method in guard_views.methods_of(callback) if hasattr(kind, "get_permissions") else ():
        tree = guard_rest.tree_before(callback, kind, method)
        if tree is None or not _written(tree):
            continue
        action = (getattr(callback, "actions", None) or {}).get(method.lower(), "")
        about = model if detail and guard_rest.asks_objects(tree) else None
        known = {"tree": tree, "method": method, "action": action, "alone": guard_rest.alternatives_alone()}
        yield dict(_item("classes", kind, action or method.lower(), about), **known)


def _written(tree):
    if "of" in tree:
        return any(_written(part) for part in tree["of"])
    return bool(tree["tests"]) or tree.get("object", False)


def _item(kind, view, word, model):
    return {
        "kind": kind,
        "view": guard_functions.dotted(view),
        "word": word,
        "model": model._meta.label if model is not None else None,
        "origin": guard_functions.origin(view),
        "app": model._meta.app_label if model is not None else _app_of(view),
    }


def _app_of(thing):
    """The label of the app that a class stands in."""
    from django.apps import apps

    config = apps.get_containing_app_config(thing.__module__)
    return config.label if config is not None else ""


def _rows(callback, kind, model):
    """A ``get_queryset`` that looks at who asks; guardian's mixin is one."""
    method = inspect.getattr_static(kind, "get_queryset", None)
    if any(guard_functions.dotted(base) == _OBJECT_LISTS for base in kind.__mro__) and not _is_own(method):
        return _listed(callback, kind, model)
    if not _is_own(method) or not _asks_user(kind):
        return []
    body = guard_functions.method_body(kind, "get_queryset")
    base = _plain_base(guard_functions.made(callback, kind), kind)
    model = base or model or _model_in(body)
    if model is None:
        return []
    names = dict(body["names"], **_attributes(guard_functions.made(callback, kind), base))
    body = dict(body, names=names, rows_of=base._meta.label if base else "")
    return [dict(_item("rows", kind, "rows", model), body=body, origin=body["origin"])]


def _attributes(view, base):
    """What ``self.queryset`` and ``self.model`` stand for, where the former are all rows of a model."""
    found = {}
    if base is not None and getattr(view, "queryset", None) is not None:
        found["self.queryset"] = {"refers": guard_functions.dotted(base) + ".objects"}
    if inspect.isclass(getattr(view, "model", None)):
        found["self.model"] = {"refers": guard_functions.dotted(view.model)}
    return found


def _listed(callback, kind, model):
    """guardian's ``PermissionListMixin``: the arguments of ``get_objects_for_user`` stand in its attributes."""
    view = guard_functions.made(callback, kind)
    names, known = getattr(view, "permission_required", None), dict(getattr(view, _OPTIONS, {}))
    plain = all(isinstance(value, bool) for value in known.values())
    if model is None or not names or not plain:
        return []
    words = "".join(", %s=%r" % pair for pair in sorted(known.items()))
    names = names if isinstance(names, str) else list(names)
    text = "def get_queryset(self):\n    return get_objects_for_user(self.request.user, %r, %s%s)"
    body = {
        "name": guard_functions.dotted(kind) + ".get_queryset",
        "origin": guard_functions.origin(kind),
        "source": text % (names, model.__name__, words),
        "parameters": ["self"],
        "names": {
            "get_objects_for_user": {"refers": "guardian.shortcuts.get_objects_for_user"},
            model.__name__: {"refers": guard_functions.dotted(model)},
        },
        "wrapped": False,
    }
    return [dict(_item("rows", kind, "rows", model), body=body)]


def _asks_user(kind):
    """Whether it, or a method of the class that it calls, looks at who asks."""
    above = [vars(base)["get_queryset"] for base in kind.__mro__ if "get_queryset" in vars(base)]
    texts = [guard_functions.source(one) for one in above if _is_own(one)]
    named = {name for text in texts for name in re.findall(r"\b(?:self|super\(\))\.(\w+)", text)} - {"get_queryset"}
    called = (inspect.getattr_static(kind, name, None) for name in sorted(named))
    return any(_USER.search(text) for text in [*texts, *(guard_functions.source(c) for c in called if _is_own(c))])


def _plain_base(view, kind):
    """The model of which ``super().get_queryset()`` gives all rows; None where it gives something else."""
    if not _frameworks(kind):
        return None
    queryset = getattr(view, "queryset", None)
    if queryset is None:
        return getattr(view, "model", None)
    query = getattr(queryset, "query", None)
    narrowed = query is None or query.where or query.is_sliced or query.combinator or query.distinct_fields
    return None if narrowed else queryset.model


def _frameworks(kind):
    """Whether the first ``get_queryset`` that the project did not write narrows nothing."""
    owners = [base for base in kind.__mro__ if "get_queryset" in vars(base)]
    foreign = [base for base in owners if not _is_own(vars(base)["get_queryset"])]
    if foreign and foreign[0].__module__ == "guardian.admin":  # by owner only where it is asked to
        narrows = any(getattr(kind, name, False) for name in _BY_OWNER)
        foreign = [] if narrows else foreign[1:]
    return bool(foreign) and foreign[0].__module__.startswith(_FRAMEWORKS)


_FRAMEWORKS = ("django.views.generic", "rest_framework.generics", "django.contrib.admin.options")
_BY_OWNER = ("user_can_access_owned_objects_only", "user_can_access_owned_by_group_objects_only")


def _model_in(body):
    """The one model that a body names, or the methods that it calls."""
    from django.apps import apps

    known = {guard_functions.dotted(model): model for model in apps.get_models()}
    named = {known[name] for name in _referred(body) if name in known}
    return named.pop() if len(named) == 1 else None


def _referred(body):
    called = [*body.get("own", {}).values(), *body.get("over", {}).values()]
    own = {meaning.get("refers") for meaning in body["names"].values()}
    return own.union(*map(_referred, called))


def _of_admin(admin):
    """The rows that a model's admin lists, and its own answers about one object."""
    if admin is None or not _is_own_class(type(admin)):
        return []
    kind, model, found = type(admin), admin.model, []
    method = inspect.getattr_static(kind, "get_queryset", None)
    if _is_own(method) and _USER.search(guard_functions.source(method)):
        base = model._meta.label if _frameworks(kind) else ""
        body = dict(guard_functions.method_body(kind, "get_queryset"), rows_of=base)
        found.append(dict(_item("rows", kind, "rows", model), body=body, origin=body["origin"]))
    for action in _ACTIONS:
        name = "has_%s_permission" % action
        item = dict(_item("admin", kind, action, model), method=name)
        above = _foreign_answer(kind, model, action)
        if _is_own(inspect.getattr_static(kind, name, None)):
            body = dict(guard_functions.method_body(kind, name), above=above)
            found.append(dict(item, body=body, origin=body["origin"]))
        elif above is not None and above.get("atom", "").startswith("object "):
            found.append(dict(item, tree=above))
    return found


def _foreign_answer(kind, model, action):
    """What the first method that the project did not write asks, Django's or django-rules'; None where unknown."""
    name = "has_%s_permission" % action
    owner = next((base for base in kind.__mro__ if name in vars(base) and not _is_own(vars(base)[name])), None)
    known = "%s.%%s_%s" % (model._meta.app_label, model._meta.model_name)
    module = owner.__module__ if owner is not None else ""
    if module == "django.contrib.admin.options":
        asked = ("view", "change") if action == "view" else (action,)
        parts = [{"atom": "permission:" + known % one, "tests": {}} for one in asked]
        return parts[0] if len(parts) == 1 else {"op": "or", "of": parts}
    if module == "rules.contrib.admin":
        return {"atom": "object permission:" + known % _ruled(known, action), "tests": {}}
    return None


def _ruled(known, action):
    """django-rules asks for the permission to change where there is no rule for viewing."""
    exists = import_module("rules.permissions").perm_exists
    return "change" if action == "view" and not exists(known % action) else action


def _is_own(thing):
    return inspect.isfunction(thing) and places.is_own(thing.__code__.co_filename)


def _is_own_class(kind):
    try:
        return places.is_own(inspect.getsourcefile(kind))
    except TypeError:
        return False
