"""``sign_in_try`` and ``sign_in_verify``: what Django itself answers to a login name and a password."""

import contextlib

from .pointing import point_to
from .sign_in_users import cheap


def attempt(request):
    """Per [login, password]: what the login form says, what ``authenticate()`` says, and by which backend the form
    signs in ("" where it does not); nothing is kept.

    Hashes at full price are computed once: then ``authenticate`` is null.

    The form strips and normalises a login name, refuses inactive users, and then asks ``authenticate()`` itself.
    An exception is no sign-in, and is told.
    """
    point_to(request["database"])
    with cheap(request["cheap"]), _without_receivers():
        return [_both(login, password, request["cheap"]) for login, password in request["attempts"]]


def _both(login, password, cheap):
    form, backend = _undone(_form, login, password)
    alone = _undone(_authenticate, login, password)[0] if cheap else None
    return {"form": form, "authenticate": alone, "backend": backend}


def verify(request):
    """Per [stored hash, password]: what ``check_password()`` says."""
    from django.contrib.auth.hashers import check_password

    with cheap():
        return [_answer(check_password, password, stored)[0] for stored, password in request["cases"]]


@contextlib.contextmanager
def _without_receivers():
    """Saving a user calls nobody: the users were made so, and rows that receivers would have made are not there."""
    from django.db.models.signals import post_save, pre_save

    kept = [(signal, signal.receivers) for signal in (pre_save, post_save)]
    try:
        for signal, _ in kept:
            signal.receivers = []
            signal.sender_receivers_cache.clear()
        yield
    finally:
        for signal, receivers in kept:
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def _undone(ask, login, password):
    """The answer, in a transaction that is rolled back: Django replaces the hash of a user who signs in."""
    from django.db import transaction

    with transaction.atomic():
        found = _answer(ask, login, password)
        transaction.set_rollback(True)
    return found


def _answer(ask, *values):
    """(True, False, or the name of the exception; the backend that signs in, if one does)."""
    try:
        found = ask(*values)
        return bool(found), getattr(found, "backend", "")
    except Exception as error:
        return type(error).__name__, ""


def _form(login, password):
    """The user whom Django's login form signs in, or None."""
    from django.contrib.auth.forms import AuthenticationForm

    form = AuthenticationForm(_request(), data={"username": login, "password": password})
    return form.get_user() if form.is_valid() else None


def _authenticate(login, password):
    from django.contrib.auth import authenticate, get_user_model

    return authenticate(_request(), password=password, **{get_user_model().USERNAME_FIELD: login})


def _request():
    from django.test import RequestFactory

    return RequestFactory().post("/")
