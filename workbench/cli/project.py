"""The commands that open a project and judge it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from workbench.cli.exits import DIFFERS
from workbench.cli.files import read_lines, save, write
from workbench.cli.options import SESSION_OPTIONS, open_project, options, own_database_of, variables


@click.command()
@click.argument("project")
@options(SESSION_OPTIONS)
@click.option("--json", "target", metavar="FILE", default="-", help="Where to write ('-': stdout).")
def inspect(project: str, target: str, database_url: str | None, **given: Any) -> None:
    """Writes what Django itself reports of PROJECT; with --database-url, how its tables differ from the models'."""
    if database_url is None:
        write(_inspected(project, **given), target)
        return
    import msgspec

    with open_project(project, database_url=database_url, **given) as opened:
        tables = opened.database
        write({**msgspec.to_builtins(opened.inspection), "database": tables.as_record()}, target)
    if not tables.holds:
        sys.exit(DIFFERS)


def _inspected(project: str, env: Sequence[str], dialect: str, timeout: float, **found: Any) -> object:
    """The inspection alone, without the session: its imports take longer than many a ``setup()``."""
    import msgspec

    from workbench.inspection.client import Agent
    from workbench.project import find_project

    with Agent(find_project(project, env=variables(env), **found), dialect=dialect, setup_timeout=timeout) as agent:
        return msgspec.to_builtins(agent.inspect())


@click.command()
@click.argument("project")
@options(SESSION_OPTIONS)
@click.option("--queryset", "querysets", metavar="EXPR", multiple=True, help="A Django expression; may be repeated.")
@click.option("--querysets", "file", type=click.Path(exists=True, dir_okay=False), help="A file, one a line.")
@click.option("--json", "target", metavar="FILE", default="-", help="Where to write ('-': stdout).")
def translate(project: str, querysets: tuple[str, ...], file: str | None, target: str, **options: Any) -> None:
    """Translates querysets into Drizzle and judges each."""
    texts = [*querysets, *(read_lines(file) if file else ())]
    if not texts:
        raise click.UsageError("give at least one --queryset, or a file with --querysets")
    with open_project(project, **options) as opened:
        views = [opened.query(text) for text in texts]
    write([view.as_record() for view in views], target)
    if any(view.verdict is None or view.verdict.word != "equivalent" for view in views):
        sys.exit(DIFFERS)


def _announce(sign_in: bool) -> None:
    """Says what is about to be installed."""
    from workbench.runtime.packages import installed_packages
    from workbench.runtime.sign_in import PINNED_AUTH

    if sign_in and installed_packages(PINNED_AUTH) is None:
        click.echo("installing Better Auth into the cache folder, once (83 MB) …", err=True)


@click.command()
@click.argument("project", required=False)
@options(SESSION_OPTIONS)
@click.option("--recorded", metavar="FILE", help="Judge the statements of a recording (of `workbench record`).")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes for --recorded.")
@click.option("--executor", metavar="URL", help="dask://HOST:PORT: a Dask cluster for --recorded.")
@click.option("--sign-in", is_flag=True, help="Also try real sign-ins; installs Better Auth (83 MB) at first use.")
@click.option("--json", "target", metavar="FILE", default="-", help="Where to write ('-': stdout).")
@click.option("--junit", metavar="FILE", help="A JUnit report beside it.")
def check(
    project: str | None,
    target: str,
    junit: str | None,
    recorded: str | None,
    jobs: int,
    executor: str | None,
    sign_in: bool,
    **options: Any,
) -> None:
    """Judges the models and permissions of PROJECT, and the querysets that its own code can evaluate.

    With --recorded, the statements of a recording; then no PROJECT is needed.
    """
    if sign_in and (recorded is not None or project is None):
        raise click.UsageError("--sign-in tries the users of a PROJECT, without --recorded")
    if recorded is not None:
        from workbench.session.recorded.command import check_recorded

        opened_for = None if project is None else open_project(project, **options)
        own = own_database_of(**options) if opened_for is None else None
        result: Any = check_recorded(Path(recorded), jobs, executor, opened_for, own)
    elif project is None:
        raise click.UsageError("give a PROJECT, or a recording with --recorded")
    else:
        with open_project(project, **options) as opened:
            _announce(sign_in)
            result = opened.check(sign_in=sign_in)
    write(result.as_record(), target)
    if junit:
        save(result.to_junit(), junit)
    if not result.holds:
        sys.exit(DIFFERS)
