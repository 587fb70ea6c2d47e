"""Opened projects and their trials, one each for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench as wb
from workbench.session.sign_in.proof import SignInProof
from workbench.session.workbench import Workbench

ROOT = Path(__file__).parents[3]
MEMBERS = Path(__file__).parent / "projects" / "members"


@pytest.fixture(scope="package")
def bookshop() -> Iterator[Workbench]:
    with wb.open(ROOT / "sample_projects" / "bookshop") as shop:
        yield shop


@pytest.fixture(scope="package")
def processn() -> Iterator[Workbench]:
    with wb.open(ROOT / "sample_projects" / "processn") as shop:
        yield shop


@pytest.fixture(scope="package")
def members() -> Iterator[Workbench]:
    with wb.open(MEMBERS) as club:
        yield club


@pytest.fixture(scope="package")
def bookshop_proof(bookshop: Workbench) -> SignInProof:
    """Users named by a login name; every default hasher, at full price too."""
    return bookshop.sign_in.prove(dear=True)


@pytest.fixture(scope="package")
def members_proof(members: Workbench) -> SignInProof:
    """Users named by an address; every hasher of Django."""
    return members.sign_in.prove(dear=False)


@pytest.fixture(scope="package")
def any_case_proof() -> Iterator[SignInProof]:
    """Users whom a backend of the project's own signs in as well."""
    with wb.open(MEMBERS, settings="config.any_case") as club:
        yield club.sign_in.prove(dear=False)
