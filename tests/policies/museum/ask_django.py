"""Run in a process of its own: fills a SQLite file at random (one seed) and asks every backend every permission."""

import json
import os
import random
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

NOW = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)  # already the next day in Stockholm
CLOCK = int(NOW.timestamp()) * 1_000_000


def main(database: str) -> None:
    sys.path[0] = str(Path.cwd())
    os.environ["DJANGO_SETTINGS_MODULE"] = "museum_settings"
    os.environ["MUSEUM_DATABASE"] = database
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    fill(random.Random(7))
    hold_the_clock()
    json.dump(answers(), sys.stdout)


def hold_the_clock() -> None:
    import datetime as module

    from django.utils import timezone as django_timezone
    from gallery import models, rules

    class Today(date):
        @classmethod
        def today(cls):
            return cls(2026, 5, 5)

    django_timezone.now = lambda: NOW
    models.timezone = rules.timezone = django_timezone
    rules.date = Today
    rules.datetime = type("datetime", (), {"date": Today, "timedelta": module.timedelta})


def fill(chance: random.Random) -> None:
    from django.contrib.auth.models import Group
    from gallery.models import Comment, Folder, Paper, Profile, Team, User
    from guardian.shortcuts import assign_perm

    pick = chance.choice
    groups = [Group.objects.create(name=name) for name in ("editors", "visitors", "others")]
    teams = [Team.objects.create(name=name) for name in ("red", "blue", "green")]
    people = []
    for number in range(6):
        user = User.objects.create(
            username="ada" if number == 1 else f"user{number}", email=pick(["x@museum.example", "x@else.example"]),
            is_active=number != 2, is_staff=number in (3, 4), is_superuser=number in (0, 5) and number == 0,
            role=pick(["guest", "editor"]), team=pick([None, *teams]),
        )  # fmt: skip
        user.groups.set(chance.sample(groups, pick([0, 1, 2])))
        people.append(user)
        if number % 3:
            Profile.objects.create(user=user, level=number % 4, verified=number % 2 == 0)
    nobody = User.objects.get(username="nobody")
    nobody.groups.set([groups[1]])
    for team in teams[:2]:
        team.lead = pick(people)
        team.save()
    folders = []
    for _ in range(6):
        folders.append(
            Folder.objects.create(
                name=pick(["a", "b", "secret"]), parent=pick([None, *folders]), owner=pick([None, *people]),
                public=chance.random() < 0.2, inherits=chance.random() < 0.7,
            )
        )  # fmt: skip
    for _ in range(10):
        paper = Paper.objects.create(
            title=pick(["The one", "A two", "three %", "four"]), folder=pick([None, *folders]), author=pick(people),
            team=pick([None, *teams]), status=pick(["draft", "final"]), rank=pick([None, 0, 1, 2, 3]),
            published_at=pick([None, NOW - timedelta(days=7), NOW - timedelta(days=2), NOW + timedelta(hours=1)]),
            deadline=pick([None, date(2026, 5, 3), date(2026, 5, 4), date(2026, 5, 5)]),
            price=pick([None, Decimal("9.99"), Decimal("10.50"), Decimal("20.00")]), secret=pick([None, True, False]),
        )  # fmt: skip
        paper.reviewers.set(chance.sample(people, pick([0, 1, 3])))
        paper.readers.set(chance.sample(groups, pick([0, 1, 2])))
        for user in chance.sample(people, pick([0, 1, 2, 3])):
            Comment.objects.create(paper=paper, user=user, kind=pick(["good", "bad"]), score=pick([None, 1, 2, 3]))
        holder = pick([None, pick(people), nobody, pick(groups)])
        if holder is not None:
            assign_perm(f"gallery.{pick(['view', 'change', 'delete'])}_paper", holder, paper)
    for _ in range(12):
        holder = pick([pick(people), nobody, pick(groups)])
        assign_perm(f"gallery.{pick(['view', 'change'])}_folder", holder, pick(folders))


