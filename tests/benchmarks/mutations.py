"""Wrong rules: every single change of every translated rule, put through the matrix in the rule's place.

    python -m tests.benchmarks.mutations [PROJECT …] [--dialect sqlite] [--settings MODULE] [--decisions 0]

Without a project: both samples. Exit code 1 where fewer than 95 of 100 wrong rules are noticed, or one that is not
noticed is not shown to mean the same.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import workbench as wb
from workbench.catalog.table import Dialect
from workbench.session.permissions.matrix import MatrixTrial
from workbench.session.permissions.mutations import MutationReport, try_mutants

SAMPLES = Path(__file__).parents[2] / "sample_projects"
_ENOUGH = 0.95


def measure(project: Path, settings: str | None, dialect: Dialect, decisions: int) -> MutationReport:
    """One project's wrong rules, put through its matrix."""
    with (
        wb.open(project, settings=settings, dialect=dialect) as shop,
        MatrixTrial(shop, shop._worker(), decisions) as trial,
    ):
        return try_mutants(trial, trial.matrix())


def tell(name: str, report: MutationReport) -> None:
    """By kind of change, then how those that are not noticed are shown to mean the same, then the others."""
    caught, equal = (sum(held(one) for one in report.tried) for held in (lambda o: o.caught, lambda o: o.equal))
    rules = len({one.permission for one in report.tried})
    noticed = f"{caught} noticed ({caught / max(1, len(report.tried)):.1%}), {equal} equal in meaning"
    print(f"{name}: {len(report.tried)} changes of {rules} rules, {noticed}, {len(report.missed)} missed")
    print(f"  of those that are not equal {report.share:.1%} are noticed")
    for kind, (good, count) in report.by_kind.items():
        print(f"  {kind}: {good} of {count}")
    for shown, count in Counter(one.shown_equal for one in report.tried if one.equal).items():
        print(f"  equal, {count}: {shown}")
    for one in report.missed:
        print(f"  missed: {one.permission}, {one.mutant.kind}: {one.mutant.changed}")
    for permission in report.untried:
        print(f"  not tried: {permission}: something asked beside its rule is not translated")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--settings")
    parser.add_argument("--dialect", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--decisions", type=int, default=0, help="of Django, beyond those that the cases take")
    chosen = parser.parse_args()
    fine = True
    for project in chosen.projects or (SAMPLES / "processn", SAMPLES / "bookshop"):
        report = measure(project, chosen.settings, chosen.dialect, chosen.decisions)
        tell(project.name, report)
        fine &= report.share >= _ENOUGH and not report.missed
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
