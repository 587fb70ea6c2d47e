"""Real Better Auth in a Node process of its own, on a scratch database.

Its npm packages are a second pinned set (``npm_auth/``), installed when sign-in is asked for and never before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from workbench.process import ChannelError
from workbench.runtime.node_failures import failure
from workbench.runtime.node_process import NodeProcess
from workbench.runtime.packages import PINNED, ensure_packages

PINNED_AUTH = PINNED.with_name("npm_auth")
_OPEN_TIMEOUT = 60.0  # seconds; 1.5 measured
_TRY_TIMEOUT = 300.0  # a fuse: thousands of cheap hashes, or some dear ones

Attempt: TypeAlias = tuple[str, str]  # login name, password


@dataclass(frozen=True)
class Answer:
    """What a sign-in got: its HTTP status, Better Auth's code for a refusal, and the user's id."""

    accepted: bool
    status: int
    code: str | None
    user: str | None


@dataclass(frozen=True)
class Entered:
    """A sign-in for good: the cookie, and whom ``requireSession`` and ``requireSiteAdmin`` then let through.

    A guard that denies has the status as an integer in the place of the user's id.
    """

    answer: Answer
    cookie: str | None
    session: str | int
    site_admin: str | int


def auth_packages() -> Path:
    """The folder of Better Auth's ``node_modules``; installs it at first use (30 s and 83 MB, measured)."""
    return ensure_packages(PINNED_AUTH)


class SignInWorker:
    """One process, one project at a time; starts at :meth:`open`."""

    def __init__(self, packages: Callable[[], Path] = auth_packages) -> None:
        self._key = ""
        self._process = NodeProcess("./sign_in.mjs", "sign-in worker", packages)

    def open(self, files: Mapping[str, str], settings: Mapping[str, str]) -> None:
        """Evaluates the modules below ``auth/`` and connects them with a database (``Database.node_settings()``)."""
        self._key = hashlib.sha256(json.dumps(sorted(files.items())).encode()).hexdigest()[:16]  # modules are kept
        self._ask("open", _OPEN_TIMEOUT, files=dict(files), settings=dict(settings))

    def attempt(self, attempts: Sequence[Attempt]) -> list[Answer]:
        """Each by itself: what a successful one writes is rolled back."""
        found = self._ask("attempt", _TRY_TIMEOUT, attempts=[list(pair) for pair in attempts])
        return [Answer(**answer) for answer in found]

    def enter(self, login: str, password: str) -> Entered:
        """Signs in for good and asks the guards with the cookie that came back."""
        found = self._ask("enter", _TRY_TIMEOUT, login=login, password=password)
        answer = Answer(found["accepted"], found["status"], found["code"], found["user"])
        return Entered(answer, found["cookie"], _guarded(found["session"]), _guarded(found["siteAdmin"]))

    def ask(self, cookie: str) -> str | int:
        """Whom ``requireSession`` lets through with that cookie now."""
        return _guarded(self._ask("ask", _TRY_TIMEOUT, cookie=cookie)["session"])

    def verify(self, cases: Sequence[tuple[str, str]], hashers: Sequence[str], truncates: bool) -> list[bool]:
        """``verifyPassword`` alone, for pairs of a stored hash and a password."""
        accepted = {"hashers": list(hashers), "bcryptTruncates": truncates}
        return list(self._ask("verify", _TRY_TIMEOUT, cases=[list(case) for case in cases], accepted=accepted))

    def post(self, path: str, body: Mapping[str, Any]) -> int:
        """The status of a POST to one of Better Auth's endpoints, by way of HTTP."""
        return int(self._ask("post", _TRY_TIMEOUT, path=path, body=dict(body)))

    def close(self) -> None:
        """Ends the process."""
        self._process.close()

    def __enter__(self) -> SignInWorker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, op: str, timeout: float, **payload: Any) -> Any:
        try:
            return self._process.request(op, timeout, key=self._key, **payload)
        except ChannelError as error:
            raise failure(error.error) from None


def _guarded(found: Mapping[str, Any]) -> str | int:
    return found["user"] if "user" in found else int(found["denied"])
