"""Bodies, predicates and permission classes out of the agent's payload."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workbench.diagnostic import Origin
from workbench.policies.policy import Atom, Body, Combined, Meaning, Predicate


def read_body(item: Mapping[str, Any]) -> Body:
    """A function with everything that is needed to read it without running it."""
    return Body(
        name=item["name"],
        origin=Origin(**item["origin"]),
        source=item["source"],
        parameters=tuple(item["parameters"]),
        names={name: _meaning(meaning) for name, meaning in item["names"].items()},
        label=item.get("label", ""),
        bind=item.get("bind", False),
        property=item.get("property", False),
        wrapped=item["wrapped"],
        groups=tuple(item.get("groups", ())),
        own={name: read_body(method) for name, method in item.get("own", {}).items()},
        over={name: read_body(method) for name, method in item.get("over", {}).items()},
        above=general(item["above"]) if item.get("above") else None,
        rows_of=item.get("rows_of", ""),
    )


def _meaning(item: Mapping[str, Any]) -> Meaning:
    value = item.get("value")
    return Meaning(tuple(value) if isinstance(value, list) else value, item.get("refers"))


def read_predicate(tree: Mapping[str, Any]) -> Predicate:
    """A rule as its author combined it."""
    if "atom" in tree:
        return Atom(tree["atom"])
    return Combined(tree["op"], tuple(read_predicate(part) for part in tree["of"]))


# --- permission classes of the REST framework: what they ask in general, and about an object

_KNOWN = {
    "rest_framework.permissions.AllowAny": "asked always",
    "rest_framework.permissions.IsAuthenticated": "asked authenticated",
    "rest_framework.permissions.IsAdminUser": "asked staff",
}
ALWAYS, NEVER = Atom("asked always"), Atom("asked never")


def general(tree: Mapping[str, Any], method: str = "", action: str = "") -> Predicate:
    """What the classes ask before they know an object."""
    if "of" in tree:
        return combined(tree["op"], [general(part, method, action) for part in tree["of"]])
    if tree["atom"] in _KNOWN:
        return Atom(_KNOWN[tree["atom"]])
    if tree["atom"].startswith(("permission:", "object permission:")):
        return ALWAYS if tree.get("object") and tree["atom"].startswith("object") else Atom(f"asked {tree['atom']}")
    return _asked(tree, "has_permission", method, action)


def about_object(tree: Mapping[str, Any], method: str, action: str, alone: bool) -> Predicate:
    """What they ask about it; ``alone``: of two alternatives one has to let in in general, too."""
    if tree.get("op") == "or" and alone:
        sides = [(general(part, method, action), about_object(part, method, action, alone)) for part in tree["of"]]
        return combined("or", [combined("and", side) for side in sides])
    if "of" in tree:
        return combined(tree["op"], [about_object(part, method, action, alone) for part in tree["of"]])
    if tree["atom"].startswith("object permission:"):
        return Atom(f"asked {tree['atom']}")
    return _asked(tree, "has_object_permission", method, action) if tree.get("object") else ALWAYS


def with_object(tree: Mapping[str, Any], method: str, action: str, alone: bool) -> Predicate:
    """In general first, then about the object, as the REST framework asks them."""
    return combined("and", (general(tree, method, action), about_object(tree, method, action, alone)))


def _asked(tree: Mapping[str, Any], test: str, method: str, action: str) -> Predicate:
    """One class; what the framework answers where it has only the other test, what nobody knows where it has none."""
    item = tree["tests"].get(test)
    if item is None:
        return ALWAYS if test == "has_permission" and tree.get("object") else Atom(f"asked unknown {tree['atom']}")
    known = f"{method or '-'} {action or '-'}" if _asks_early(item) else "- -"
    return Atom(f"asked body {body_key(tree['atom'], test, item, method)} {known}")


def _asks_early(item: Mapping[str, Any]) -> bool:
    """Whether a body, or a method that it calls, asks what is known before a request: its method, the view's action."""
    called = [*item.get("own", {}).values(), *item.get("over", {}).values()]
    return _EARLY.search(item["source"]) is not None or any(_asks_early(one) for one in called)


_EARLY = re.compile(r"[.](method|action)(?![A-Za-z0-9_])")


def body_key(atom: str, test: str, item: Mapping[str, Any], method: str) -> str:
    """Where the body of a class's test is kept; what ``super()`` answers may be another before each method."""
    return f"{atom}.{test}{f'#{method}' if item.get('above') else ''}"


def class_tests(tree: Mapping[str, Any] | None, method: str = "") -> dict[str, Body]:
    """The bodies of permission classes, by ``class.method``."""
    if tree is None:
        return {}
    if "of" in tree:
        return {key: body for part in tree["of"] for key, body in class_tests(part, method).items()}
    found = {}
    for test, item in tree["tests"].items():
        for key in (f"{tree['atom']}.{test}", body_key(tree["atom"], test, item, method)):
            found[key] = read_body({**item, "label": _label(tree["atom"], test)})
    return found


def _label(atom: str, test: str) -> str:
    short = atom.rpartition(".")[2]
    return short if test == "has_object_permission" else f"{short} in general"


def combined(op: str, parts: list[Predicate] | tuple[Predicate, ...]) -> Predicate:
    """The parts without those that say nothing."""
    if op == "not":
        opposites: dict[Predicate, Predicate] = {ALWAYS: NEVER, NEVER: ALWAYS}
        return opposites.get(parts[0]) or Combined("not", (parts[0],))
    nothing, decides = (ALWAYS, NEVER) if op == "and" else (NEVER, ALWAYS)
    first, second = parts[0], parts[1] if len(parts) == 2 else combined(op, parts[1:]) if parts[1:] else nothing
    if first in (nothing, decides):
        return second if first == nothing else first
    return first if second == nothing else Combined("and" if op == "and" else "or", (first, second))
