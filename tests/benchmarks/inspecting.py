"""How long ``workbench inspect`` takes beside a bare ``django.setup()`` of the same project, as whole processes.

    python tests/benchmarks/inspecting.py PROJECT [--python PATH] [--settings MODULE] [--pairs N]

Each pair runs both, one after the other; the aim is at most 1.25 times the bare setup plus 0.3 s.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from workbench.project import Project, find_project

BARE = "import sys, django; sys.path[:0] = sys.argv[1:]; django.setup()"


def seconds(argv: list[str], **options: object) -> float:
    started = time.perf_counter()
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    return time.perf_counter() - started


def bare(project: Project) -> float:
    env = {**os.environ, **project.env, "DJANGO_SETTINGS_MODULE": project.settings, "PYTHONDONTWRITEBYTECODE": "1"}
    return seconds([str(project.python), "-c", BARE, *map(str, project.paths)], cwd=project.folder, env=env)


def inspect(project: Project) -> float:
    options = ["--python", str(project.python), "--settings", project.settings, "--json", os.devnull]
    return seconds([str(Path(sys.executable).with_name("workbench")), "inspect", str(project.root), *options])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project")
    parser.add_argument("--python")
    parser.add_argument("--settings")
    parser.add_argument("--pairs", type=int, default=7)
    given = parser.parse_args()
    project = find_project(given.project, python=given.python, settings=given.settings)
    bare(project), inspect(project)  # warms the disk's cache for both
    pairs = [(bare(project), inspect(project)) for _ in range(given.pairs)]
    print(f"{'bare setup':>12} {'inspect':>12} {'allowed':>12}")
    rows = [*pairs, tuple(map(statistics.median, zip(*pairs, strict=True)))]
    for setup, whole in rows:
        print(f"{setup:12.2f} {whole:12.2f} {1.25 * setup + 0.3:12.2f}")
    print("(the last row: medians)")


if __name__ == "__main__":
    main()
