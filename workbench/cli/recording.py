"""The command that records what another command asks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.option("--out", "target", metavar="FILE", required=True, help="Where to write the recording (JSON lines).")
@click.option("--root", metavar="FOLDER", default=".", help="The folder whose code is the project's own.")
@click.option("--redact", is_flag=True, help="Leave parameters out: they may be personal data.")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def record(command: tuple[str, ...], target: str, root: str, redact: bool) -> None:
    """Runs COMMAND and records the queries of every Django process in it; exits as COMMAND does."""
    from workbench.runtime.recording import record as run_and_record

    code, found = run_and_record(command, Path(target), Path(root).absolute(), redact)
    click.echo(f"workbench: recorded in {target}: {found}", err=True)
    sys.stdout.flush()
    os._exit(code)  # taking the interpreter down would take as long as writing the recording
