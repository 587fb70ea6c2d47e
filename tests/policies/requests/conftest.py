"""The project ``gate``, its views requested as each kind of user."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbench as wb

GATE = Path(__file__).parent / "gate"


@pytest.fixture(scope="package")
def gate() -> Iterator[Any]:
    with wb.open(GATE, settings="gate_settings") as shop:
        yield shop


@pytest.fixture(scope="package")
def login_gate() -> Iterator[Any]:
    with wb.open(GATE, settings="login_settings") as shop:
        yield shop
