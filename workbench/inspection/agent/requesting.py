"""``request_views``: every address of the project, requested as each kind of user, on the scratch database.

Each request runs in a transaction that is rolled back, confined (``confining``), with a time limit. Two things are
seen of it: whether the body behind the guards was reached, and the answer that the visitor gets.
"""

import contextlib
import signal
import threading
from urllib.parse import urlsplit

from . import acting, addressing, confining, error_pages, guard_views, reaching
from .pointing import point_to

_READY = {}  # type: dict # of one database: addresses, library, handler, the acting user
_NEAR_USERS = 4
_WHOLE = 2  # users who come through: the body runs for them, and is spared the others
_ALWAYS_WHOLE = ("superuser",)  # what they get is what the others are held against


class _TooLong(BaseException):
    """The time limit of one request: no handler of the project may take it for an error of its own."""


def request_views(request):
    """``{"views": […]}`` for each of ``views``; see ``_requested``.

    A view is ``{"index", "methods", "profiles", "by_object", "whole"}``; ``database``: the scratch database;
    ``permissions``: all that any view names; ``seconds``: limit of one request.
    """
    _prepare(request)
    return {"views": [_tried(view, request["seconds"]) for view in request["views"]]}


def _tried(view, seconds):
    """A view that cannot be requested at all says why; the others are."""
    try:
        return _requested(view, seconds)
    except Exception as error:  # code of the project runs while addresses and users are made
        reason = "it could not be requested: %s: %s" % (type(error).__name__, error)
        return {"index": view["index"], "reason": reason, "answers": []}


def _prepare(request):
    point_to(request["database"])
    confining.confine()
    error_pages.keep_statuses()
    if _READY.get("database") != request["database"]:
        acting.prepare(request["permissions"])
        user = next(iter(acting.users()), None)
        if user is not None:
            acting.ordinary(user)
        addresses = guard_views.addresses([])
        _READY.update(database=request["database"], addresses=addresses, user=user)
        _READY.update(handler=_handler(), cookies={}, library=addressing.Library(), logins=_logins())


def _requested(view, seconds):
    """``{"index", "reason", "answers"}``; ``reason`` says why no address could be made."""
    address = _READY["addresses"][view["index"]]
    made = addressing.concrete(address, _READY["library"])
    answers = []
    for place in made:
        found = [answer for method in view["methods"] for answer in _asked(address, method, place, view, seconds)]
        answers += found
        if not view["by_object"] and any(answer["status"] != 404 or answer["reached"] for answer in found):
            break  # another row would answer alike
    return {"index": view["index"], "reason": "" if made else "no address leads to it", "answers": answers}


def _asked(address, method, place, view, seconds):
    """One address as every kind of user; bodies run until it is clear that they refuse nobody, or ("whole") always."""
    kind = guard_views.class_of(address.callback)
    bodies = reaching.bodies_of(address.callback, kind, method.lower())
    objects = [{"model": row._meta.label, "pk": addressing.plain(row.pk)} for row in place.objects]
    answers, whole = [], 0
    for label, user, profile in _people(view, place):
        stop = whole >= _WHOLE and label not in _ALWAYS_WHOLE and not view["whole"]
        found = _answer(place.path, method, user, profile, reaching.Watch(bodies, stop), seconds)
        whole += found["reached"] and not found["login"] and found["status"] not in (401, 403)
        answers.append(dict(found, user=label, method=method, path=place.path, objects=objects))
    return answers


def _people(view, place):
    """(label, row, profile): the kinds of users, then those that the address's objects have to do with."""
    user = _READY["user"]
    yield "anonymous", None, {}
    if user is None:
        return
    for label, profile in view["profiles"]:
        yield label, user, profile
    if not view["by_object"]:
        return
    for other in [near for row in place.objects[:1] for near in acting.near(row)][:_NEAR_USERS]:
        if other.pk != user.pk:
            yield "user %s" % other.pk, other, {"is_active": True}


def _answer(path, method, user, profile, watch, seconds):
    """One request: who asked (``facts``), ``reached``, ``status`` (0: stopped there), ``location``, ``login`` …"""
    from django.db import connections, transaction

    writing = reaching.Writing()
    found = {"facts": None, "status": 0, "location": "", "login": False, "error": ""}
    with contextlib.ExitStack() as rolled_back:
        for alias in connections:
            rolled_back.enter_context(transaction.atomic(using=alias))
        try:
            acting_user = acting.take_on(user, profile) if user is not None else None
            bare = user is _READY["user"] and not profile.get("permissions") and not profile.get("groups")
            found["facts"] = acting.facts(acting_user, bare) if acting_user is not None else None
            for alias in connections:
                rolled_back.enter_context(connections[alias].execute_wrapper(writing))
            with watch, _limit(seconds):
                response = _client(acting_user).generic(method, path, secure=True, HTTP_ACCEPT="*/*")
            found.update(_seen(response))
            watch.note((getattr(response, "exc_info", None) or (None, None))[1])
        except reaching.Stopped:
            found["error"] = ""
        except (Exception, SystemExit, _TooLong) as error:
            found["error"] = type(error).__name__
        finally:
            for alias in connections:
                transaction.set_rollback(True, using=alias)
    return dict(found, reached=watch.reached, writes=sorted(writing.tables))


def _client(user):
    """A client without cookies but the session's; the middleware is loaded once."""
    from django.conf import settings
    from django.test.client import Client

    client = Client(raise_request_exception=False)
    client.handler = _READY["handler"]
    client.handler.user = user if getattr(user, "is_active", True) else None
    if user is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = _cookie(user)
    return client


def _cookie(user):
    """One a user: the session says nothing of their flags."""
    if user.pk not in _READY["cookies"]:
        _READY["cookies"][user.pk] = acting.cookie(user)
    return _READY["cookies"][user.pk]


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
