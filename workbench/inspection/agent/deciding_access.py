"""Django's own answers beside ``has_perm()``: permission classes, rows of views, the admin's methods, named rules."""

from importlib import import_module

from . import guard_admin, guard_functions, guard_views

_ADDRESSES = {}  # type: dict # the project's, read once


class Question:
    """One question about objects, asked of one user; a user's rows are fetched once."""

    def __init__(self, how):
        self.how, self.rows = how, None

    def answer(self, user, thing):
        """Whether the user may; what the project's code raises is raised, but for its ways to say no."""
        return _KINDS[self.how["kind"]](self, user, thing)


def _address(index):
    if "all" not in _ADDRESSES:
        _ADDRESSES["all"] = guard_views.addresses([])
    return _ADDRESSES["all"][index]


def _request(user, method="GET"):
    """A plain request by that user."""
    from django.test import RequestFactory

    request = RequestFactory().generic(method or "GET", "/")
    request.user = user
    return request


def _classes(question, user, thing):
    """``check_permissions()``, and ``check_object_permissions()`` where there is an object."""
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    exceptions = import_module("rest_framework.exceptions")
    try:
        view, request = _view_of_rest(question.how, user)
        view.check_permissions(request)
        if thing is not None:
            view.check_object_permissions(request, thing)
    except (PermissionDenied, Http404, exceptions.PermissionDenied, exceptions.NotAuthenticated, exceptions.NotFound):
        return False
    return True


def _view_of_rest(how, user):
    """The view as its address makes it, before its handler runs; authentication is left out."""
    callback, method = _address(how["index"]).callback, how["method"] or "GET"
    view = guard_functions.made(callback, guard_views.class_of(callback))
    actions = getattr(callback, "actions", None)
    if actions:
        view.action_map = actions
    view.args, view.kwargs = (), {}
    view.request = request = view.initialize_request(_request(user, method))
    request.user, request.auth = user, None
    view.action = (actions or {}).get(method.lower())
    view.format_kwarg = None
    return view, request


def _rows(question, user, thing):
    """Whether the queryset, or the list in its place, holds the object; what raises once raises for every object."""
    if question.rows is None:
        try:
            question.rows = {row.pk for row in _queryset(question.how, user)}
        except Exception as error:
            question.rows = error
    if isinstance(question.rows, Exception):
        raise question.rows
    return thing.pk in question.rows


def _queryset(how, user):
    if how["granted"]:
        return _granted(how, user)
    callback = _address(how["index"]).callback
    admin = guard_admin.admin_of(callback)
    if admin is not None:
        return admin.get_queryset(_request(user))
    kind = guard_views.class_of(callback)
    if hasattr(kind, "initialize_request"):
        return _view_of_rest(how, user)[0].get_queryset()
    view = guard_functions.made(callback, kind)
    view.setup(_request(user))
    return view.get_queryset()


def _granted(how, user):
    """guardian's own list."""
    from django.apps import apps

    model = apps.get_model(how["model"])
    listed = import_module("guardian.shortcuts").get_objects_for_user
    return listed(user, list(how["granted"]), klass=model, **dict(how["options"]))


def _admin(question, user, thing):
    admin = guard_admin.admin_of(_address(question.how["index"]).callback)
    return getattr(admin, question.how["name"])(_request(user), thing)


def _rule(question, user, thing):
    test = import_module("rules").test_rule
    name = question.how["name"]
    return test(name, user) if thing is None else test(name, user, thing)


_KINDS = {"classes": _classes, "rows": _rows, "admin": _admin, "rule": _rule}
