"""The commands that need no project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.exits import DIFFERS, HOLDS
from workbench.cli.files import read_text, write_text

if TYPE_CHECKING:
    from workbench.catalog.table import Dialect


@click.command()
@click.option("--pairs", type=click.Path(exists=True, dir_okay=False), help="One JSON object a line.")
@click.option("--left", metavar="SQL", help="A query, to be compared with --right.")
@click.option("--right", metavar="SQL", help="The other query.")
@click.option("--schema", metavar="FILE", help="The CREATE TABLE statements of --left and --right.")
@click.option("--dialect", type=click.Choice(["postgres", "sqlite"]), default="postgres", show_default=True)
@click.option("--out", "target", metavar="FILE", default="-", help="Where to write ('-': stdout).")
@click.option("--budget", type=click.FloatRange(min=0.01), default=10.0, show_default=True, help="Seconds a pair.")
def equiv(
    pairs: str | None,
    left: str | None,
    right: str | None,
    schema: str | None,
    dialect: Dialect,
    target: str,
    budget: float,
) -> None:
    """Decides pairs of SQL queries; needs no project and no Node.

    A file of --pairs is answered in JSON; --left and --right with their --schema are shown as text, clause by clause.
    """
    if pairs is not None and not (left or right or schema):
        from workbench.session.pairs import decide_file

        sys.exit(decide_file(Path(pairs), target, budget))
    if pairs is not None or left is None or right is None or schema is None:
        raise click.UsageError("give a file with --pairs, or --left, --right and --schema")
    from workbench.comparison import compare

    comparison = compare(left, right, read_text(schema), dialect, budget=budget)
    write_text(f"{comparison}\n", target)
    sys.exit(HOLDS if comparison.verdict.word == "equivalent" else DIFFERS)


@click.command()
def doctor() -> None:
    """Says what is installed, what is missing, and what to do."""
    from workbench.runtime.doctor import diagnose

    report = diagnose()
    click.echo(str(report))
    sys.exit(HOLDS if report.healthy else DIFFERS)
