"""What the users of a trial are tried with: their passwords and names in many spellings, and those of others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.session.sign_in.people import Person

HALF = "\ud800"  # half of a surrogate pair: JSON can carry it, Python cannot encode it
_NEIGHBOURS = 4  # users whose password each user is tried with
_RENAMED = {"superuser", "accented name", "name that is not in NFKC form"}


@dataclass(frozen=True)
class Attempt:
    """A login name and a password, and in words what they are."""

    person: Person
    what: str
    login: str
    password: str


def attempts(made: Sequence[Person]) -> tuple[Attempt, ...]:
    """Every user with its own password in many spellings, and with those of others."""
    cheap = [person for person in made if person.cheap]
    tried = [one for number, person in enumerate(cheap) for one in _of(person, cheap, number)]
    return (*tried, *(one for person in cheap if person.kind in _RENAMED for one in _renamed(person)))


def dear_attempts(made: Sequence[Person]) -> tuple[Attempt, ...]:
    """The right password of each user whose hash costs its full price: wrong ones have been tried on cheap hashes."""
    dear = [person for person in made if not person.cheap and person.password]
    return tuple(Attempt(person, "its password", person.login, person.password or "") for person in dear)


def _of(person: Person, made: Sequence[Person], number: int) -> Iterator[Attempt]:
    passwords = dict(_spellings(person.password or ""))
    passwords |= {"nothing": "", "half a letter": HALF}
    if person.stored:
        passwords["its stored hash"] = person.stored
    others = [made[(number + step) % len(made)] for step in range(1, _NEIGHBOURS + 1)]
    passwords |= {f"the password of {other.login}": other.password for other in others if other.password}
    for what, password in passwords.items():
        yield Attempt(person, what, person.login, password)


def _spellings(password: str) -> Iterator[tuple[str, str]]:
    yield "its password", password
    for form in ("NFC", "NFD", "NFKC"):
        spelled = unicodedata.normalize(form, password)
        if spelled != password:
            yield f"its password in {form}", spelled
    yield "upper case", password.upper()
    yield "a letter less", password[:-1]
    yield "a space more", f"{password} "
    yield "a NUL more", f"{password}\0"
    yield "half a letter more", f"{password}{HALF}"
    cut = password.encode()[:72].decode(errors="ignore")
    if cut != password:
        yield "72 bytes of it", cut
        yield "72 bytes of it and another end", f"{cut}yyyyyyyy"


def _renamed(person: Person) -> Iterator[Attempt]:
    """The right password under other spellings of the name."""
    names = {
        "name between spaces": f" \u00a0{person.login}\x1f\t",
        "name after a byte order mark": f"\ufeff{person.login}",
        "name in upper case": person.login.upper(),
        "name in lower case": person.login.lower(),
        "name in NFD": unicodedata.normalize("NFD", person.login),
        "name in NFKC": unicodedata.normalize("NFKC", person.login),
        "wide name": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in person.login),
        "name with a NUL": f"{person.login}\0",
        "name with half a letter": f"{person.login}{HALF}",
        "address": person.email,
        "placeholder": f"user-{person.id}@placeholder.invalid",
        "no name": "",
        "name of nobody": f"{person.login}-nobody",
    }
    for what, name in names.items():
        yield Attempt(person, what, name, person.password or "")
