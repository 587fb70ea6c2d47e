"""What drizzle-kit would still change in a database, statement by statement, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

KIT_ITSELF = (
    "drizzle-kit proposes the same for the database that its own migration made: it does not read back what it wrote"
)
FROM_DJANGO = "drizzle-kit proposes it for Django's database only"


@dataclass(frozen=True)
class PushStatement:
    """A statement that ``drizzle-kit push`` would run, and the reason."""

    statement: str
    reason: str


def explain_push(django: Sequence[str], own: Sequence[str]) -> tuple[PushStatement, ...]:
    """Statements proposed for Django's database, told apart by those proposed for the one drizzle-kit migrated.

    Both lists come from the same schema modules, so a statement of both says nothing about Django.
    """
    repeated = set(own)
    return tuple(PushStatement(text, KIT_ITSELF if text in repeated else FROM_DJANGO) for text in django)
