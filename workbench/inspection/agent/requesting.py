"""``request_views``: every address of the project, requested as each kind of user, on the scratch database.

Each request runs in a transaction that is rolled back, confined (``confining``), with a time limit. Two things are
seen of it: whether the body behind the guards was reached, and the answer that the visitor gets.
"""

import contextlib
import signal
import threading
from urllib.parse import urlsplit

from . import acting, addressing, confining, guard_views, reaching
from .pointing import point_to

_METHODS = ("get", "post", "put", "patch", "delete")
_READY = {}  # type: dict # of one database: addresses, library, handler, the acting user
_NEAR_USERS = 4


class _TooLong(BaseException):
    """The time limit of one request: no handler of the project may take it for an error of its own."""


def request_views(request):
    """``{"views": […]}`` for each of ``views`` ({"index", "permissions", "groups", "objects"}); see ``_requested``.

    ``database``: the scratch database; ``permissions``: all that any view names; ``seconds``: limit of one request.
    """
    _prepare(request)
    return {"views": [_requested(view, request["seconds"]) for view in request["views"]]}


def _prepare(request):
    point_to(request["database"])
    confining.confine()
    if _READY.get("database") != request["database"]:
        acting.prepare(request["permissions"])
        user = next(iter(acting.users()), None)
        addresses = guard_views.addresses([])
        _READY.update(database=request["database"], addresses=addresses, user=user)
        _READY.update(handler=_handler(), library=addressing.Library(), logins=_logins())


def _requested(view, seconds):
    """``{"index", "reason", "answers"}``; ``reason`` says why no address could be made."""
    address = _READY["addresses"][view["index"]]
    kind = guard_views.class_of(address.callback)
    made = addressing.concrete(address, _READY["library"], view["objects"])
    answers = []
    for number, place in enumerate(made):
        for method in _methods(address.callback, kind):
            body = reaching.body_of(address.callback, kind, method) if view["watched"] else None
            for label, user, profile in _people(view, place, number):
                known = {"user": label, "method": method.upper(), "path": place.path}
                known["objects"] = [
                    {"model": row._meta.label, "pk": row.pk if isinstance(row.pk, int) else str(row.pk)}
                    for row in place.objects
                ]
                answers.append(dict(known, **_answer(place.path, method, user, profile, body, seconds)))
    return {"index": view["index"], "reason": "" if made else "no address that leads to it", "answers": answers}


def _methods(callback, kind):
    """The HTTP methods that a view takes; a function that does not say is asked with GET and POST."""
    if kind is not None and getattr(callback, "actions", None):
        return [name for name in _METHODS if name in callback.actions]
    if kind is not None:
        names = [name for name in getattr(kind, "http_method_names", _METHODS) if name in _METHODS]
        return [name for name in names if hasattr(kind, name)] or ["get"]
    return [name for name in _METHODS if name.upper() in _required(callback)]


def _required(callback):
    """What ``require_http_methods`` asks for."""
    while callback is not None:
        code = getattr(callback, "__code__", None)
        if code is not None and "request_method_list" in code.co_freevars:
            return callback.__closure__[code.co_freevars.index("request_method_list")].cell_contents
        callback = getattr(callback, "__wrapped__", None)
    return ("GET", "POST")


def _people(view, place, number):
    """(label, row, profile): the kinds of users, then those that the address's objects have to do with."""
    user = _READY["user"]
    yield "anonymous", None, {}
    if user is None:
        return
    for label, profile in view["profiles"] if number == 0 else view["profiles"][:1]:
        yield label, user, profile
    for other in [near for row in place.objects[:1] for near in acting.near(row)][:_NEAR_USERS]:
        if other.pk != user.pk:
            yield "user %s" % other.pk, other, {"is_active": True}


def _answer(path, method, user, profile, body, seconds):
    """One request: who asked (``facts``), ``reached``, ``status``, ``location``, ``login``, ``error``."""
    from django.db import connections, transaction

    watch, writing = reaching.Watch(body), reaching.Writing()
    with contextlib.ExitStack() as rolled_back:
        for alias in connections:
            rolled_back.enter_context(transaction.atomic(using=alias))
        found = {"facts": None, "reached": False, "status": 0, "location": "", "login": False, "error": ""}
        try:
            acting_user = acting.take_on(user, profile) if user is not None else None
            found["facts"] = acting.facts(acting_user) if acting_user is not None else None
            for alias in connections:
                rolled_back.enter_context(connections[alias].execute_wrapper(writing))
            with watch, _limit(seconds):
                response = _client(acting_user).generic(method.upper(), path, **_sent(method))
            found.update(_seen(response))
        except (Exception, SystemExit, _TooLong) as error:
            found["error"] = type(error).__name__
        finally:
            for alias in connections:
                transaction.set_rollback(True, using=alias)
    return dict(found, reached=watch.reached, writes=sorted(writing.tables))


def _sent(method):
    return {"secure": True, "HTTP_ACCEPT": "*/*"}


def _client(user):
    """A client without cookies but the session's; the middleware is loaded once."""
    from django.conf import settings
    from django.test.client import Client

    client = Client(raise_request_exception=False)
    client.handler = _READY["handler"]
    client.handler.user = user if getattr(user, "is_active", True) else None
    if user is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = acting.cookie(user)
    return client


def _handler():
    from django.test.client import ClientHandler

    class Handler(ClientHandler):
        user = None

        def get_response(self, request):
            if self.user is not None:
                request._force_auth_user = self.user  # the REST framework: however they sign in
            return super().get_response(request)

    return Handler(enforce_csrf_checks=False)


def _seen(response):
    location = response.get("Location", "")
    raised = getattr(response, "exc_info", None)
    return {
        "status": response.status_code,
        "location": location,
        "login": bool(location) and _is_login(location),
        "error": raised[0].__name__ if raised else "",
    }


def _is_login(location):
    parts = urlsplit(location)
    return parts.path in _READY["logins"] or "next=" in parts.query


def _logins():
    """Paths of the login pages that Django itself knows of."""
    from django.conf import settings
    from django.shortcuts import resolve_url
    from django.urls import NoReverseMatch, reverse

    found = set()
    for resolved, name in ((resolve_url, settings.LOGIN_URL), (reverse, "admin:login")):
        with contextlib.suppress(NoReverseMatch):
            found.add(urlsplit(str(resolved(name))).path)
    return found


@contextlib.contextmanager
def _limit(seconds):
    """Ends what takes longer; only the main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _interrupt(number, frame):
    raise _TooLong
