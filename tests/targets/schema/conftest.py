"""A Django project around each case's models."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workbench.project import Project, find_project

CASES = Path(__file__).parent / "cases"

SETTINGS = """
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.postgres", "shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "x"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-expected`` writes what came out in place of comparing it; read the difference before you commit."""
    parser.addoption("--update-expected", action="store_true", help="rewrite the expected texts of the schema cases")


def project_of(case: str, folder: Path) -> Project:
    """The case's models as the app ``shop``."""
    (folder / "shop").mkdir(parents=True)
    (folder / "shop" / "__init__.py").touch()
    (folder / "shop" / "models.py").write_text((CASES / case / "models.py").read_text())
    (folder / "settings.py").write_text(SETTINGS)
    (folder / "manage.py").write_text("")
    return find_project(folder, python=sys.executable, settings="settings")
