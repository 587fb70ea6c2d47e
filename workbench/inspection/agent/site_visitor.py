"""Walks a file in the order it runs; finds the chains that build querysets: over managers, relations, local names."""

import ast

from .site_chains import ENDING, uncalled
from .site_holding import NameKeeper, spread_only
from .site_names import LOCAL, Instance, defined, parameters, resolved
from .site_text import SiteText, Source, Unreadable, spine

_SENT = (*ENDING, "raw")  # what is done with rows of SQL written by hand is done in Python


class SiteVisitor(NameKeeper):
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
        outer = self._class, self.attributes, self.inside
        self._class, self.attributes, self.inside = self.module + "." + node.name, {}, False
        self.generic_visit(node)
        self._class, self.attributes, self.inside = outer

    def visit_FunctionDef(self, node):
        """Its arguments hide the file's names; what a name holds is known as far as the lines before say."""
        outer = self.locals, self._function, self.inside, self.spread
        self.locals, self._function, self.inside = {**self.locals, **self.attributes}, node.name, True
        self.spread = spread_only(node)
        for number, (name, annotation) in enumerate(parameters(node)):
            first = number == 0 and self._class and name in ("self", "cls")
            self.locals[name] = Instance(self._class) if first else self._annotated(annotation)
        for statement in node.body + node.decorator_list:
            self.visit(statement)
        self.locals, self._function, self.inside, self.spread = outer

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
        methods = [*methods, node.attr] if uncalled(node) else methods
        site = {"line": node.lineno, "text": self.source.segment(node), "model": self._model(base)}
        site["function"] = self._function
        shortcut = self._shortcut(node)
        methods = [*methods, shortcut] if shortcut else methods
        self.found.append(dict(site, methods=methods, relation=self._relation(base), **self._evaluable(node)))
        self._arguments(whole)

    def _evaluable(self, node):
        try:
            text = SiteText(node, self.source, self.names, self.locals)
        except Unreadable as reason:
            return {"expression": "", "unread": str(reason)}
        if text.inner:
            return {"expression": "", "unread": "it is a subquery: the query that holds it is judged with it"}
        return {"expression": text.expression() + ("()" if uncalled(node) else ""), "unread": ""}

    def _arguments(self, node):
        """Chains in arguments are sites of their own."""
        while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
            for inner in getattr(node, "args", []) + [word.value for word in getattr(node, "keywords", [])]:
                self.visit(inner)
            node = node.func if isinstance(node, ast.Call) else node.value


def _query_part(node):
    """The part of a chain that is the query: what is done with its result stands outside."""
    parts = list(spine(node))[::-1]
    for part in parts:
        ends = isinstance(part, ast.Call) and getattr(part.func, "attr", "") in _SENT
        index = isinstance(part, ast.Subscript) and not isinstance(part.slice, ast.Slice)
        if ends or index:
            return part
    return node
