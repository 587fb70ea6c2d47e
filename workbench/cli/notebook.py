"""The command that opens a notebook."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from workbench.cli.options import PROJECT_OPTIONS, options, variables


@click.command()
@click.argument("project", required=False)
@options(PROJECT_OPTIONS)
@click.option("--no-browser", is_flag=True, help="Start the server only.")
def lab(project: str | None, no_browser: bool, env: Sequence[str], **options: Any) -> None:
    """Opens JupyterLab on a notebook for PROJECT (on the tour of the sample project without one)."""
    from workbench.notebook.lab import start

    if project is None and (env or options["python"] or options["settings"]):
        raise click.UsageError("--python, --settings and --env belong to a PROJECT, and none is given")
    os.environ.update(variables(env))  # the notebook's kernels inherit them; a notebook file holds no secrets
    sys.exit(start(project, options=options, browser=not no_browser))
