"""Permissions in figures: decisions and differences of the matrix, wrong rules noticed, the time of one decision.

    python -m tests.benchmarks.permissions [PROJECT …] [--decisions 20000] [--dialect sqlite] [--each]

Without a project: both samples. Times are of this machine; everything else is the same everywhere.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import workbench as wb
from workbench.catalog.table import Dialect
from workbench.runtime.packages import ensure_packages, node_program
from workbench.session.permissions.matrix import Matrix, MatrixTrial
from workbench.session.permissions.mutations import try_mutants
from workbench.session.permissions.sources import Sources
from workbench.session.permissions.verdicts import verdicts

SAMPLES = Path(__file__).parents[2] / "sample_projects"
MEMBERS = [{"userId": number, "role": "reader", "canAssign": False} for number in range(2, 21)]
ME = {"userId": 1, "role": "owner", "canAssign": True}
USERS = [
    {"id": key, "deactivatedAt": None, "isStaff": False, "isSiteAdmin": False, "groups": [], "permissions": []}
    for key in (None, 1, 99)
]


def measure(project: Path, decisions: int, dialect: Dialect, each: bool) -> None:
    """One project's figures; ``each``: also how often each permission was asked."""
    with wb.open(project, dialect=dialect) as shop, MatrixTrial(shop, shop._worker(), decisions) as trial:
        matrix = trial.matrix()
        found = verdicts(matrix, Sources(shop.policies, shop.permissions.rendering))
        words = ", ".join(f"{count} {word}" for word, count in Counter(v.word for v in found.values()).items())
        print(f"{project.name} on {dialect}: {matrix.decisions} decisions of Django; permissions: {words}")
        for name, count in matrix.by_permission.items() if each else ():
            print(f"    {name}: {count} decisions, {found[name].word}")
        print(f"  queries for the contexts of a page: {pages(matrix)}")
        report = try_mutants(trial, matrix)
        equal = sum(one.equal for one in report.tried)
        print(f"  wrong rules: {len(report.tried)}, equal in meaning {equal}, noticed {report.share:.1%} of the others")
        for one in report.missed:
            print(f"    missed: {one.permission}, {one.mutant.kind}: {one.mutant.condition}")
        if project.name == "processn":
            print(f"  one decision in memory: {decision(trial)}")


def pages(matrix: Matrix) -> str:
    """Objects and queries, by model."""
    asked = [(one, answers) for one, answers in zip(matrix.asked, matrix.node.subjects, strict=True) if answers.queries]
    return ", ".join(f"{one.subject.model} {len(one.keys)} objects {answers.queries}" for one, answers in asked)


def decision(trial: MatrixTrial) -> str:
    """The median of a warm decision in Node, on a project with twenty members."""
    rules = [f"project.{name}" for name in ("view", "change", "delete", "assignTasks", "audit")]
    contexts = [{"archived": False, "public": False, "members": [*MEMBERS, ME]}]
    asked = {"module": "permissions/processn.ts", "registry": "projectRules", "rules": rules, "contexts": contexts}
    with tempfile.TemporaryDirectory() as folder:
        for path, text in trial.files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_text(text)
        (Path(folder) / "node_modules").symlink_to(ensure_packages() / "node_modules")
        script = str(Path(__file__).with_name("permission_decisions.mjs"))
        command = [str(node_program()), "--disable-warning=ExperimentalWarning", script, folder]
        answer = subprocess.run(
            command, input=json.dumps({**asked, "users": USERS}), capture_output=True, text=True, check=True
        )
    figures: dict[str, Any] = json.loads(answer.stdout)
    return f"median {figures['median']:.2f} µs, 95% under {figures['p95']:.2f} µs, of {figures['count']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--decisions", type=int, default=20_000)
    parser.add_argument("--dialect", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--each", action="store_true", help="the number of decisions of each permission, too")
    chosen = parser.parse_args()
    for project in chosen.projects or (SAMPLES / "processn", SAMPLES / "bookshop"):
        measure(project, chosen.decisions, chosen.dialect, chosen.each)


if __name__ == "__main__":
    main()
