"""Writes the pairs of all querysets of the sample projects, Django's SQL beside Drizzle's, for ``deciding``.

python -m tests.benchmarks.project_pairs FILE.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import workbench as wb
from tests.targets.queries.conftest import PROJECTS, cases, topics
from workbench.runtime.typescript import QueryTypes


def pairs(project: str) -> Iterator[dict[str, Any]]:
    with wb.open(next(folder / project for folder in PROJECTS if (folder / project).is_dir())) as shop:
        querying = shop.querying
        querying.types = lambda view: QueryTypes(())  # type: ignore[method-assign]
        schema = ";\n".join(statement.rstrip("; \n") for statement in shop.django_tables.all) + ";"
        for text in (text for name, topic in topics() if name == project for text in cases(name, topic)):
            view = shop.query(text)
            if view.query is not None and view.drizzle_sql:
                params = {"left": list(view.query.parameters), "right": list(view.drizzle_parameters)}
                sides = {"left": view.django_sql, "right": view.drizzle_sql, "params": params}
                yield {"id": f"{project}: {text}", "dialect": "postgres", "schema": schema, **sides}


def main(file: str) -> None:
    projects = sorted({name for name, _ in topics()})
    lines = [json.dumps(pair) for project in projects for pair in pairs(project)]
    Path(file).write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} pairs")


if __name__ == "__main__":
    main(*sys.argv[1:])
