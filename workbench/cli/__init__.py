"""The commands of the machine interface. Results on stdout or in the named file, everything else on stderr."""

from __future__ import annotations

import sys
import traceback

import click

from workbench.cli.exits import BAD_INPUT, INTERRUPTED, OUR_FAULT
from workbench.cli.machine import doctor, equiv
from workbench.cli.notebook import lab
from workbench.cli.project import check, inspect, translate
from workbench.cli.recording import record
from workbench.diagnostic import WorkbenchError

COMMANDS = (lab, inspect, translate, check, record, equiv, doctor)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, commands=COMMANDS)
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
        traceback.print_exc()
        click.echo("This is a fault of the workbench, not of your project. Please report the lines above.", err=True)
        sys.exit(OUR_FAULT)
