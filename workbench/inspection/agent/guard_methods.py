"""Methods and properties that deciding code may call on models, users, managers and querysets: their bodies."""

import ast
import inspect

from . import guard_functions, guard_registry, places


def read_methods(parts, diagnostics):
    """``{model label: {name: body}}`` of what models' own classes define, by the names that deciding code uses.

    ``parts`` is what was read before: the functions that these bodies call join its ``predicates``.
    """
    return _reached(parts, lambda model: [model])


def read_querysets(parts, diagnostics):
    """The same of each model's default manager and its queryset."""
    return _reached(parts, _managing)


def _managing(model):
    kind = type(model._default_manager)
    return [kind, getattr(kind, "_queryset_class", None)]


def _reached(parts, kinds_of):
    """Bodies by model and name, and by the names in their own text in turn."""
    from django.apps import apps

    models = apps.get_models()
    found = {}
    used, waiting = set(), _used(_bodies(parts))
    while waiting:
        used |= waiting
        new = [body for model in models for body in _named(model, kinds_of(model), waiting, found)]
        for body in new:
            for meaning in body["names"].values():
                guard_registry.describe_called(meaning.get("refers"), parts["predicates"])
        waiting = _used(new) - used
    return found


def _bodies(parts):
    """Everything that decides, as far as it was read."""
    found = [*parts["predicates"].values(), *parts["backend_bodies"].values(), *parts["user_methods"].values()]
    for item in parts["access"]:
        found += [item["body"]] if "body" in item else _class_tests(item["tree"])
    for view in parts["views"]:
        for guard in view["guards"]:
            found += [guard["test"]] if guard["test"] else []
            found += _class_tests(guard["tree"])
    found = [inner for body in found for inner in _with_methods(body)]
    for body in list(found):
        for meaning in body["names"].values():
            guard_registry.describe_called(meaning.get("refers"), parts["predicates"])
    return found + list(parts["predicates"].values())


def _with_methods(body):
    """The body, and those of the methods of its class that it calls."""
    called = [*body.get("own", {}).values(), *body.get("over", {}).values()]
    return [body] + [inner for one in called for inner in _with_methods(one)]


def _class_tests(tree):
    if not tree:
        return []
    if "of" in tree:
        return [body for part in tree["of"] for body in _class_tests(part)]
    return list(tree.get("tests", {}).values())


def _used(bodies):
    """The names after a dot in these texts."""
    found = set()
    for body in bodies:
        try:
            tree = ast.parse(body["source"])
        except SyntaxError:  # a lambda inside a larger statement
            continue
        found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found


def _named(model, kinds, names, found):
    """The bodies of a model's methods of these names; they join ``found``."""
    for name in sorted(names):
        for kind in kinds:
            body = _body(kind, name)
            if body is not None:
                found.setdefault(model._meta.label, {})[name] = body
                yield body
                break


def _body(kind, name):
    member = inspect.getattr_static(kind, name, None) if kind is not None else None
    function = getattr(member, "fget", None) or getattr(member, "func", None) or member
    if not inspect.isfunction(function) or not places.is_own(function.__code__.co_filename):
        return None
    known = {"label": name, "bind": False, "groups": [], "property": function is not member}
    body = dict(guard_functions.body(function), **known)
    body["names"] = dict(body["names"], **guard_functions.names_of(kind, "self", body["source"]))
    return body
