"""The bookshop's own database: as its migrations make it, or as its models mean it, filled with rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from workbench.runtime.postgres import Database, PostgresServer

BOOKSHOP = Path(__file__).parents[2] / "sample_projects" / "bookshop"
# the driver's import finds the wheel's libpq; Django's settings are replaced before it is set up
_MIGRATE = """
import sys
import workbench.runtime.driver
import django
from django.conf import settings
from django.core.management import call_command
engine, name, host = sys.argv[1:]
place = {"NAME": name, "HOST": host, "USER": "postgres"}
settings.DATABASES = {"default": {"ENGINE": f"django.db.backends.{engine}", **place}}
django.setup()
call_command("migrate", verbosity=0)
call_command("loaddata", "catalog", "shop", verbosity=0)
"""


def migrated(engine: str, name: str, host: str = "") -> None:
    """Django's own ``migrate`` and ``loaddata``, on a database of that engine."""
    environment = {"DJANGO_SETTINGS_MODULE": "bookshop.settings", "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", _MIGRATE, engine, name, host]
    subprocess.run(command, cwd=BOOKSHOP, env=environment, check=True, timeout=120, capture_output=True)


def migrated_on(server: PostgresServer, name: str) -> Database:
    """A PostgreSQL database of the shop's owner."""
    database = server.create_database(name)
    migrated("postgresql", name, server.host)
    return database
