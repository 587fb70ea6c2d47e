"""The users that a trial of the sign-in is made with: of every hasher, of every kind, and with damaged hashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

_EVERYDAY = "correct horse {} battery"
_ACCENTED = "pässwörd ﬁ① {}"  # its NFC, NFD and NFKC forms are three texts
_LONG = "{} " + "x" * 66 + "öäå tail"  # 72 bytes end inside a letter
_COLUMN = 128  # characters of Django's password column


@dataclass(frozen=True)
class Person:
    """One user of a trial. ``kind`` says what makes it worth trying; ``stored`` is a hash as it is, in place of one."""

    kind: str
    login: str
    email: str
    password: str | None
    algorithm: str = ""  # "": the project's first
    stored: str | None = None
    cheap: bool = True
    is_active: bool = True
    is_staff: bool = False
    is_superuser: bool = False
    id: str = ""

    def as_request(self) -> dict[str, Any]:
        """For the agent."""
        names = ("login", "email", "password", "algorithm", "stored", "cheap", "is_active", "is_staff", "is_superuser")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Naming:
    """How the project names its users: by a login name, or by an address; whether addresses have to differ."""

    by_email: bool
    unique_email: bool

    def person(self, name: str, kind: str, password: str | None, **more: Any) -> Person:
        """A user of that name."""
        email = more.pop("email", f"{name}@example.org")
        return Person(kind, email if self.by_email else name, email, password, **more)


def people(naming: Naming, algorithms: Sequence[str], long: Sequence[str], *, dear: bool) -> tuple[Person, ...]:
    """Users of every hasher and of every kind. ``long``: hashers that take a password of more than 72 bytes.

    ``dear`` adds one user a hasher whose hash costs what the project says.
    """
    hashed = [person for name in algorithms for person in _hashed(naming, name, name in long, dear)]
    return (*hashed, *_kinds(naming), *_names(naming))


def _hashed(naming: Naming, algorithm: str, long: bool, dear: bool) -> Iterator[Person]:
    passwords = [("plain", _EVERYDAY), ("accented", _ACCENTED), *([("long", _LONG)] if long else [])]
    for word, password in passwords:
        name = f"{word}-{algorithm}"
        yield naming.person(name, "password", password.format(algorithm), algorithm=algorithm)
    if dear:
        password = _EVERYDAY.format(f"dear {algorithm}")
        yield naming.person(f"dear-{algorithm}", "full cost", password, algorithm=algorithm, cheap=False)


def _kinds(naming: Naming) -> Iterator[Person]:
    """Django's flags, and passwords that are none."""
    for kind, flags in _FLAGS:
        yield naming.person(kind.replace(" ", "-"), kind, _EVERYDAY.format(kind), **flags)
    yield naming.person("unusable", "unusable password", None)
    yield naming.person("empty", "empty password", "")
    yield naming.person("spaces", "password with spaces at its ends", "  spaces matter  ")
    yield naming.person("nul", "password with a NUL", "a nul\0inside")


_FLAGS: tuple[tuple[str, dict[str, bool]], ...] = (
    ("staff", {"is_staff": True}),
    ("superuser", {"is_staff": True, "is_superuser": True}),
    ("superuser without staff", {"is_superuser": True}),
    ("inactive", {"is_active": False}),
    ("inactive superuser", {"is_active": False, "is_superuser": True}),
)


def _names(naming: Naming) -> Iterator[Person]:
    """Login names and addresses at the edges."""
    for name in ("Case", "case"):
        email = f"{name}@example.org"
        yield naming.person(name, "names that differ by case", _EVERYDAY.format(name), email=email)
    yield naming.person("ångström", "accented name", _EVERYDAY.format("unit"), email="ångström@example.org")
    yield naming.person("ﬁnd①", "name that is not in NFKC form", _EVERYDAY.format("form"), email="ﬁnd①@example.org")
    yield naming.person("local", "address without a domain's dot", _EVERYDAY.format("local"), email="local@localhost")
    if naming.by_email or naming.unique_email:
        return
    yield naming.person("nomail", "no address", _EVERYDAY.format("nomail"), email="")
    for name in ("twin-a", "twin-b"):
        yield naming.person(name, "shared address", _EVERYDAY.format(name), email="twin@example.org")


def damaged(naming: Naming, made: Sequence[Person]) -> tuple[Person, ...]:
    """Users whose stored hash is not whole, made of the hashes of others; each keeps the password of its source."""
    sources = [person for person in made if person.login.startswith("plain-") and person.stored]
    broken = [
        naming.person(f"{word.replace(' ', '-')}-{source.algorithm}", f"hash {word}", source.password, stored=text)
        for source in sources
        for word, text in _damages(source.stored or "", source.algorithm)
    ]
    borrowed = [
        naming.person(f"borrowed-{one.algorithm}", "hash of another user", one.password, stored=other.stored)
        for one, other in zip(sources, [*sources[1:], *sources[:1]], strict=True)
    ]
    return (
        *broken,
        *borrowed,
        *(naming.person(f"odd-{n}", "hash of no form", _ODD_PASSWORD, stored=t) for n, t in _ODD),
    )


def _damages(stored: str, algorithm: str) -> Iterator[tuple[str, str]]:
    head, _, key = stored.rpartition("$")
    yield "without its last letter", stored[:-1]
    yield "without its key", f"{head}$"
    yield "of half a key", f"{head}${key[: len(key) // 2]}"
    other = "scrypt" if algorithm == "pbkdf2_sha1" else "pbkdf2_sha1"
    yield "under another name", stored.replace(algorithm, other, 1)[:_COLUMN]


# of this password, some of them: Django refuses an algorithm that PASSWORD_HASHERS does not name, and a missing salt
_ODD_PASSWORD = "password"
_ODD = (
    ("blank", ""),
    ("dollar", "$"),
    ("unsalted-md5", "5f4dcc3b5aa765d61d8327deb882cf99"),
    ("unsalted-md5-named", "md5$$5f4dcc3b5aa765d61d8327deb882cf99"),
    ("unsalted-sha1", "sha1$$5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"),
    ("salted-md5", "md5$salt$67a1e09bb1f83f5007dc119c14d663aa"),
    ("unknown", "rot13$salt$cnffjbeq"),
    ("prototype", "constructor$1$salt$a2V5"),
    ("number", "pbkdf2_sha256$1e3$salt$a2V5"),
    ("negative", "pbkdf2_sha256$-1$salt$a2V5"),
)


def identified(made: Sequence[Person], answers: Sequence[dict[str, str]]) -> tuple[Person, ...]:
    """The same people with the keys and hashes that they got."""
    pairs = zip(made, answers, strict=True)
    return tuple(replace(person, id=answer["id"], stored=answer["stored"]) for person, answer in pairs)
