"""Options that several commands share, in tables, and the session that they open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from workbench.catalog.table import Dialect
    from workbench.runtime.own_reading import OwnDatabase
    from workbench.session import Workbench

F = TypeVar("F", bound=Callable[..., Any])

PROJECT_OPTIONS = (
    click.option("--python", metavar="PATH", help="The project's interpreter (found if not given)."),
    click.option("--settings", metavar="MODULE", help="The settings module (found if not given)."),
    click.option("--env", metavar="K=V", multiple=True, help="An environment variable for the project; repeatable."),
    click.option("--dialect", type=click.Choice(["postgres", "sqlite"]), default="postgres", show_default=True),
)
SETUP_OPTIONS = (
    *PROJECT_OPTIONS,
    click.option(
        "--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds for django.setup()."
    ),
)
DATABASE_OPTION = click.option(
    "--database-url", metavar="URL", help="Compare with this database, too: read-only, rolled back."
)
SESSION_OPTIONS = (*SETUP_OPTIONS, DATABASE_OPTION)


def options(rows: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    """Gives a command the options of a table, in its order."""

    def decorate(command: F) -> F:
        for option in reversed(rows):
            command = option(command)
        return command

    return decorate


def open_project(project: str, env: Sequence[str], **options: Any) -> Workbench:
    """The session of a PROJECT argument and its options."""
    from workbench.session import open as open_workbench

    return open_workbench(project, env=variables(env), **options)


def own_database_of(database_url: str | None, dialect: Dialect, **_: Any) -> OwnDatabase | None:
    """The database of the user's that the options name, for a command without a PROJECT."""
    if database_url is None:
        return None
    from workbench.runtime.own_database import own_database

    return own_database(database_url, dialect)


def variables(assignments: Sequence[str]) -> dict[str, str]:
    """``K=V`` texts as a mapping; anything else is the user's mistake."""
    pairs = [assignment.partition("=") for assignment in assignments]
    wrong = [name for name, equals, _ in pairs if not (name and equals)]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} is not of the form K=V", param_hint="--env")
    return {name: value for name, _, value in pairs}
