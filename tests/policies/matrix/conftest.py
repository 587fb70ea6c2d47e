"""The project ``club``, opened once, with its matrix on a scratch PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from workbench.session.permissions.matrix import Matrix, MatrixTrial

CLUB = Path(__file__).parent / "club"


@pytest.fixture(scope="module")
def club() -> Iterator[Any]:
    with wb.open(CLUB) as shop:
        yield shop


@pytest.fixture(scope="module")
def trial(club: Any) -> Iterator[MatrixTrial]:
    with MatrixTrial(club, club._worker()) as trial:
        yield trial


@pytest.fixture(scope="module")
def matrix(trial: MatrixTrial) -> Matrix:
    return trial.matrix()
