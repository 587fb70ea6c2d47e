"""Walks a file in the order it runs; finds the chains that build querysets: over managers, relations, local names."""

import ast

from .site_names import (
    LOCAL,
    MANAGERS,
    QUERY_PACKAGES,
    Chain,
    Instance,
    Part,
    bound,
    defined,
    parameters,
    registered,
    resolved,
)
from .site_text import SiteText, Source, Unreadable, spine

_SHORTCUTS = {"get_object_or_404": "get", "get_list_or_404": "filter"}
# Methods of a queryset that a related manager has, too: what follows an instance's attribute to make it a call site.
_QUERYING = ("all", "filter", "exclude", "get", "count", "exists", "first", "last", "order_by", "values", "values_list")
_QUERYING += ("annotate", "aggregate", "select_related", "prefetch_related", "distinct", "latest", "earliest", "none")
_QUERYING += ("only", "defer", "iterator", "in_bulk", "dates", "datetimes", "update", "delete", "create", "add", "set")
_QUERYING += ("remove", "clear", "get_or_create", "update_or_create", "bulk_create")
_ONE_ROW = ("get", "first", "last", "latest", "earliest", "create")
_ENDING = (*_ONE_ROW, "count", "exists", "aggregate", "update", "delete", "bulk_create", "bulk_update", "in_bulk")
_ENDING += ("get_or_create", "update_or_create", "explain", "contains", "iterator")


