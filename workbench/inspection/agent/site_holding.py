"""What local names hold after an assignment, as far as the source says: a queryset, a condition, a row, arguments."""

import ast

from .site_chains import ENDING, ChainReader
from .site_names import (
    LOCAL,
    QUERY_PACKAGES,
    Arguments,
    Chain,
    Instance,
    Part,
    Text,
    bound,
    known,
    registered,
    resolved,
)
from .site_text import SiteText, Unreadable, keyed

_OPERATORS = {ast.BitOr: "|", ast.BitAnd: "&", ast.BitXor: "^"}
_PAIRS = ("get_or_create", "update_or_create")
_OWN = ("self", "cls")


class NameKeeper(ChainReader):
    """Reads assignments. ``attributes``: rows that attributes of ``self`` hold in the class that is being read."""

    source, attributes, spread, inside = None, {}, frozenset(), False

    def visit_Assign(self, node):
        """``Product = get_model("catalogue", "Product")`` names a model; a chain in a local name is known by it."""
        self.visit(node.value)
        value = node.value.value if isinstance(node.value, ast.Await) else node.value
        label = registered(value)
        for target in node.targets:
            if label and isinstance(target, ast.Name):
                self.names[target.id] = label
            elif self.inside or isinstance(target, (ast.Tuple, ast.List)):
                self._assign(target, value)

    def _assign(self, target, value):
        if isinstance(target, ast.Attribute):
            self._note_attribute(target, self._one(value) or LOCAL)
        elif isinstance(target, ast.Subscript):
            self._note_item(target, value)
        else:
            self._bind(target, self._held(target, value))
            methods = self._taken_apart(value)[1]
            if isinstance(target, ast.Tuple) and methods and methods[-1] in _PAIRS:
                self._note_pair(target, value)

    def _note_attribute(self, target, held):
        """A row in an attribute of ``self`` is there in the methods below, too, unless it holds several kinds."""
        if not isinstance(target.value, ast.Name) or target.value.id not in _OWN:
            return
        for name in _OWN:
            key = "%s.%s" % (name, target.attr)
            before = self.attributes.get(key)
            same = before is None or (held is not LOCAL and before is not LOCAL and before.model == held.model)
            self.locals[key] = held
            self.attributes[key] = held if same else LOCAL

    def _note_item(self, target, value):
        """``data["name"] = …`` goes on with what the arguments hold."""
        held = known(target.value, self.locals)
        key = getattr(target.slice, "value", target.slice)  # Python 3.8 wraps an index
        if isinstance(held, Arguments) and isinstance(getattr(key, "value", key), str):
            self.locals[target.value.id] = self._grown(held, target, value)
        elif isinstance(held, Chain):
            self.locals[target.value.id] = LOCAL

    def _grown(self, held, target, value):
        try:
            text = SiteText(value, self.source, self.names, self.locals, whole=True)
        except Unreadable:
            return LOCAL
        statement = self.source.start(target), "%s = %s" % (self.source.segment(target), text.text)
        return Arguments([*held.statements, *text.statements, statement], [*held.imports, *text.imports], None)

    def _note_pair(self, target, value):
        base, _ = self._taken_apart(value)
        model = self._model(base)
        if model and isinstance(target.elts[0], ast.Name):
            self.locals[target.elts[0].id] = Instance(model)

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.visit(ast.copy_location(ast.Assign([node.target], node.value), node))
        elif not self.inside and isinstance(node.target, ast.Name) and _is_name(node.annotation):
            dotted = resolved(node.annotation, self.names)  # ``channel: Channel`` in the body of a class
            self.attributes.update((own + "." + node.target.id, Instance(dotted)) for own in _OWN if dotted)

    def visit_AugAssign(self, node):
        """``found |= Book.objects.filter(…)``: the name goes on with both."""
        self.visit(node.value)
        held = known(node.target, self.locals)
        if isinstance(held, Chain) and isinstance(node.target, ast.Name):
            self.locals[node.target.id] = self._joined(held, node)

    def _joined(self, held, node):
        operator = _OPERATORS.get(type(node.op))
        try:
            text = SiteText(node.value, self.source, self.names, self.locals)
        except Unreadable:
            return LOCAL
        if operator is None:
            return LOCAL
        name = node.target.id
        statement = self.source.start(node), "%s = %s %s (%s)" % (name, name, operator, text.text)
        statements = [*held.statements, *text.statements, statement]
        return type(held)(statements, [*held.imports, *text.imports], held.model, held.inner or text.inner)

    def visit_NamedExpr(self, node):
        self.visit(node.value)
        self._bind(node.target, self._held(node.target, node.value))

    def _bind(self, target, held):
        for name in bound(target):
            self.locals[name] = held if isinstance(target, ast.Name) else LOCAL

    def _held(self, target, value):
        """What a name holds after an assignment."""
        if not isinstance(target, ast.Name):
            return LOCAL
        one = self._one(value)
        if one is not None:
            return one
        base, methods = self._taken_apart(value)
        if base is None:
            return self._part(target, value)
        if (methods and methods[-1] in ENDING) or self._shortcut(value):
            return LOCAL
        return self._built(Chain, target, value, self._model(base))

    def _part(self, target, value):
        """A condition that a name holds goes where the name goes; so do a queryset's other name, and arguments."""
        held = [known(node, self.locals) for node in ast.walk(value) if isinstance(node, ast.Name)]
        if isinstance(value, ast.Name) and type(held[0]) is Chain:
            return self._built(Chain, target, value, held[0].model)
        if target.id in self.spread and keyed(value):
            return self._built(Arguments, target, value, None)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return self._built(Text, target, value, None)
        names = (resolved(node, self.names) or "" for node in ast.walk(value) if isinstance(node, ast.Name))
        querying = any(name.startswith(QUERY_PACKAGES) for name in names) or any(isinstance(one, Part) for one in held)
        return self._built(Part, target, value, None) if querying or self._is_fixed(value) else LOCAL

    def _is_fixed(self, value):
        """``Link = Book.tags.through``: attributes of what the file names."""
        root = value
        while isinstance(root, ast.Attribute):
            root = root.value
        named = isinstance(root, ast.Name) and root.id in self.names and root.id not in self.locals
        return isinstance(value, ast.Attribute) and (named or bool(registered(root)))

    def _built(self, kind, target, value, model):
        try:
            text = SiteText(value, self.source, self.names, self.locals, whole=kind is Arguments)
        except Unreadable:
            return LOCAL
        statement = self.source.start(target), "%s = %s" % (target.id, text.text)
        return kind([*text.statements, statement], text.imports, model, text.inner)

    def _element(self, iterated):
        """What a loop over a chain binds."""
        base, methods = self._taken_apart(iterated)
        rows = base is not None and not {"values", "values_list", "dates", "datetimes"} & set(methods)
        model = self._model(base) if rows else None
        return Instance(model) if model else LOCAL


def _is_name(annotation):
    return isinstance(annotation, (ast.Name, ast.Attribute))


def spread_only(function):
    """Names of a function that are only written to and spread as arguments (``**data``): nothing else changes them."""
    nodes = list(ast.walk(function))
    loaded = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    used = [word.value for node in nodes if isinstance(node, ast.Call) for word in node.keywords if not word.arg]
    used += [node.value for node in nodes if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)]
    known_uses = [node.id for node in used if isinstance(node, ast.Name)]
    return frozenset(name for name in known_uses if known_uses.count(name) == loaded.count(name))
