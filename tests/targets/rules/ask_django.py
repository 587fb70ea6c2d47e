"""Run in a process of its own, in a copy of ProcessN: fills a SQLite file and asks django-rules everything.

Answers JSON: users and objects as the TypeScript side wants them, and what each rule says of each pair.
"""

import json
import os
import sys
from pathlib import Path

# guard in TypeScript, address, what its object is
PAGES = [
    ("guardNodeList", "/protocols/", ""),
    ("guardProjectCreate", "/projects/new/", ""),
    ("guardProjectDetail", "/projects/{}/", "project"),
    ("guardProjectUpdate", "/projects/{}/edit/", "project"),
    ("guardTaskList", "/tasks/", ""),
    ("guardTaskGranted", "/tasks/granted/", ""),
    ("guardLabelList", "/labels/", ""),
    ("guardAudit", "/audit/", ""),
    ("guardStatistics", "/statistics/", ""),
    ("guardStaff", "/staff/", ""),
    ("guardProjectArchive", "/projects/1/archive/", ""),
]


def main(database: str) -> None:
    sys.path[0] = str(Path.cwd())
    os.environ["DJANGO_SETTINGS_MODULE"] = "case_settings"
    os.environ["CASE_DATABASE"] = database
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("loaddata", "processn", "protokolln", verbosity=0)
    json.dump(answers(), sys.stdout)


def answers() -> dict:
    from django.contrib.auth.models import AnonymousUser, Group, User
    from rules.permissions import permissions

    eva = User.objects.get(username="eva")
    eva.groups.set(Group.objects.all())
    users = [AnonymousUser(), *User.objects.order_by("pk")]
    things = {label: list(model.objects.order_by("pk")) for label, model in models().items()}
    return {
        "users": [{"id": user.pk, "isSiteAdmin": user.is_superuser} for user in users],
        "objects": {label: [thing.pk for thing in things[label]] for label in things},
        "answers": {
            name: [[answer(user, name, thing) for thing in things[label]] for user in users]
            for name in permissions
            for label in things
            if name.endswith("_" + label)
        },
        "pages": {guard: [page(url, user, things.get(label, [None])) for user in users] for guard, url, label in PAGES},
    }


def answer(user, name, thing):
    """True, False, or "refused" where Django raises; asked of every backend, as a view asks."""
    try:
        return user.has_perm(name, thing)
    except Exception:
        return "refused"


def page(url, user, objects) -> list:
    """Whether the page lets the user in, for each object (or once)."""
    from django.db import transaction
    from django.test import Client

    client = Client(raise_request_exception=False)
    if user.pk is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    send = client.post if "archive" in url else client.get
    with transaction.atomic():
        answers = [send(url.format(thing.pk if thing else "")) for thing in objects]
        transaction.set_rollback(True)  # the rows stay as the rules were asked about them
    return [
        answer.status_code == 200 or answer.headers.get("Location", "/login").startswith("/projects")
        for answer in answers
    ]


def models() -> dict:
    from processn.models import Project, Task
    from protokolln.models import Node

    return {"project": Project, "task": Task, "node": Node}


if __name__ == "__main__":
    main(sys.argv[1])
