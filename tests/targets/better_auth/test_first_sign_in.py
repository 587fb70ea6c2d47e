"""A user whom Django made signs in through real Better Auth, on the same database."""

from __future__ import annotations

from typing import Any

import msgspec

from workbench.inspection.sign_in_records import SignInRecord
from workbench.runtime.sign_in import SignInWorker
from workbench.session.opening import worker
from workbench.session.workbench import Workbench
from workbench.targets.better_auth.render import render_sign_in, schema_files, typescript_modules

USER = {
    "login": "ann",
    "email": "ann@example.org",
    "password": "pässwörd",
    "algorithm": "pbkdf2_sha256",
    "cheap": False,
    "is_active": True,
    "is_staff": False,
    "is_superuser": False,
}


def test_a_hash_of_django_signs_in_and_is_replaced(bookshop: Workbench, better_auth: SignInWorker) -> None:
    database = bookshop.backend.create(bookshop.django_tables.all)
    record = msgspec.convert(bookshop.agent.request("sign_in"), SignInRecord)
    rendering = render_sign_in(bookshop.inspection, record, bookshop.catalog)
    node: Any = worker()
    made = bookshop.agent.request("sign_in_create", database=database.django_settings(), users=[USER])["users"]
    with database.connect() as connection:
        for statement in node.migrate(node.load(schema_files(rendering))):
            connection.execute(statement.encode())
        connection.execute(rendering.artifact("auth/migrate_users.sql").text.encode())
    better_auth.open(typescript_modules(rendering), database.node_settings())
    right, wrong = better_auth.attempt([("ann", "pässwörd"), ("ann", "passwörd")])
    assert (right.accepted, right.user) == (True, made[0]["id"])
    assert (wrong.accepted, wrong.status) == (False, 401)
    entered = better_auth.enter("ann", "pässwörd")
    assert (entered.session, entered.site_admin) == (made[0]["id"], 403)
    with database.connect() as connection:
        (stored,) = connection.execute("SELECT password FROM account").fetchone() or ("",)
    assert "$" not in stored
    assert better_auth.attempt([("ann", "pässwörd"), ("ann", "passwörd")]) == [right, wrong]
    database.drop()
