"""A call site's text, made so that it can be evaluated away from its place.

Names of the module are imported, local values become ``variable("their text")``: a stand-in that takes the type of the
lookup it is compared with. Querysets in local names bring the statements that built them.
"""

import ast
import builtins

from .site_names import (
    LOCAL,
    MANAGERS,
    QUERY_PACKAGES,
    SYNCHRONOUS,
    Chain,
    Instance,
    Text,
    builds,
    known,
    own_names,
    registered,
    resolved,
)

# Methods whose positional arguments are fields, predicates or querysets: a local value there decides the query's shape.
_SHAPING = ("order_by", "values", "values_list", "only", "defer", "select_related", "prefetch_related", "distinct")
_SHAPING += ("filter", "exclude", "get", "annotate", "alias", "aggregate", "union", "intersection", "difference")
_USERS = ("request.user", "self.request.user")  # as every view has it
_PURE = ("date", "datetime", "Decimal", "dict", "float", "frozenset", "int", "list", "range", "set", "str", "timedelta")
_PURE += ("tuple", "UUID")


class Unreadable(Exception):
    """Why a site means nothing without the values around it."""


class Source:
    """A file's text by the positions of its syntax tree, whose columns count bytes."""

    def __init__(self, text):
        lines = [line.encode("utf-8") for line in text.splitlines(True)]
        self.encoded, self._starts = b"".join(lines), [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))

    def start(self, node):
        """The byte at which a node begins."""
        return self._starts[node.lineno - 1] + node.col_offset

    def stop(self, node):
        """The byte after a node's last one."""
        return self._starts[node.end_lineno - 1] + node.end_col_offset

    def segment(self, node):
        """A node's text as written."""
        return self.encoded[self.start(node) : self.stop(node)].decode("utf-8")


def spine(node):
    """The calls, attributes and subscripts that a chain is made of, down to the name it begins with."""
    while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
        yield node
        node = node.func if isinstance(node, ast.Call) else node.value
    yield node


def _parameters(chain, held):
    """Of ``raw()`` its SQL where a name holds it, and its parameters: what each is compared with says its type."""
    for node in chain:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "raw":
            yield from (each for each in node.args[:1] if isinstance(known(each, held), Text))
            given = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "params")]
            yield from (each for each in given if isinstance(each, (ast.List, ast.Tuple, ast.Dict)))


def keyed(node):
    """Whether it is a dict whose keys are written down: ``{"a": x}``, ``dict(a=x)``."""
    if isinstance(node, ast.Dict):
        return all(isinstance(getattr(key, "value", None), str) for key in node.keys)
    made = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dict" and not node.args
    return made and all(word.arg for word in node.keywords)


def _is_unknown(held):
    """Whether what a name holds is a value to the query."""
    return held is LOCAL or isinstance(held, (Instance, Text))


