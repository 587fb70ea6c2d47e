"""Opens every project of projects.toml and prints what the README reports of them.

    python -m tests.real.run --root FOLDER [--mirror FOLDER] [--dialect sqlite] [NAME …]

Exit code 1 where a schema does not compile or a table differs.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import workbench as wb
from tests.real.building import Built, build, recipes
from workbench.catalog.table import Dialect
from workbench.verdict import AttributeWitness, Different

HEADINGS = ("project", "models", "tables", "equal", "compile errors", "kit would change", "differences by kind")


def measure(built: Built, dialect: Dialect) -> tuple[object, ...]:
    """One row of the report."""
    recipe = built.recipe
    opened = wb.open(
        built.path, python=built.python, settings=recipe.settings, env=recipe.env, timeout=180, dialect=dialect
    )
    with opened:
        verdicts = opened.schema_checks.parity.verdicts
        errors = opened.compile_errors
        for error in errors[:10]:
            print(f"    {error}", file=sys.stderr)
        equal = sum(verdict.word == "equivalent" for verdict in verdicts.values())
        kinds = Counter(
            kind for verdict in verdicts.values() if isinstance(verdict, Different) for kind in _kinds(verdict)
        )
        differences = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()) or "none"
        models = len(opened.inspection.models)
        return recipe.name, models, len(verdicts), equal, len(errors), len(opened.schema_checks.push), differences


def _kinds(verdict: Different) -> list[str]:
    return [witness.attribute for witness in verdict.witnesses if isinstance(witness, AttributeWitness)]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True, help="where sources and virtual environments go")
    parser.add_argument("--mirror", type=Path, help="snapshots as bare repositories, used in place of git clone")
    parser.add_argument("--dialect", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("names", nargs="*", help="only these projects")
    chosen = parser.parse_args()
    print("| " + " | ".join(HEADINGS) + " |\n|" + "---|" * len(HEADINGS))
    fine = True
    for recipe in recipes():
        if not chosen.names or recipe.name in chosen.names:
            row = measure(build(recipe, chosen.root.resolve(), chosen.mirror), chosen.dialect)
            fine &= row[2] == row[3] and not row[4]
            print("| " + " | ".join(map(str, row)) + " |", flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