class SiteVisitor(ast.NodeVisitor):
    """``found`` holds a record for each outermost chain of one file."""

    def __init__(self, text, module):
        self.module, self.source = module, Source(text)
        self.names, self.locals, self.found = {}, {}, []
        self._class = None  # the dotted name of the class whose body is being read
        self._function = ""  # the name of the function whose body is being read

    def visit_Module(self, node):
        """Functions name what is defined below them, too."""
        self.names.update((name, self.module + "." + name) for name in defined(node))
        self.generic_visit(node)

    def visit_Import(self, node):
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self.names[name] = alias.name if alias.asname else name

    def visit_ImportFrom(self, node):
        package = self.module.split(".")[: -node.level] if node.level else []
        base = ".".join(package + ([node.module] if node.module else []))
        self.names.update((alias.asname or alias.name, base + "." + alias.name) for alias in node.names)

    def visit_ClassDef(self, node):
        outer = self._class
        self._class = self.module + "." + node.name
        self.generic_visit(node)
        self._class = outer

    def visit_FunctionDef(self, node):
        """Its arguments hide the file's names; what a name holds is known as far as the lines before say."""
        outer, self.locals = self.locals, dict(self.locals)
        for number, (name, annotation) in enumerate(parameters(node)):
            first = number == 0 and self._class and name in ("self", "cls")
            self.locals[name] = Instance(self._class) if first else self._annotated(annotation)
        name, self._function = self._function, node.name
        for statement in node.body + node.decorator_list:
            self.visit(statement)
        self.locals, self._function = outer, name

    visit_AsyncFunctionDef = visit_FunctionDef

    def _annotated(self, annotation):
        """An argument of a class: an instance of it, should it be a model."""
        dotted = resolved(annotation, self.names) if isinstance(annotation, (ast.Name, ast.Attribute)) else None
        return Instance(dotted) if dotted else LOCAL

    def visit_If(self, node):
        """A queryset that one branch narrows goes on narrowed: the widest chain that the code can build."""
        self.visit(node.test)
        before = dict(self.locals)
        for statement in node.body:
            self.visit(statement)
        narrowed, self.locals = self.locals, before
        for statement in node.orelse:
            self.visit(statement)
        self.locals.update((name, held) for name, held in narrowed.items() if held is not LOCAL or name not in before)

    def visit_For(self, node):
        self.visit(node.iter)
        self._bind(node.target, self._element(node.iter))
        for statement in node.body + node.orelse:
            self.visit(statement)

    visit_AsyncFor = visit_For

    def visit_With(self, node):
        for item in node.items:
            self.visit(item.context_expr)
            if item.optional_vars is not None:
                self._bind(item.optional_vars, LOCAL)
        for statement in node.body:
            self.visit(statement)

    visit_AsyncWith = visit_With

    def visit_Lambda(self, node):
        outer, self.locals = self.locals, dict(self.locals)
        self.locals.update((name, LOCAL) for name, _ in parameters(node))
        self.visit(node.body)
        self.locals = outer

    def _comprehension(self, node):
        """Its variables are local to it; the first iterable is read outside."""
        outer, self.locals = self.locals, dict(self.locals)
        for part in node.generators:
            self.visit(part.iter)
            self._bind(part.target, self._element(part.iter))
            for condition in part.ifs:
                self.visit(condition)
        for name in ("elt", "key", "value"):
            if hasattr(node, name):
                self.visit(getattr(node, name))
        self.locals = outer

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def visit_ExceptHandler(self, node):
        if node.name:
            self.locals[node.name] = LOCAL
        self.generic_visit(node)

    def visit_Assign(self, node):
        """``Product = get_model("catalogue", "Product")`` names a model; a chain in a local name is known by it."""
        self.visit(node.value)
        label = registered(node.value)
        for target in node.targets:
            if label and isinstance(target, ast.Name):
                self.names[target.id] = label
            elif self.locals or isinstance(target, (ast.Tuple, ast.List)):
                self._bind(target, self._held(target, node.value))

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.visit(ast.copy_location(ast.Assign([node.target], node.value), node))

    def visit_NamedExpr(self, node):
        self.visit(node.value)
        self._bind(node.target, self._held(node.target, node.value))

    def _bind(self, target, held):
        names = bound(target)
        for name in names:
            self.locals[name] = held if isinstance(target, ast.Name) else LOCAL

    def _held(self, target, value):
        """What a name holds after an assignment."""
        if not isinstance(target, ast.Name):
            return LOCAL
        base, methods = self._taken_apart(value)
        if base is None:
            return self._part(target, value)
        model = self._model(base)
        if (methods and methods[-1] in _ONE_ROW) or self._shortcut(value) == "get":
            return Instance(model) if model else LOCAL
        if (methods and methods[-1] in _ENDING) or self._shortcut(value):
            return LOCAL
        return self._built(Chain, target, value, model)

    def _part(self, target, value):
        """A condition that a name holds goes where the name goes."""
        names = (resolved(node, self.names) or "" for node in ast.walk(value) if isinstance(node, ast.Name))
        held = (self.locals.get(node.id) for node in ast.walk(value) if isinstance(node, ast.Name))
        querying = any(name.startswith(QUERY_PACKAGES) for name in names) or any(isinstance(one, Part) for one in held)
        return self._built(Part, target, value, None) if querying else LOCAL

    def _built(self, kind, target, value, model):
        try:
            text = SiteText(value, self.source, self.names, self.locals)
        except Unreadable:
            return LOCAL
        return kind([*text.statements, "%s = %s" % (target.id, text.text)], text.imports, model)

    def _element(self, iterated):
        """What a loop over a chain binds."""
        base, methods = self._taken_apart(iterated)
        rows = base is not None and not {"values", "values_list", "dates", "datetimes"} & set(methods)
        model = self._model(base) if rows else None
        return Instance(model) if model else LOCAL

    def visit_Call(self, node):
        self._chain(node)

    def visit_Attribute(self, node):
        self._chain(node)

    def visit_Subscript(self, node):
        self._chain(node)

    def _chain(self, node):
        if self._taken_apart(node)[0] is None:
            self.generic_visit(node)
            return
        whole, node = node, _query_part(node)
        base, methods = self._taken_apart(node)
        site = {"line": node.lineno, "text": self.source.segment(node), "model": self._model(base)}
        site["function"] = self._function
        shortcut = self._shortcut(node)
        methods = [*methods, shortcut] if shortcut else methods
        self.found.append(dict(site, methods=methods, relation=self._relation(base), **self._evaluable(node)))
        self._arguments(whole)

    def _evaluable(self, node):
        named = (resolved(inner, self.names) or "" for inner in ast.walk(node) if isinstance(inner, ast.Name))
        if any(name.startswith(QUERY_PACKAGES) and name.endswith(".OuterRef") for name in named):
            return {"expression": "", "unread": "it is a subquery: the query that holds it is judged with it"}
        try:
            text = SiteText(node, self.source, self.names, self.locals)
        except Unreadable as reason:
            return {"expression": "", "unread": str(reason)}
        return {"expression": text.expression(), "unread": ""}

    def _arguments(self, node):
        """Chains in arguments are sites of their own."""
        while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
            for inner in getattr(node, "args", []) + [word.value for word in getattr(node, "keywords", [])]:
                self.visit(inner)
            node = node.func if isinstance(node, ast.Call) else node.value

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
                methods += [node.func.attr] if isinstance(node.func, ast.Attribute) else []
                node = node.func.value if isinstance(node.func, ast.Attribute) else node.func
            else:
                node = node.value
        chain = isinstance(node, ast.Name) and type(self.locals.get(node.id)) is Chain
        return (node, methods[::-1]) if chain and (methods or sliced) else (None, [])

    def _relation(self, node):
        """``[model, attribute, …]`` where the chain begins with attributes of an instance."""
        path = []
        while isinstance(node, ast.Attribute):
            path.append(node.attr)
            node = node.value
        held = self.locals.get(node.id) if path and isinstance(node, ast.Name) else None
        return [held.model, *path[::-1]] if isinstance(held, Instance) else None

    def _model(self, base):
        """The dotted name of the model that a chain is about, None where the source does not say."""
        held = self.locals.get(base.id) if isinstance(base, ast.Name) else None
        if isinstance(held, Chain):
            return held.model
        if isinstance(held, Instance):
            return held.model
        return None if held is LOCAL else resolved(base, self.names)


def _query_part(node):
    """The part of a chain that is the query: what is done with its result stands outside."""
    parts = list(spine(node))[::-1]
    for part in parts:
        ends = isinstance(part, ast.Call) and getattr(part.func, "attr", "") in _ENDING
        index = isinstance(part, ast.Subscript) and not isinstance(part.slice, ast.Slice)
        if ends or index:
            return part
    return node
