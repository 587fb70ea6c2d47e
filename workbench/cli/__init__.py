"""The commands of the machine interface. Results on stdout or in the named file, everything else on stderr."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from workbench.cli.exits import BAD_INPUT, INTERRUPTED, OUR_FAULT
from workbench.diagnostic import WorkbenchError

# each command and the module it is in, in the order of `workbench --help`
HOMES = {
    "lab": "notebook",
    "inspect": "project",
    "translate": "project",
    "check": "project",
    "record": "recording",
    "equiv": "machine",
    "doctor": "machine",
}


class Commands(click.Group):
    """Imports the command that is asked for, and no other: `workbench record` is part of what recording costs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in HOMES:
            return None
        command: click.Command = getattr(import_module(f"workbench.cli.{HOMES[cmd_name]}"), cmd_name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="django-drizzle-workbench")
def commands() -> None:
    """Moves a Django code base to TypeScript, and says of each step whether both sides mean the same.

    Opening a project runs its code, as `manage.py check` does; its database is never written to.
    """


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
        sys.exit(INTERRUPTED)
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("This is a fault of the workbench, not of your project. Please report the lines above.", err=True)
        sys.exit(OUR_FAULT)
