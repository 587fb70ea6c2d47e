"""``own.ts``: what the rules of all apps read of the user's own row, and of what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbench.policies.condition import VIEWER, Condition
from workbench.targets.rendering import Artifact
from workbench.targets.rules.app_module import AppModule
from workbench.targets.rules.contexts import Shape, needs, viewer_shape
from workbench.targets.rules.properties import Properties

PATH = "permissions/own.ts"
_READER = """
/** The user's own facts. A visitor has none: Python raises where they are read of one, and so does this. */
export function own(user: User): Own {
  if (user.id === null || user.own === undefined) throw new Refused("nothing is known of this user");
  return user.own as Own;
}
"""


def own_shape(modules: Mapping[str, AppModule], properties: Properties, guards: Iterable[Condition] = ()) -> Shape:
    """What the predicates of all modules, and what guards ask, read of the user; empty where that is nothing."""
    conditions = [*(condition for module in modules.values() for condition in module.conditions), *guards]
    return viewer_shape(_held(conditions, properties), properties)


def _held(conditions: Iterable[Condition], properties: Properties) -> Iterable[Condition]:
    """Those that the schema holds: the predicates of others are stubs that deny."""
    for condition in conditions:
        if needs(condition, VIEWER):
            try:
                viewer_shape([condition], properties)
            except KeyError:
                continue
            yield condition


def render_own(shape: Shape) -> tuple[Artifact, ...]:
    """The module; () where no rule reads anything of the user's own row."""
    if shape.empty():
        return ()
    head = 'import { Refused, type User } from "./rules.ts";\n\n'
    about = "/** What rules read of the user's own row. */\n"
    return (Artifact(PATH, "typescript", f"{head}{about}export interface Own {shape.text()}\n{_READER}"),)
