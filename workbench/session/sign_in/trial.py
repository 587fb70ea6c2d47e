"""A trial of the sign-in: users that Django made, moved by the generated SQL, tried on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from workbench.inspection.client import Agent
from workbench.inspection.sign_in_records import SignInRecord
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import Database
from workbench.runtime.sign_in import Answer, Entered, SignInWorker
from workbench.session.sign_in.attempts import Attempt
from workbench.session.sign_in.people import Naming, Person, damaged, identified, people
from workbench.targets.better_auth.hashers import verdicts
from workbench.targets.better_auth.render import schema_files, typescript_modules
from workbench.targets.better_auth.sql import identifier
from workbench.targets.better_auth.users import UserTable
from workbench.targets.rendering import Rendering

_BCRYPT = "bcrypt"  # the one hasher that looks at 72 bytes only


@dataclass(frozen=True)
class Subject:
    """What is tried: a project's sign-in, and the tools for it. ``create`` makes a scratch database with its tables."""

    agent: Agent
    record: SignInRecord
    users: UserTable
    rendering: Rendering
    tables: Mapping[str, str]  # Better Auth's models by the names of their tables
    create: Callable[[], Database]
    node: NodeWorker

    @property
    def algorithms(self) -> list[str]:
        """Those that both sides can compute here."""
        missing = {hasher.algorithm for hasher in self.record.hashers if hasher.missing}
        return [name for name, verified in verdicts(self.record).items() if verified and name not in missing]

    @property
    def own_backends(self) -> frozenset[str]:
        """The project's own, of which nothing is translated: each is a ``sign-in-backend`` diagnostic."""
        return frozenset(note.thing for note in self.rendering.diagnostics if note.code == "sign-in-backend")

    @property
    def naming(self) -> Naming:
        """How its users are named."""
        email = self.users.email
        return Naming(self.users.variant == "email", bool(email and email.unique))


@dataclass(frozen=True)
class Trial:
    """One attempt and both answers: Django's login form's, ``authenticate()``'s alone, Better Auth's."""

    attempt: Attempt
    form: bool | str
    authenticate: bool | str | None  # None: not asked
    better_auth: Answer
    untranslated: str = ""  # the project's own backend that signed in, which has no translation

    @property
    def refused_as_said(self) -> bool:
        """Better Auth refuses whom only a backend without a translation signs in: its diagnostic says so."""
        return bool(self.untranslated) and not self.better_auth.accepted

    @property
    def alike(self) -> bool:
        """Better Auth signs in whom Django's form signs in, as the same user, and nobody else."""
        if self.form is True:
            return self.better_auth.accepted and self.better_auth.user == self.attempt.person.id
        return not self.better_auth.accepted


@dataclass(frozen=True)
class Entry:
    """A sign-in that was kept: the guards' answers, the hash it left, and what the same passwords get afterwards."""

    person: Person
    entered: Entered
    stored: str
    later: tuple[Trial, ...]


@dataclass(frozen=True)
class Cut:
    """The beginning of a stored hash, and whether it verifies: by our module, and by Django's ``check_password()``."""

    algorithm: str
    length: int
    whole: bool
    ours: bool
    django: bool | str


