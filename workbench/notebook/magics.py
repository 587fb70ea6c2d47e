"""The magics. Each returns a result, which the notebook shows like any other value."""

from __future__ import annotations

import re
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic_arguments import MagicArgumentParser

from workbench.display import Displayed
from workbench.notebook.explorer import Explorer, explore
from workbench.notebook.projects import Projects, mistake
from workbench.session.opening import open as open_project
from workbench.session.workbench import Workbench

LINE_MAGICS = {
    "wb_open": "open",
    "model": "model",
    "models": "models",
    "permissions": "permissions",
    "check": "check",
    "explore": "explore",
}
CELL_MAGICS = {"queryset": "queryset", "drizzle": "drizzle", "rule": "rule"}


class Magics:
    """The magics of one notebook; ``projects`` remembers what its cells opened and asked."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.projects = Projects(shell.user_ns)

    def open(self, line: str) -> Workbench:
        """%wb_open PATH [--settings MODULE] [--python PATH] [--as NAME]: opens a project and names it."""
        given = _OPEN.parse_argstring(line)
        opened = open_project(given.path, settings=given.settings, python=given.python)
        self.shell.user_ns[given.name or variable_name(given.path)] = opened
        return opened

    def model(self, line: str) -> Displayed:
        """%model catalog.Book [PROJECT]: one model beside its table in Drizzle and SQL."""
        label, _, project = line.strip().partition(" ")
        if not label:
            raise mistake("notebook.model", "%model", "names no model", "write its label: %model catalog.Book")
        return self.projects.named(project.strip()).models[label]

    def models(self, line: str) -> Displayed:
        """%models [PROJECT]: every model of the project."""
        return self.projects.named(line.strip()).models

    def permissions(self, line: str) -> Displayed:
        """%permissions [PROJECT]: who may do what, and the guards in the code."""
        return self.projects.named(line.strip()).permissions

    def check(self, line: str) -> Displayed:
        """%check [PROJECT]: a verdict on everything."""
        return self.projects.named(line.strip()).check()

    def explore(self, line: str) -> Explorer:
        """%explore [PROJECT]: the widgets."""
        return explore(self.projects.named(line.strip()))

    def queryset(self, line: str, cell: str) -> Displayed:
        """%%queryset [PROJECT]: a Django expression, beside Drizzle and both SQLs, with the verdict."""
        project = self.projects.named(line.strip())
        view = project.query(cell.strip())
        self.projects.last = (project, view)
        return view

    def drizzle(self, line: str, cell: str) -> Displayed:
        """%%drizzle: your own TypeScript against the last queryset: type errors, SQL, verdict, witness."""
        project, view = self.projects.last_query()
        return project.judge(view, cell)

    def rule(self, line: str, cell: str) -> Displayed:
        """%%rule app.codename [PROJECT]: your own TypeScript for a permission, tried against Django's rule."""
        permission, _, project = line.strip().partition(" ")
        if not permission:
            raise mistake("notebook.rule", "%%rule", "names no permission", "write it: %%rule shop.change_order")
        return self.projects.named(project.strip()).judge_rule(permission, cell)


def variable_name(path: str) -> str:
    """A folder's name as a Python variable."""
    name = re.sub(r"\W+", "_", Path(path).resolve().name).strip("_").lower()
    return name if name.isidentifier() else f"project_{name}"


_OPEN = MagicArgumentParser("%wb_open", add_help=False)
_OPEN.add_argument("path")
_OPEN.add_argument("--settings")
_OPEN.add_argument("--python")
_OPEN.add_argument("--as", dest="name")
