"""Run in a process of its own: answers the agent's ``guards`` for one project as JSON on the standard output."""

import json
import os
import sys
import types
from pathlib import Path


def main(agent: str, root: str, settings: str) -> None:
    package = types.ModuleType("workbench_agent")
    package.__path__ = [agent]
    sys.modules["workbench_agent"] = package
    sys.path[0] = root
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()
    from workbench_agent import context, guards, operations

    context.remember(root=str(Path(root).resolve()), dialect="sqlite", settings=settings, diagnostics=[])
    assert operations.operation("guards") is guards.guards
    json.dump(guards.guards({}), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