class Scene:
    """A scratch database with users on both sides, while it is open."""

    def __init__(self, subject: Subject, database: Database, worker: SignInWorker) -> None:
        self.subject, self.database, self.worker = subject, database, worker
        self.people: tuple[Person, ...] = ()
        self.preflight: tuple[tuple[str, int, bool], ...] = ()  # what, users, whether it stops

    def furnish(self, *, dear: bool) -> None:
        """Makes the users in Django and moves them with the generated SQL."""
        naming, long = self.subject.naming, self._long()
        made = self._made(people(naming, self.subject.algorithms, long, dear=dear))
        self.people = (*made, *self._made(damaged(naming, made)))
        with self.database.connect() as connection:
            for statement in self.subject.node.migrate(self.subject.node.load(schema_files(self.subject.rendering))):
                connection.execute(statement.encode())
            rows = connection.execute(self._sql("preflight.sql")).fetchall()
            self.preflight = tuple((what, users, stops) for what, users, _, stops, _ in rows)
            connection.execute(self._sql("migrate_users.sql"))
        self.worker.open(typescript_modules(self.subject.rendering), self.database.node_settings())

    def tried(self, attempts: Sequence[Attempt], *, cheap: bool = True) -> list[Trial]:
        """Each attempt on both sides, by itself; nothing is kept."""
        pairs = [(attempt.login, attempt.password) for attempt in attempts]
        with ThreadPoolExecutor(1) as beside:  # two processes that compute hashes
            answering = beside.submit(self.worker.attempt, pairs)
            django = self._asked("sign_in_try", attempts=[list(pair) for pair in pairs], cheap=cheap)
            answers = answering.result()
        own = self.subject.own_backends
        return [
            Trial(
                attempt, said["form"], said["authenticate"], answer, said["backend"] if said["backend"] in own else ""
            )
            for attempt, said, answer in zip(attempts, django, answers, strict=True)
        ]

    def enter(self, person: Person, wrong: Sequence[Attempt]) -> Entry:
        """Signs a person in for good, and tries it again with the right and with wrong passwords."""
        entered = self.worker.enter(person.login, person.password or "")
        stored = self._stored(person)
        right = Attempt(person, "its password, again", person.login, person.password or "")
        return Entry(person, entered, stored, tuple(self.tried((right, *wrong))))

    def lock(self, person: Person) -> None:
        """Locks an account of Better Auth."""
        table = identifier(self.subject.tables["user"])
        with self.database.connect() as connection:
            connection.execute(f"UPDATE {table} SET deactivated_at = now() WHERE id = %s".encode(), [person.id])

    def cut_hashes(self) -> list[Cut]:
        """Every beginning of a hash of each hasher, with the right password."""
        cuts = [
            (person, length)
            for person in self.people
            if person.login.startswith("plain-")
            for length in range(len(person.stored or "") + 1)
        ]
        cases = [((person.stored or "")[:length], person.password or "") for person, length in cuts]
        truncates = bool(self.subject.record.bcrypt_truncates)
        ours = self.worker.verify(cases, self.subject.algorithms, truncates)
        django = self._asked("sign_in_verify", cases=[list(case) for case in cases])
        answers = zip(cuts, ours, django, strict=True)
        return [
            Cut(person.algorithm, length, length == len(person.stored or ""), o, d)
            for (person, length), o, d in answers
        ]

    def _made(self, wanted: Sequence[Person]) -> tuple[Person, ...]:
        found = self._asked("sign_in_create", users=[person.as_request() for person in wanted])
        return identified(wanted, found["users"])

    def _long(self) -> list[str]:
        truncates = self.subject.record.bcrypt_truncates
        return [name for name in self.subject.algorithms if name != _BCRYPT or truncates]

    def _stored(self, person: Person) -> str:
        table = identifier(self.subject.tables["account"])
        with self.database.connect() as connection:
            row = connection.execute(
                f"SELECT password FROM {table} WHERE user_id = %s".encode(), [person.id]
            ).fetchone()
        return str(row[0]) if row else ""

    def _sql(self, name: str) -> bytes:
        return self.subject.rendering.artifact(f"auth/{name}").text.encode()

    def _asked(self, op: str, **payload: Any) -> Any:
        return self.subject.agent.request(op, timeout=600, database=self.database.django_settings(), **payload)


@contextmanager
def scene(subject: Subject) -> Iterator[Scene]:
    """A database and a real Better Auth, both gone afterwards."""
    database = subject.create()
    try:
        with SignInWorker() as worker:
            yield Scene(subject, database, worker)
    finally:
        database.drop()
