"""The commands of the machine interface. Results on stdout or in the named file, everything else on stderr.

Exit codes: 0 holds · 1 something differs or fails · 2 bad input or usage · 3 our own fault.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbench.diagnostic import WorkbenchError

if TYPE_CHECKING:
    from workbench.session import Workbench

F = TypeVar("F", bound=Callable[..., Any])
HOLDS, DIFFERS, BAD_INPUT, OUR_FAULT = 0, 1, 2, 3

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
SESSION_OPTIONS = (
    *SETUP_OPTIONS,
    click.option("--database-url", metavar="URL", help="Run on this database, read-only and rolled back."),
)


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

    return open_workbench(project, env=_variables(env), **options)


def _variables(assignments: Sequence[str]) -> dict[str, str]:
    pairs = [assignment.partition("=") for assignment in assignments]
    wrong = [name for name, equals, _ in pairs if not (name and equals)]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} is not of the form K=V", param_hint="--env")
    return {name: value for name, _, value in pairs}


def write(result: object, target: str) -> None:
    """JSON to a file, or to stdout for ``-``."""
    text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
    if target == "-":
        sys.stdout.write(text)
    else:
        save(text, target)


def save(text: str, target: str) -> None:
    """A result's file; a place that cannot be written is the user's mistake."""
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.FileError(target, error.strerror) from None


def read_lines(path: str) -> list[str]:
    """The lines of a file of querysets, less blank ones and comments."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise click.FileError(path, error.strerror) from None
    except UnicodeDecodeError as error:
        raise click.FileError(path, f"not UTF-8: {error.reason} at byte {error.start}") from None
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="django-drizzle-workbench")
def commands() -> None:
    """Moves a Django code base to TypeScript, and says of each step whether both sides mean the same.

    Opening a project runs its code, as `manage.py check` does; its database is never written to.
    """


@commands.command()
@click.argument("project", required=False)
@options(PROJECT_OPTIONS)
@click.option("--no-browser", is_flag=True, help="Start the server only.")
def lab(project: str | None, no_browser: bool, env: Sequence[str], **options: Any) -> None:
    """Opens JupyterLab on a notebook for PROJECT (on the tour of the sample project without one)."""
    from workbench.notebook.lab import start

    if project is None and (env or options["python"] or options["settings"]):
        raise click.UsageError("--python, --settings and --env belong to a PROJECT, and none is given")
    os.environ.update(_variables(env))  # the notebook's kernels inherit them; a notebook file holds no secrets
    sys.exit(start(project, options=options, browser=not no_browser))


@commands.command()
@click.argument("project")
@options(SETUP_OPTIONS)
@click.option("--json", "target", metavar="FILE", default="-", help="Where to write ('-': stdout).")
def inspect(project: str, target: str, env: Sequence[str], dialect: str, timeout: float, **found: Any) -> None:
    """Writes what Django itself reports of PROJECT."""
    import msgspec

    from workbench.inspection.client import Agent  # not the session: its imports take longer than many a setup()
    from workbench.project import find_project

    with Agent(find_project(project, env=_variables(env), **found), dialect=dialect, setup_timeout=timeout) as agent:
        write(msgspec.to_builtins(agent.inspect()), target)


@commands.command()
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


@commands.command()
@click.argument("project", required=False)
@options(SESSION_OPTIONS)
@click.option("--recorded", metavar="FILE", help="Judge the statements of a recording (of `workbench record`).")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes for --recorded.")
@click.option("--executor", metavar="URL", help="dask://HOST:PORT: a Dask cluster for --recorded.")
@click.option("--json", "target", metavar="FILE", default="-", help="Where to write ('-': stdout).")
@click.option("--junit", metavar="FILE", help="A JUnit report beside it.")
def check(
    project: str | None,
    target: str,
    junit: str | None,
    recorded: str | None,
    jobs: int,
    executor: str | None,
    **options: Any,
) -> None:
    """Judges the models and permissions of PROJECT, and the querysets that its own code can evaluate.

    With --recorded, the statements of a recording; then no PROJECT is needed.
    """
    if recorded is not None:
        from workbench.session.recorded_command import check_recorded

        opened_for = None if project is None else open_project(project, **options)
        result: Any = check_recorded(Path(recorded), jobs, executor, opened_for)
    elif project is None:
        raise click.UsageError("give a PROJECT, or a recording with --recorded")
    else:
        with open_project(project, **options) as opened:
            result = opened.check()
    write(result.as_record(), target)
    if junit:
        save(result.to_junit(), junit)
    if not result.holds:
        sys.exit(DIFFERS)


@commands.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option("--out", "target", metavar="FILE", required=True, help="Where to write the recording (JSON lines).")
@click.option("--root", metavar="FOLDER", default=".", help="The folder whose code is the project's own.")
@click.option("--redact", is_flag=True, help="Leave parameters out: they may be personal data.")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def record(command: tuple[str, ...], target: str, root: str, redact: bool) -> None:
    """Runs COMMAND and records the queries of every Django process in it; exits as COMMAND does."""
    from workbench.runtime.recording import record as run_and_record

    code, found = run_and_record(command, Path(target), Path(root).absolute(), redact)
    click.echo(f"workbench: recorded {found} in {target}", err=True)
    sys.exit(code)


@commands.command()
@click.option("--pairs", type=click.Path(exists=True, dir_okay=False), required=True, help="One JSON object a line.")
@click.option("--out", "target", metavar="FILE", default="-", help="Where to write ('-': stdout).")
@click.option("--budget", type=click.FloatRange(min=0.01), default=10.0, show_default=True, help="Seconds a pair.")
def equiv(pairs: str, target: str, budget: float) -> None:
    """Decides pairs of SQL queries; needs no project and no Node."""
    from workbench.session.pairs import decide_file

    sys.exit(decide_file(Path(pairs), target, budget))


@commands.command()
def doctor() -> None:
    """Says what is installed, what is missing, and what to do."""
    from workbench.runtime.doctor import diagnose

    report = diagnose()
    click.echo(str(report))
    sys.exit(HOLDS if report.healthy else DIFFERS)


def main() -> None:
    """The ``workbench`` command."""
    try:
        commands(standalone_mode=False)
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(BAD_INPUT)
    except WorkbenchError as mistake:
        click.echo(str(mistake), err=True)
        sys.exit(BAD_INPUT)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing was lost", err=True)
        sys.exit(130)  # 128 + SIGINT, as shells count
    except Exception:
        traceback.print_exc()
        click.echo("This is a fault of the workbench, not of your project. Please report the lines above.", err=True)
        sys.exit(OUR_FAULT)
