"""Takes expressions apart: which of them are chains over a manager, a relation or a local name, and of which model."""

import ast

from .site_names import MANAGERS, SYNCHRONOUS, Chain, Instance, known, resolved

_SHORTCUTS = {"get_object_or_404": "get", "get_list_or_404": "filter"}
_SHORTCUTS.update({"a" + name: method for name, method in list(_SHORTCUTS.items())})
# Methods of a queryset that a related manager has, too: what follows an instance's attribute to make it a call site.
_QUERYING = ("all", "filter", "exclude", "get", "count", "exists", "first", "last", "order_by", "values", "values_list")
_QUERYING += ("annotate", "aggregate", "select_related", "prefetch_related", "distinct", "latest", "earliest", "none")
_QUERYING += ("only", "defer", "iterator", "in_bulk", "dates", "datetimes", "update", "delete", "create", "add", "set")
_QUERYING += ("remove", "clear", "get_or_create", "update_or_create", "bulk_create")
ONE_ROW = ("get", "first", "last", "latest", "earliest", "create", "create_user", "create_superuser")
ENDING = (*ONE_ROW, "count", "exists", "aggregate", "update", "delete", "bulk_create", "bulk_update", "in_bulk")
ENDING += ("get_or_create", "update_or_create", "explain", "contains", "iterator")
_BARE = ("count", "exists", "first", "last")  # given to a function that calls them: they need no argument


class ChainReader(ast.NodeVisitor):
    """Reads with what names hold: ``names`` of the file, ``locals`` of the function."""

    names, locals = {}, {}

    def _shortcut(self, node):
        name = isinstance(node, ast.Call) and (resolved(node.func, self.names) or "")
        return _SHORTCUTS.get(name.rpartition(".")[2]) if name and name.startswith("django.shortcuts.") else None

    def _taken_apart(self, node):
        """(what the chain begins with, names called after it), or (None, [])."""
        methods, called, sliced = [], False, isinstance(node, ast.Subscript)
        if self._shortcut(node) and node.args:
            inside, methods = self._taken_apart(node.args[0])
            return (inside or node.args[0]), methods
        while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
                return node.value, methods[::-1]
            if isinstance(node, ast.Attribute) and called and self._relation(node):
                return (node, methods[::-1]) if methods and methods[-1] in _QUERYING else (None, [])
            called = isinstance(node, ast.Call)
            if called:
                methods += [_method(node.func)] if isinstance(node.func, ast.Attribute) else []
                node = node.func.value if isinstance(node.func, ast.Attribute) else node.func
            else:
                node = node.value
        chain = isinstance(node, ast.Name) and type(self.locals.get(node.id)) is Chain
        return (node, methods[::-1]) if chain and (methods or sliced) else (None, [])

    def _relation(self, node):
        """``[model, attribute, …]`` where the chain begins with attributes of an instance."""
        path, held = [], known(node, self.locals)
        while isinstance(node, ast.Attribute) and not isinstance(held, Instance):
            path.append(node.attr)
            node = node.value
            held = known(node, self.locals)
        return [held.model, *held.path, *path[::-1]] if path and isinstance(held, Instance) else None

    def _model(self, base):
        """The dotted name of the model that a chain is about, None where the source does not say."""
        held = known(base, self.locals)
        if isinstance(held, Instance):
            return None if held.path else held.model
        if isinstance(held, Chain):
            return held.model
        return None if held is not None else resolved(base, self.names)

    def _one(self, value):
        """The ``Instance`` that an expression gives, or None."""
        held = known(value, self.locals)
        if isinstance(held, Instance):
            return held
        base, methods = self._taken_apart(value)
        if base is None:
            return self._along(value)
        index = isinstance(value, ast.Subscript) and not isinstance(value.slice, ast.Slice)
        rows = not {"values", "values_list", "dates", "datetimes"} & set(methods)
        one = (methods and methods[-1] in ONE_ROW) or self._shortcut(value) == "get" or (index and rows)
        model = self._model(base) if one else None
        return Instance(model) if model else None

    def _along(self, value):
        """What attributes of an instance lead to: a row, should all of them be relations."""
        relation = self._relation(value)
        if not relation:
            return None
        path = []
        while not isinstance(known(value, self.locals), Instance):
            path.append(value.attr)
            value = value.value
        held = known(value, self.locals)
        name = held.name or (value.id if isinstance(value, ast.Name) else "%s.%s" % (value.value.id, value.attr))
        return Instance(held.model, (*held.path, *path[::-1]), name)


def _method(function):
    """The name of a called method; of an asynchronous form of a queryset's own that of the method itself."""
    return SYNCHRONOUS.get(function.attr, function.attr)


def uncalled(node):
    """Whether a chain ends with a method that is given away, not called: ``get_or_set(key, Book.objects.count)``."""
    return isinstance(node, ast.Attribute) and node.attr in _BARE