def answers() -> dict:
    from django.contrib.auth.models import AnonymousUser
    from gallery.models import Folder, Paper, User
    from rules.permissions import permissions

    users = [AnonymousUser(), *User.objects.order_by("pk")]
    keys = [user.pk for user in users]
    things = {"paper": list(Paper.objects.order_by("pk")), "folder": list(Folder.objects.order_by("pk"))}
    names = [*permissions, *(f"gallery.{a}_{m}" for a in ("view", "delete", "add") for m in things)]
    names.append("gallery.change_folder")
    return {
        "clock": CLOCK,
        "users": [{"id": key, "isSiteAdmin": user.is_superuser} for key, user in zip(keys, users, strict=True)],
        "objects": {label: [thing.pk for thing in found] for label, found in things.items()},
        "answers": {
            **{
                name: [[answer(key, name, thing) for thing in things[name.rpartition("_")[2]]] for key in keys]
                for name in dict.fromkeys(names)
            },
            **access(keys, things),
        },
        "alone": {"gallery.rule leave": [named(key, "leave", None) for key in keys]},
    }


def access(keys, things) -> dict:
    """What views decide, and rules that are asked by name."""
    from gallery import views

    found = {}
    for kind in views.CLASSES:
        for method, action in views.ACTIONS.items():
            about = things[kind.queryset.model.__name__.lower()]
            asked = [[passes(kind, method, action, key, thing) for thing in about] for key in keys]
            if (kind.__name__, action) not in OPEN:
                found[f"gallery.{kind.__name__}.{SAME.get((kind.__name__, action), action)}"] = asked
    for method in ("get", "put", "patch", "delete"):
        asked = [[passes(views.One, method, None, key, thing) for thing in things["paper"]] for key in keys]
        found[f"gallery.One.{method}"] = asked
    for kind in (*views.ROWS, views.Api):
        about = things["folder" if kind.__name__ in ("Listed", "GrantedToUser", "GrantedByMixin") else "paper"]
        found[f"gallery.{kind.__name__}.rows"] = [holds(lambda r, k=kind: rows(k, r), key, about) for key in keys]
    found["gallery.granted_folders.rows"] = [holds(views.granted_folders, key, things["folder"]) for key in keys]
    for name, model in (("read_paper", "paper"), ("gallery.open_folder", "folder")):
        found[f"gallery.rule {name}"] = [[named(key, name, thing) for thing in things[model]] for key in keys]
    return found


ALL = "retrieve/update/destroy"
SAME = {(name, action): ALL for name in ("ByReview", "ByTeam") for action in ALL.split("/")}
OPEN = {("OnObjects", "retrieve")}  # its classes ask nothing about an object


def request_of(key, method="get"):
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory
    from gallery.models import User

    request = getattr(RequestFactory(), method)("/")
    request.user = AnonymousUser() if key is None else _user(key, User)
    return request


def rest(kind, method, action, key):
    view = kind()
    view.args, view.kwargs, view.format_kwarg = (), {}, None
    view.action_map = {method: action}
    view.request = view.initialize_request(request_of(key, method))
    view.request.user = request_of(key).user
    if action:
        view.action = action
    return view


def passes(kind, method, action, key, thing):
    from django.http import Http404
    from rest_framework.exceptions import APIException

    view = rest(kind, method, action, key)
    try:
        view.check_permissions(view.request)
        view.check_object_permissions(view.request, thing)
    except (APIException, Http404):
        return False
    except Exception:
        return "refused"
    return True


def rows(kind, request):
    if hasattr(kind, "initialize_request"):
        return rest(kind, "get", "list", request.user.pk).get_queryset()
    view = kind()
    view.setup(request)
    return view.get_queryset()


def holds(listing, key, things):
    try:
        found = {row.pk for row in listing(request_of(key))}
    except Exception:
        return ["refused" for _ in things]
    return [thing.pk in found for thing in things]


def named(key, name, thing):
    import rules

    user = request_of(key).user
    try:
        return rules.test_rule(name, user) if thing is None else rules.test_rule(name, user, thing)
    except Exception:
        return "refused"


def answer(key, name, thing):
    """True, False, or "refused" where Django raises; a fresh user, as in a request."""
    from django.contrib.auth.models import AnonymousUser
    from gallery.models import User

    user = AnonymousUser() if key is None else _user(key, User)
    try:
        return bool(user.has_perm(name, thing))
    except Exception:
        return "refused"


_USERS = {}


def _user(key, model):
    if key not in _USERS:
        _USERS[key] = model.objects.get(pk=key)
    return _USERS[key]


if __name__ == "__main__":
    main(sys.argv[1])
