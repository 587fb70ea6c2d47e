"""What views and named rules decide beside permissions, as rules about one object each."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import Inspection
from workbench.policies.policy import Asking, Atom, Body, Meaning, Permission, Place, Predicate
from workbench.policies.reading_bodies import class_tests, general, read_body, with_object

_SHORTCUT = "guardian.shortcuts.get_objects_for_user"


@dataclass(frozen=True)
class Access:
    """The rules, the bodies behind their atoms, and what could not be made a rule."""

    rules: tuple[Permission, ...]
    bodies: Mapping[str, Body]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_access(
    inspection: Inspection,
    payload: Mapping[str, Any],
    places: Sequence[Place],
    registered: Mapping[str, Mapping[str, Predicate]],
    bodies: Mapping[str, Body],
) -> Access:
    """Of views in the order of their addresses, then guardian's lists, then django-rules' named rules."""
    items = payload.get("access", ())
    found = [_READERS[item["kind"]](item) for item in items]
    kept = {key: body for item in items for key, body in _bodies(item).items()}
    lists = dict(_lists(places, inspection))
    named = _named(registered, bodies, inspection)
    kept |= {f"rows {rule.asked.view}": body for rule, body in lists.items() if rule.asked}
    rules = _unique([*_together(found), *lists, *(rule for rule in named if isinstance(rule, Permission))])
    return Access(rules, kept, tuple(gap for gap in named if isinstance(gap, Diagnostic)))


def _together(rules: Iterable[Permission]) -> list[Permission]:
    """One for all methods before which the classes of a view ask the same: ``TaskViewSet.update/destroy``."""
    found: dict[object, Permission] = {}
    for rule in rules:
        asked = rule.asked
        assert asked is not None
        key = (asked.view, rule.model, rule.rule) if asked.kind == "classes" else rule.name
        known = found.get(key)
        word = rule.name.rpartition(".")[2]
        found[key] = rule if known is None else replace(known, name=f"{known.name}/{word}")
    return list(found.values())


def _unique(rules: Iterable[Permission]) -> tuple[Permission, ...]:
    """Each by a name of its own: classes of two modules may be called the same."""
    taken: set[str] = set()
    found = []
    for rule in rules:
        name, number = rule.name, 2
        while name in taken:
            name, number = f"{rule.name} {number}", number + 1
        taken.add(name)
        found.append(replace(rule, name=name))
    return tuple(found)


def _rule(item: Mapping[str, Any], rule: Predicate, source: str) -> Permission:
    short = item["view"].rpartition(".")[2]
    name, kind = f"{item['app']}.{short}.{item['word']}", item["kind"]
    asking = Asking(kind, item["index"], item.get("method", "") if kind == "admin" else "", item.get("method", ""))
    asked = replace(asking, view=item["view"])
    return Permission(name, item["model"], kind, "", Origin(**item["origin"]), rule, source, asked=asked)


def _classes(item: Mapping[str, Any]) -> Permission:
    early = (item["method"], item["action"])
    about = item["model"] is not None
    asked = with_object(item["tree"], *early, item["alone"]) if about else general(item["tree"], *early)
    return _rule(item, asked, "")


def _rows(item: Mapping[str, Any]) -> Permission:
    return _rule(item, Atom(f"rows {item['view']}"), item["body"]["source"])


def _admin(item: Mapping[str, Any]) -> Permission:
    if "tree" in item:
        return _rule(item, general(item["tree"]), "")
    return _rule(item, Atom(f"admin {item['view']}.{item['method']}"), item["body"]["source"])


_READERS = {"classes": _classes, "rows": _rows, "admin": _admin}


def _bodies(item: Mapping[str, Any]) -> dict[str, Body]:
    if "body" not in item:
        return class_tests(item["tree"], item.get("method", ""))
    short = item["view"].rpartition(".")[2]
    if item["kind"] == "rows":
        return {f"rows {item['view']}": replace(read_body(item["body"]), label=f"in {short}")}
    return {f"admin {item['view']}.{item['method']}": replace(read_body(item["body"]), label=f"{short} {item['word']}")}


def _lists(places: Iterable[Place], inspection: Inspection) -> Iterator[tuple[Permission, Body]]:
    """``get_objects_for_user(…)`` in a function: the rows that it lists."""
    for place in places:
        if place.kind != "guardian.get_objects_for_user" or place.inside.endswith(".get_queryset"):
            continue
        call = ast.parse(place.source, mode="eval").body
        names, options = _arguments(call) if isinstance(call, ast.Call) else ((), None)
        label = _model_named(names[0], inspection) if names else None
        if label is None or options is None:
            continue
        app, short = label.partition(".")[0], place.inside.rpartition(".")[2]
        asked = Asking("rows", view=f"{place.inside}:{place.origin.line}", granted=names, options=options)
        rule, name = Atom(f"rows {asked.view}"), f"{app}.{short}.rows"
        found = Permission(name, label, "rows", "", place.origin, rule, place.source, asked=asked)
        yield found, _listing(place, names, options, short)


def _listing(place: Place, names: Sequence[str], options: Sequence[tuple[str, bool]], short: str) -> Body:
    words = "".join(f", {name}={value}" for name, value in options)
    text = f"def {short}(request):\n    return get_objects_for_user(request.user, {list(names)!r}{words})"
    meaning = {"get_objects_for_user": Meaning(refers=_SHORTCUT)}
    return Body(place.inside, place.origin, text, ("request",), meaning, label=f"in {short}")


def _arguments(call: ast.Call) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...] | None]:
    """The permissions by full name, and the options; None where they are known only while it runs."""
    words = {word.arg: word.value for word in call.keywords if word.arg not in ("klass", None)}
    given = words.pop("perms", call.args[1] if len(call.args) > 1 else None)
    parts = given.elts if isinstance(given, (ast.List, ast.Tuple, ast.Set)) else [given]
    names = tuple(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    found = {str(name): value.value for name, value in words.items() if isinstance(value, ast.Constant)}
    options = tuple((name, value) for name, value in sorted(found.items()) if isinstance(value, bool))
    known = len(names) == len(parts) and all("." in name for name in names)
    return names, options if known and len(options) == len(words) and len(call.args) <= 3 and names else None


def _model_named(permission: str, inspection: Inspection) -> str | None:
    """The model that a stored permission is about."""
    stored = {f"{record.app}.{record.codename}": record.model for record in inspection.permissions}
    return stored.get(permission)


def _named(
    registered: Mapping[str, Mapping[str, Predicate]], bodies: Mapping[str, Body], inspection: Inspection
) -> list[Permission | Diagnostic]:
    """The rules of ``add_rule``, each about the model that its predicates are about."""
    known = registered["permission"]
    return [_of_name(name, rule, known, bodies, inspection) for name, rule in registered["rule"].items()]


def _of_name(
    name: str,
    rule: Predicate,
    permissions: Mapping[str, Predicate],
    bodies: Mapping[str, Body],
    inspection: Inspection,
) -> Permission | Diagnostic:
    asked = [bodies[key] for key in _atoms(rule)]
    about = [body for body in asked if len(body.parameters) > 1 + body.bind]
    model = _model_of(name, rule, about, permissions, inspection) if about else None
    origin = next((body.origin for body in asked if body.origin.file), Origin(name))
    if about and model is None:
        fact, help = "the model that it is about is not known", "name the parameter of its predicate as the model"
        return Diagnostic("rules-no-model", origin, name, fact, help, Fidelity.MANUAL)
    app = model.partition(".")[0] if model else _app_of(asked, inspection)
    return Permission(f"{app}.rule {name}", model, "named", "", origin, rule, asked=Asking("rule", name=name))


def _atoms(rule: Predicate) -> list[str]:
    return [rule.key] if isinstance(rule, Atom) else [key for part in rule.of for key in _atoms(part)]


def _model_of(
    name: str,
    rule: Predicate,
    about: Sequence[Body],
    permissions: Mapping[str, Predicate],
    inspection: Inspection,
) -> str | None:
    """The model of a permission with the same predicates, else the one that a parameter or the rule is named after."""
    own = {app.label for app in inspection.apps if app.own}
    labels = {record.name.lower(): record.label for record in inspection.models if record.app in own}
    keys = set(_atoms(rule))
    for permission, other in permissions.items():
        found = _named_after(permission.partition(".")[2], labels)
        if found and keys & set(_atoms(other)) & {key for key in keys if not key.startswith("rules.predicates.")}:
            return found
    named = {labels.get(body.parameters[1 + body.bind].replace("_", "")) for body in about} - {None}
    return named.pop() if len(named) == 1 else _named_after(name, labels)


def _named_after(codename: str, labels: Mapping[str, str]) -> str | None:
    fitting = [name for name in labels if codename.lower().endswith(f"_{name}")]
    return labels[max(fitting, key=len)] if fitting else None


def _app_of(bodies: Sequence[Body], inspection: Inspection) -> str:
    """The app whose module holds one of the bodies; the project's first, where none does."""
    own = [app for app in inspection.apps if app.own]
    holding = (app.label for body in bodies for app in own if f"{body.name}.".startswith(f"{app.name}."))
    return next(holding, own[0].label if own else "rules")
