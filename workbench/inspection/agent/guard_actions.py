"""What a view does with its model, method by method: view, add, change or delete, as Django's permissions are named."""

import inspect

from . import guard_admin, guard_functions

# Django's generic views, nearest first
_VIEWS = (
    ("django.views.generic.edit.BaseCreateView", "add"),
    ("django.views.generic.edit.BaseUpdateView", "change"),
    ("django.views.generic.edit.BaseDeleteView", "delete"),
    ("django.views.generic.detail.BaseDetailView", "view"),
    ("django.views.generic.list.BaseListView", "view"),
)
_ACTIONS = {
    "list": "view",
    "retrieve": "view",
    "create": "add",
    "update": "change",
    "partial_update": "change",
    "destroy": "delete",
}
_METHODS = {"GET": "view", "POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}
_PAGES = {"changelist_view": "view", "add_view": "add", "change_view": "change", "delete_view": "delete"}
_REST = "rest_framework.generics.GenericAPIView"


def actions_of(callback, kind, methods):
    """``{HTTP method: action}``; {} where the kind of view does not say."""
    if guard_admin.site_of(callback) is not None:
        page = _PAGES.get(getattr(callback, "__name__", ""))
        return dict.fromkeys(methods, page) if page and guard_admin.admin_of(callback) is not None else {}
    known = getattr(callback, "actions", None)
    if known:
        return {m: _ACTIONS[known[m.lower()]] for m in methods if known.get(m.lower()) in _ACTIONS}
    bases = [guard_functions.dotted(base) for base in kind.__mro__] if inspect.isclass(kind) else []
    if _REST in bases:
        return {method: _METHODS[method] for method in methods if method in _METHODS}
    action = next((action for name, action in _VIEWS if name in bases), None)
    return dict.fromkeys(methods, action) if action else {}
