"""The operations ``furnish`` and ``decide``: Django's own ``user.has_perm(…)``, asked on a scratch database."""

import copy
import re
from importlib import import_module

from . import deciding_access
from .deciding_grants import Grants
from .pointing import point_to

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # of an object in memory: another one each time


def furnish(request):
    """Gives a scratch database the rows that ``migrate`` would: content types, permissions, guardian's visitor."""
    from django.apps import apps

    point_to(request["database"])
    for config in apps.get_app_configs():
        for fill in _fillings():
            fill(config, verbosity=0, interactive=False)
    _guardians_visitor(apps)
    return {}


def _fillings():
    from django.apps import apps

    found = []
    if apps.is_installed("django.contrib.contenttypes"):
        from django.contrib.contenttypes.management import create_contenttypes

        found.append(create_contenttypes)
    if apps.is_installed("django.contrib.auth"):
        from django.contrib.auth.management import create_permissions

        found.append(create_permissions)
    return found


def _guardians_visitor(apps):
    """guardian's row for visitors, where its settings want one: a receiver of ``post_migrate`` makes it."""
    if apps.is_installed("guardian"):
        import_module("guardian.management").create_anonymous_user(sender=None, using="default")


def decide(request):
    """What each of ``users`` (keys; None: a visitor) may, in general and about objects.

    ``general`` are permissions asked without an object; each of ``subjects`` is ``{"model", "permissions", "asked",
    "keys"}``: what is no permission says under ``asked`` how to ask it (``deciding_access``). Answers a text a user:
    "1" yes, "0" no, "x" raised; ``raised`` has the first error of each permission. Every object is fresh for every
    user, as it is in a request, and everything is rolled back.
    """
    point_to(request["database"])
    raised = {}
    things = [_things(subject) for subject in request["subjects"]]
    grants = Grants()
    with grants.kept():
        answers = [_of_user(key, request, things, raised, grants) for key in request["users"]]
    return {"answers": answers, "raised": raised}


def _things(subject):
    from django.apps import apps

    model = apps.get_model(subject["model"])
    key = model._meta.pk
    found = model._base_manager.in_bulk([key.to_python(value) for value in subject["keys"]])
    return [found[key.to_python(value)] for value in subject["keys"]]


def _of_user(key, request, things, raised, grants):
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import AnonymousUser

    user = AnonymousUser() if key is None else get_user_model()._base_manager.get(pk=key)
    asked = [_questions(subject, "permissions", "asked") for subject in request["subjects"]]
    about = [
        [_asked(user, copy.copy(one), each, raised, grants) for one in found] for each, found in zip(asked, things)
    ]
    general = _asked(user, None, _questions(request, "general", "general_asked"), raised, grants)
    return {"general": general, "subjects": about}


def _questions(subject, names, how):
    """``[(name, how it is asked)]``; what one user's answers need is worked out once for all objects."""
    asked = subject.get(how) or [None] * len(subject[names])
    return [(name, None if one is None else deciding_access.Question(one)) for name, one in zip(subject[names], asked)]


def _asked(user, thing, questions, raised, grants):
    """A letter a permission. What the database refuses breaks its transaction: the rest is asked in another."""
    grants.forget()
    answers = ""
    while len(answers) < len(questions):
        answers += _until_broken(user, thing, questions[len(answers) :], raised)
    return answers


def _until_broken(user, thing, questions, raised):
    from django.db import Error, transaction

    answers = ""
    with transaction.atomic():
        for name, question in questions:
            try:
                said = user.has_perm(name, thing) if question is None else question.answer(user, thing)
                answers += "1" if said else "0"
            except Exception as error:
                answers += "x"
                raised.setdefault(name, _ADDRESS.sub("", "%s: %s" % (type(error).__name__, error)))
                if isinstance(error, Error):
                    break
        transaction.set_rollback(True)
    return answers
