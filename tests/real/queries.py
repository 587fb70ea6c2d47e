"""Judges every call site of every project of projects.toml and prints what the README reports of them.

    python -m tests.real.queries --root FOLDER [--mirror FOLDER] [--details FILE] [NAME …]

Exit code 1 where a query is different. Call sites: found; evaluated away from their place; translated; with equal rows
where both sides ran and equivalent by the ladder; all modules under the TypeScript compiler in one program.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import workbench as wb
from tests.real.building import Built, build, recipes
from workbench.session.check import Item
from workbench.session.checking import queries
from workbench.session.typescript import Batch

HEADINGS = ("project", "call sites", "compiled", "translated", "equivalent", "undecided", "different", "TypeScript")
_UNREAD = "cannot be evaluated away from its place"


def measure(built: Built, details: Path | None) -> list[Item]:
    """Every call site's item; each has its line of ``details`` at once, so that a run cut short has told something."""
    recipe, found = built.recipe, []
    with wb.open(built.path, python=built.python, settings=recipe.settings, env=recipe.env, timeout=180) as opened:
        for item in queries(opened):
            found.append(item)
            if details:
                with details.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"project": recipe.name, **item.as_record()}) + "\n")
    return found


def row(name: str, judged: list[Item]) -> tuple[object, ...]:
    """One row of the report."""
    items = [item for item in judged if item.kind == "query"]
    batches = [f"{item.modules} modules, {item.errors} errors" for item in judged if isinstance(item, Batch)]
    words = Counter(item.verdict.word for item in items)
    compiled = [item for item in items if not _reason(item).startswith(_UNREAD)]
    translated = [item for item in compiled if item.verdict.method != "none"]
    counts = (len(items), len(compiled), len(translated))
    return (
        name,
        *counts,
        words["equivalent"],
        len(translated) - words["equivalent"] - words["different"],
        words["different"],
        *batches,
    )


def _reason(item: Item) -> str:
    return "; ".join(getattr(item.verdict, "reasons", ()))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True, help="where sources and virtual environments go")
    parser.add_argument("--mirror", type=Path, help="snapshots as bare repositories, used in place of git clone")
    parser.add_argument("--details", type=Path, help="one JSON line a call site")
    parser.add_argument("names", nargs="*", help="only these projects")
    chosen = parser.parse_args()
    print("| " + " | ".join(HEADINGS) + " |\n|" + "---|" * len(HEADINGS))
    different = 0
    for recipe in recipes():
        if not chosen.names or recipe.name in chosen.names:
            items = measure(build(recipe, chosen.root.resolve(), chosen.mirror), chosen.details)
            print("| " + " | ".join(map(str, row(recipe.name, items))) + " |", flush=True)
            different += sum(item.verdict.word == "different" for item in items)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
