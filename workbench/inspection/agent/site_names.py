"""What the names of a file and of its functions stand for, as far as the source says."""

import ast

# Names whose calls build a query: their arguments are looked into. All else that holds a local value is that value.
QUERY_PACKAGES = ("django.db.models", "django.contrib.postgres")
MANAGERS = ("objects", "_default_manager", "_base_manager")
_ASYNCHRONOUS = ("get", "first", "last", "latest", "earliest", "create", "count", "exists", "aggregate", "contains")
_ASYNCHRONOUS += ("update", "delete", "bulk_create", "bulk_update", "in_bulk", "get_or_create", "update_or_create")
_ASYNCHRONOUS += ("explain", "iterator", "add", "set", "remove", "clear")
SYNCHRONOUS = {"a" + name: name for name in _ASYNCHRONOUS}  # ``acount`` runs the query of ``count``


class Chain:
    """A local name that holds a queryset: the statements that build it, and the names they need.

    ``inner``: it refers to the query that holds it.
    """

    def __init__(self, statements, imports, model, inner=False):
        self.statements, self.imports, self.model, self.inner = statements, imports, model, inner


class Part(Chain):
    """A local name that holds a Q object or another expression of Django's query API."""


class Arguments(Chain):
    """A local name that holds a dict of constant keys that is only spread as arguments: ``create(**data)``."""


class Text(Chain):
    """A local name that holds a text written down: SQL for ``raw()``; to a lookup it is a value like any other."""


class Instance:
    """A local name that holds an instance of a model: the dotted name of its class, or a form of ``registered``.

    ``path``: the attributes that lead to it from an instance of that class, which is in ``name``.
    """

    def __init__(self, model, path=(), name=""):
        self.model, self.path, self.name = model, path, name


LOCAL = object()  # a local name of which nothing is known


def known(node, held):
    """What a name holds, or an attribute that is known by itself (``self.order``); None where nothing is noted."""
    if isinstance(node, ast.Name):
        return held.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return held.get(node.value.id + "." + node.attr)
    return None


def builds(held):
    """Whether a name holds a queryset, or a part of one."""
    return isinstance(held, Chain) and not isinstance(held, (Arguments, Text))


def resolved(node, names):
    """The dotted name of a Name, of an Attribute of one, or of a call that returns a model; None where unknown."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        package = resolved(node.value, names)
        return package and package + "." + node.attr
    return registered(node)


def registered(node):
    """``label:app.Model`` of get_model(…), ``user:`` of get_user_model()."""
    if not isinstance(node, ast.Call):
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", None))
    if name == "get_user_model":
        return "user:"
    texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return "label:" + ".".join(texts) if name == "get_model" and texts else None


def parameters(function):
    """The names of a function's arguments, with the annotation of each."""
    given = function.args
    every = [*getattr(given, "posonlyargs", ()), *given.args, *given.kwonlyargs]
    every += [one for one in (given.vararg, given.kwarg) if one is not None]
    return [(argument.arg, argument.annotation) for argument in every]


def bound(target):
    """The names that an assignment's target binds."""
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]


def defined(module):
    """What a module's own statements define: classes, functions, assignments, also below ``if`` and ``try``."""
    names, waiting = [], list(module.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            names.append(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [name for target in targets for name in bound(target)]
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
            waiting += [child for handler in getattr(node, "handlers", []) for child in handler.body]
    return names


def own_names(node):
    """Names that an expression binds itself: comprehension variables and lambda arguments."""
    names = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.comprehension):
            names.update(bound(inner.target))
        elif isinstance(inner, ast.Lambda):
            names.update(name for name, _ in parameters(inner))
    return names