class SiteText:
    """One expression of a file, rewritten; ``text`` is the result, ``imports`` and ``statements`` what it needs.

    Statements are pairs of where they stand and their text: names that are bound again are so in the file's order.
    ``inner``: it refers to the query that holds it. ``whole``: it is arguments, or one of them, and no query.
    """

    def __init__(self, node, source, file_names, local_names, whole=False):
        self.node, self.source = node, source
        self.file_names, self.local_names = file_names, local_names
        self.imports, self.statements, self._edits = [], [], []
        self._own, self._spine = own_names(node), set(spine(node))
        self._listed = set(_parameters(self._spine, local_names))
        if whole:
            self._listed |= {node} if keyed(node) else set()
            self._spine &= {node, node.func} if keyed(node) and isinstance(node, ast.Call) else set()
        self.inner = any(self._refers(child) for child in self._around())
        self._read(node)
        self.text = self._edited()

    def expression(self):
        """Imports, statements and the expression, on lines of their own."""
        statements = [text for _, text in sorted(set(self.statements))]
        return "\n".join([*dict.fromkeys(self.imports), *statements, self.text])

    def _around(self):
        """What stands around the spine: arguments, and the name that it begins with."""
        for part in self._spine or {self.node}:
            yield from (child for child in ast.iter_child_nodes(part) if child not in self._spine)
        yield from (part for part in self._spine if isinstance(part, ast.Name))

    def _refers(self, node):
        """Whether it refers to a query outside; what a query inside refers to is this one."""
        held = known(node, self.local_names)
        if isinstance(held, Chain):
            return held.inner and (node in self._spine or type(held) is not Chain)
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = resolved(node, self.file_names) or ""
            if name.startswith(QUERY_PACKAGES) and name.endswith(".OuterRef"):
                return True
        return not self._is_query(node) and any(self._refers(child) for child in ast.iter_child_nodes(node))

    def _is_query(self, node):
        parts = list(spine(node))
        managed = any(isinstance(part, ast.Attribute) and part.attr in MANAGERS for part in parts)
        return managed or type(known(parts[-1], self.local_names)) is Chain

    def _read(self, node):
        if isinstance(node, ast.Attribute) and self._segment(node) in _USERS and node not in self._spine:
            self._edit(node, "instance(get_user_model(), %r)" % self._segment(node))
            return
        held = known(node, self.local_names) if isinstance(node, ast.Attribute) else None
        if isinstance(held, Instance) and (node in self._spine or not held.path):
            self._edit(node, self._instance(held, self._segment(node)))
            return
        if isinstance(node, ast.expr) and self._is_value(node):
            self._edit(node, "variable(%r)" % self._segment(node))
            return
        if isinstance(node, ast.Name):
            self._name(node)
        if isinstance(node, ast.Call):
            self._refuse_shape(node)
            self._listed.update(word.value for word in node.keywords if word.arg is None and keyed(word.value))
        if isinstance(node, ast.Attribute) and node in self._spine and node.attr in SYNCHRONOUS:
            stop = self.source.stop(node)
            self._edits.append((stop - len(node.attr), stop, SYNCHRONOUS[node.attr]))
        if isinstance(node, ast.Subscript) and self._is_local(node.slice):
            self._slice(node)
            return
        for child in ast.iter_child_nodes(node):
            self._read(child)

    def _slice(self, node):
        """Bounds of a slice stand for small numbers, the upper above the lower."""
        self._read(node.value)
        inner = getattr(node.slice, "value", node.slice)  # Python 3.8 wraps an index
        parts = (inner.lower, inner.upper) if isinstance(inner, ast.Slice) else (inner,)
        for part, sample in zip(parts, (2, 12)):
            if part is not None and self._is_local(part):
                self._edit(part, "variable(%r, %d)" % (self._segment(part), sample))

    def _edit(self, node, text):
        self._edits.append((self.source.start(node), self.source.stop(node), text))

    def _name(self, node):
        local = self.local_names.get(node.id)
        if node.id in self._own:
            return
        if isinstance(local, Chain):
            self.imports += local.imports
            self.statements += local.statements
        elif isinstance(local, Instance):
            self._edit(node, self._model(local.model) if node.id == "cls" else self._instance(local, node.id))
        elif local is not None:
            raise Unreadable("what %s holds is known only while the code runs" % node.id)
        elif node.id in self.file_names:
            self._import(node.id)
        elif not hasattr(builtins, node.id) and "*" not in self.file_names:
            raise Unreadable("%s is defined nowhere in the file" % node.id)

    def _instance(self, held, name):
        made = "instance(%s, %r)" % (self._model(held.model), held.name or name)
        return ".".join([made, *held.path])

    def _import(self, name):
        kind, _, label = self.file_names[name].partition(":")
        if kind in ("label", "user"):
            self.imports += ["from django.apps import apps"] if label else []
            model = "apps.get_model(%r)" % label if label else "get_user_model()"
            self.statements.append((-1, "%s = %s" % (name, model)))
            return
        package, _, original = self.file_names[name].rpartition(".")
        imported = original if original == name else "%s as %s" % (original, name)
        self.imports.append("from %s import %s" % (package, imported) if package else "import " + imported)

    def _model(self, dotted):
        if dotted == "user:":
            return "get_user_model()"
        if dotted.startswith("label:"):
            self.imports.append("from django.apps import apps")
            return "apps.get_model(%r)" % dotted[len("label:") :]
        package, _, name = dotted.rpartition(".")
        self.imports.append("from %s import %s" % (package, name))
        return name

    def _refuse_shape(self, node):
        method = getattr(node.func, "attr", "")
        for argument in node.args:
            if isinstance(argument, ast.Starred) and self._is_local(argument.value):
                raise Unreadable("the arguments of %s() are in %s" % (method, self._segment(argument.value)))
            if method in _SHAPING and self._is_local(argument) and not self._builds_query(argument):
                raise Unreadable("%s decides what %s() names" % (self._segment(argument), method))
        for keyword in node.keywords:
            if keyword.arg is None and self._is_local(keyword.value) and not keyed(keyword.value):
                raise Unreadable("the lookups of %s() are in %s" % (method, self._segment(keyword.value)))

    def _is_value(self, node):
        """Whether the expression is a value to the query: it holds local names or calls, and builds no query."""
        if node in self._spine or node in self._listed or isinstance(node, (ast.Starred, ast.Slice, ast.Lambda)):
            return False
        held = known(node, self.local_names)
        if (isinstance(held, Instance) and not held.path) or registered(node):
            return False
        return not self._builds_query(node) and (self._is_local(node) or self._calls(node))

    def _is_local(self, node):
        """Whether the expression holds a local name whose value is not known."""
        return any(
            isinstance(inner, ast.Name) and inner.id not in self._own and _is_unknown(self.local_names.get(inner.id))
            for inner in ast.walk(node)
        )

    def _calls(self, node):
        """Whether it calls what may answer differently each time; constructors of plain values do not."""
        calls = (inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call) and not registered(inner))
        return any(getattr(function, "attr", getattr(function, "id", "")) not in _PURE for function in calls)

    def _builds_query(self, node):
        """Whether something in it is a queryset or an expression of Django's query API."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and inner.attr in MANAGERS:
                return True
            if isinstance(inner, ast.Name):
                if builds(self.local_names.get(inner.id)):
                    return True
                if (resolved(inner, self.file_names) or "").startswith(QUERY_PACKAGES):
                    return True
        return False

    def _segment(self, node):
        """A node's text on one line."""
        return " ".join(self.source.segment(node).split())

    def _edited(self):
        """The expression's text with the edits made, from the last to the first."""
        text, end = self.source.encoded, self.source.stop(self.node)
        for start, stop, replacement in sorted(self._edits, reverse=True):
            changed = replacement.encode("utf-8")
            text, end = text[:start] + changed + text[stop:], end + len(changed) - (stop - start)
        edited = text[self.source.start(self.node) : end].decode("utf-8")
        return "(%s)" % edited if "\n" in edited else edited
