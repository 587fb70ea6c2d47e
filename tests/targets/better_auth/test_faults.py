"""Faults written into the modules are noticed: each by a user who is let in, or who is kept out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workbench.session.sign_in.attempts import attempts
from workbench.session.sign_in.trial import Scene, scene
from workbench.session.sign_in.verdicts import items
from workbench.session.workbench import Workbench
from workbench.targets.better_auth.render import typescript_modules

OPTIONS, PASSWORDS, SESSION = "auth/options.ts", "auth/django-passwords.ts", "auth/session.ts"


@pytest.fixture(scope="module")
def furnished(bookshop: Workbench) -> Iterator[Scene]:
    with scene(bookshop.sign_in._subject()) as opened:
        opened.furnish(dear=False)
        yield opened


def break_module(opened: Scene, path: str, right: str, wrong: str) -> None:
    """Better Auth, started afresh with one fault."""
    modules = typescript_modules(opened.subject.rendering)
    assert modules[path].count(right) == 1
    opened.worker.open({**modules, path: modules[path].replace(right, wrong)}, opened.database.node_settings())


@pytest.mark.parametrize(
    ("path", "right", "wrong", "login"),
    [
        (OPTIONS, "isNull(schema.user.deactivatedAt)", "eq(schema.user.id, userId)", "inactive"),
        (OPTIONS, '.normalize("NFKC")', "", "ångström"),
        (OPTIONS, 'typed.replace(ENDS, "")', "typed.trim()", "superuser"),
        (PASSWORDS, "same(computed, stored)", "computed.startsWith(stored)", "without-its-last-letter-scrypt"),
        (PASSWORDS, "accepted.hashers.includes(algorithm)", "algorithm", "odd-salted-md5"),
        (PASSWORDS, "/\\0|\\p{Surrogate}/u.test(text)", "false", "nul"),
        (PASSWORDS, '["scrypt", scryptAgain],', "", "plain-scrypt"),
        (PASSWORDS, '.digest("hex"), stored', '.digest("base64"), stored', "plain-bcrypt_sha256"),
    ],
)
def test_a_trial_notices(furnished: Scene, path: str, right: str, wrong: str, login: str) -> None:
    tried = [attempt for attempt in attempts(furnished.people) if attempt.person.login == login]
    break_module(furnished, path, right, wrong)
    assert [trial for trial in furnished.tried(tried) if not trial.alike]


OWN_KEY = "scryptKey(password, salt, 64, { N: 16384"


@pytest.mark.parametrize(
    ("path", "right", "wrong", "login", "item"),
    [
        (OPTIONS, "!stored?.hash || !isDjangos(stored.hash)", "stored", "accented-scrypt", "hash replaced"),
        (PASSWORDS, OWN_KEY, OWN_KEY.replace("word", 'word.normalize("NFKC")'), "accented-argon2", "hash replaced"),
        (SESSION, "session.user.isSiteAdmin !== true", "!session.user.isStaff", "staff", "requireSiteAdmin()"),
        (SESSION, "found && found.user.deactivatedAt === null", "found", "superuser", "account locked afterwards"),
    ],
)
def test_a_kept_sign_in_notices(furnished: Scene, path: str, right: str, wrong: str, login: str, item: str) -> None:
    """Each locks its person in the end, and so has one of its own."""
    (person,) = [person for person in furnished.people if person.login == login]
    mine = [attempt for attempt in attempts(furnished.people) if attempt.person is person]
    break_module(furnished, path, right, wrong)
    entry = furnished.enter(person, [attempt for attempt in mine if attempt.what.startswith("its password in")])
    different = [found.id for found in items(furnished, [], [entry]) if found.verdict.word == "different"]
    assert f"sign-in: {item}" in different
