"""``django-passwords.ts`` alone, in Node: what Django's hashers do not make by themselves, and damage of every kind."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from hashlib import md5

import bcrypt
import pytest
from argon2.low_level import Type, hash_secret

from workbench.runtime.sign_in import SignInWorker
from workbench.session.workbench import Workbench
from workbench.targets.better_auth.hashers import VERIFIED
from workbench.targets.better_auth.render import typescript_modules

SALT = b"a salt of some length"
Verify = Callable[..., list[bool]]


@pytest.fixture(scope="module")
def worker(bookshop: Workbench) -> Iterator[SignInWorker]:
    database = bookshop.backend.create(())
    with SignInWorker() as worker:
        worker.open(typescript_modules(bookshop.sign_in.rendering), database.node_settings())
        yield worker
    database.drop()


@pytest.fixture(scope="module")
def verify(worker: SignInWorker) -> Verify:
    return lambda *cases, truncates=False: worker.verify(cases, VERIFIED, truncates)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sign-in/email", 404), ("/is-username-available", 404), ("/update-user", 404), ("/sign-up/email", 404),
        ("/sign-in/username", 401),
    ],
)  # fmt: skip
def test_what_django_has_no_page_for_is_closed(worker: SignInWorker, path: str, status: int) -> None:
    body = {"name": "a", "email": "a@example.org", "username": "a\0", "password": "long enough"}
    assert worker.post(path, body) == status


def argon2(kind: Type, password: str, length: int = 32, version: int = 19) -> str:
    return "argon2" + hash_secret(password.encode(), SALT, 1, 8, 1, length, kind, version).decode()


@pytest.mark.parametrize("kind", list(Type))
def test_every_variety_of_argon2(verify: Verify, kind: Type) -> None:
    stored = argon2(kind, "pässwörd")
    assert verify((stored, "pässwörd"), (stored, "passwörd")) == [True, False]


def test_argon2_of_other_lengths_and_of_its_first_version(verify: Verify) -> None:
    assert verify(*((argon2(Type.ID, "a", length), "a") for length in (4, 16, 64))) == [True] * 3
    assert verify((argon2(Type.I, "a", version=16), "a"), (argon2(Type.I, "a", version=16), "b")) == [True, False]


def test_bcrypt_looks_at_72_bytes_where_pythons_did(verify: Verify) -> None:
    stored = "bcrypt$" + bcrypt.hashpw(b"x" * 72, bcrypt.gensalt(4)).decode()
    cases = [(stored, "x" * 72), (stored, "x" * 73), (stored, "x" * 71)]
    assert verify(*cases, truncates=True) == [True, True, False]
    assert verify(*cases, truncates=False) == [True, False, False]


def test_a_salted_md5_is_verified_and_one_without_a_salt_never(verify: Verify) -> None:
    salted, bare = md5(b"saltpassword").hexdigest(), md5(b"password").hexdigest()
    stored = (f"md5$salt${salted}", f"md5$salt${salted.upper()}", f"md5$${bare}", bare)
    assert verify(*((text, "password") for text in stored)) == [True, False, False, False]


@pytest.mark.parametrize(
    "stored",
    [
        "!", "$", "$$$", "scrypt", "scrypt$", "constructor$1$s$k", "__proto__$1$s$k", "toString$1$s$k",
        "pbkdf2_sha256$0$s$k", "pbkdf2_sha256$-1$s$k", "pbkdf2_sha256$1e3$s$k", "pbkdf2_sha256$99999999999$s$k",
        "pbkdf2_sha256$1$$k", "pbkdf2_sha256$1$s$", "pbkdf2_sha256$1$s$k$more", "pbkdf2_sha256$NaN$s$k",
        "scrypt$3$s$1$1$k", "scrypt$1$s$1$1$k", "scrypt$1073741824$s$8$1$k", "scrypt$2$s$0$1$k", "scrypt$2$s$1$999$k",
        "argon2$argon2id$v=19$m=8,t=1,p=1$c2FsdA$", "argon2$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$a2V5a2V5",
        "argon2$argon2id$v=19$m=99999999999,t=1,p=1$c2FsdHNhbHQ$a2V5a2V5", "argon2$argon2x$v=19$m=8,t=1,p=1$c2Fsd$a2V5",
        "bcrypt$$2b$99$abcdefghijklmnopqrstuv", "bcrypt$$2b$04$short", "bcrypt_sha256$$2b$31$abcdefghijklmnopqrstuv",
        "md5$salt$", "0" * 32 + ":" + "0" * 128, ":", "0" * 32 + ":",
    ],
)  # fmt: skip
def test_text_of_no_form_is_no_hash(verify: Verify, stored: str) -> None:
    assert verify((stored, "password"), (stored, ""), (stored, stored)) == [False] * 3


def test_damage_at_any_place(verify: Verify) -> None:
    """One letter of salt or key changed, at every place; the seed is fixed."""
    chance = random.Random(5)
    heads = {  # what says how much a hash costs stays: another number could keep the test busy for minutes
        argon2(Type.ID, "a"): "argon2$argon2id$v=19$m=8,t=1,p=1$",
        "bcrypt$" + bcrypt.hashpw(b"a", bcrypt.gensalt(4)).decode(): "bcrypt$$2b$04$",
        "md5$salt$" + md5(b"salta").hexdigest(): "",
    }
    changed = [
        stored[:place] + letter + stored[place + 1 :]
        for stored, head in heads.items()
        for place in range(len(head), len(stored))
        if (letter := chance.choice("ABCxyz019$+/=,. ")) != stored[place]
    ]
    assert verify(*((stored, "a") for stored in heads)) == [True] * len(heads)
    assert len(changed) > 130
    assert verify(*((stored, "a") for stored in changed)) == [False] * len(changed)
