"""One opened bookshop for all notebook tests: opening it takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.session.opening import open as open_project
from workbench.session.workbench import Workbench

BOOKSHOP = Path(__file__).parents[2] / "sample_projects" / "bookshop"


@pytest.fixture(scope="package")
def shop() -> Iterator[Workbench]:
    with open_project(BOOKSHOP) as opened:
        yield opened
