"""The command that opens a notebook."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from workbench.cli.options import DATABASE_OPTION, PROJECT_OPTIONS, options, variables


@click.command()
@click.argument("project", required=False)
@options((*PROJECT_OPTIONS, DATABASE_OPTION))
@click.option("--no-browser", is_flag=True, help="Start the server only.")
def lab(project: str | None, no_browser: bool, env: Sequence[str], database_url: str | None, **options: Any) -> None:
    """Opens JupyterLab on a notebook for PROJECT (on the tour of the sample project without one)."""
    from workbench.notebook.lab import DATABASE_URL, start

    if project is None and (env or database_url or options["python"] or options["settings"]):
        raise click.UsageError("--python, --settings, --env and --database-url belong to a PROJECT, and none is given")
    named = {DATABASE_URL: database_url} if database_url is not None else {}
    os.environ.update({**variables(env), **named})  # the notebook's kernels inherit them; its file holds no secrets
    sys.exit(start(project, options=options, browser=not no_browser))
