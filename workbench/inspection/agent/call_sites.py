"""``call_sites``: where the project's own code builds querysets, read from the source; nothing is imported."""

import ast
import os
import re
import tokenize

_MANAGER = re.compile(r"\.(objects|_default_manager|_base_manager)\b")
_MANAGERS = ("objects", "_default_manager", "_base_manager")
_SKIPPED = ("node_modules", "site-packages", "__pycache__", "migrations")


def call_sites(request):
    """``{"call_sites": [{"file", "line", "text", "model", "methods"}], "unread": […]}``; model is a dotted name."""
    found, unread = [], []
    for file in sorted(_files(request["root"])):
        try:
            with tokenize.open(file) as source:
                text = source.read()
            if _MANAGER.search(text):
                found += _Sites(file, text, request).found
        except (SyntaxError, UnicodeDecodeError) as error:
            shown = os.path.relpath(file, request["root"])
            unread.append({"file": shown, "line": getattr(error, "lineno", None), "message": str(error)})
    return {"call_sites": found, "unread": unread}


def _files(root):
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not _foreign(os.path.join(folder, name), name)]
        yield from (os.path.join(folder, name) for name in files if name.endswith(".py"))


def _foreign(path, name):
    return name in _SKIPPED or name.startswith(".") or os.path.isfile(os.path.join(path, "pyvenv.cfg"))


class _Sites(ast.NodeVisitor):
    """The outermost chains over a manager in one file."""

    def __init__(self, file, text, request):
        self.file = os.path.relpath(file, request["root"])
        self.lines = text.splitlines(True)
        self.module = _module(file, request["paths"])
        self.names, self.found = {}, []
        self.visit(ast.parse(text))

    def visit_Import(self, node):
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self.names[name] = alias.name if alias.asname else name

    def visit_ImportFrom(self, node):
        package = self.module.split(".")[: -node.level] if node.level else []
        base = ".".join(package + ([node.module] if node.module else []))
        self.names.update((alias.asname or alias.name, base + "." + alias.name) for alias in node.names)

    def visit_ClassDef(self, node):
        self.names.setdefault(node.name, self.module + "." + node.name)
        self.generic_visit(node)

    def visit_Assign(self, node):
        """``Product = get_model("catalogue", "Product")`` and ``User = get_user_model()`` name models, too."""
        label = _registered(node.value)
        if label and isinstance(node.targets[0], ast.Name):
            self.names[node.targets[0].id] = label
        self.generic_visit(node)

    def visit_Call(self, node):
        self._chain(node)

    def visit_Attribute(self, node):
        self._chain(node)

    def visit_Subscript(self, node):
        self._chain(node)

    def _chain(self, node):
        base, methods = _taken_apart(node)
        if base is None:
            self.generic_visit(node)
            return
        site = {"file": self.file, "line": node.lineno, "text": self._text(node)}
        self.found.append(dict(site, model=self._resolve(base), methods=methods))
        self._arguments(node)

    def _arguments(self, node):
        """Chains in arguments are sites of their own."""
        while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
            for inner in getattr(node, "args", []) + [word.value for word in getattr(node, "keywords", [])]:
                self.visit(inner)
            node = node.func if isinstance(node, ast.Call) else node.value

    def _resolve(self, base):
        if isinstance(base, ast.Name):
            return self.names.get(base.id)
        if isinstance(base, ast.Attribute):
            package = self._resolve(base.value)
            return package and package + "." + base.attr
        return _registered(base)

    def _text(self, node):
        lines = self.lines[node.lineno - 1 : node.end_lineno]
        encoded = [line.encode("utf-8") for line in lines]  # columns count bytes
        encoded[-1] = encoded[-1][: node.end_col_offset]
        encoded[0] = encoded[0][node.col_offset :]
        return b"".join(encoded).decode("utf-8")


def _taken_apart(node):
    """(the expression that has the manager, names called after it), or (None, [])."""
    methods = []
    while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
        if isinstance(node, ast.Attribute) and node.attr in _MANAGERS:
            return node.value, methods[::-1]
        if isinstance(node, ast.Call):
            methods += [node.func.attr] if isinstance(node.func, ast.Attribute) else []
            node = node.func
        else:
            node = node.value
    return None, []


def _registered(node):
    """``label:app.Model`` of get_model(…), ``user:`` of get_user_model()."""
    if not isinstance(node, ast.Call):
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", None))
    if name == "get_user_model":
        return "user:"
    texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return "label:" + ".".join(texts) if name == "get_model" and texts else None


def _module(file, paths):
    """The dotted name under the longest sys.path entry that holds the file; a package's own folder is no such entry."""
    holders = [path for path in paths if file.startswith(os.path.join(path, "")) and not _is_package(path)]
    base = max(holders, key=len) if holders else os.path.dirname(file)
    parts = os.path.relpath(file, base)[: -len(".py")].split(os.sep)
    return ".".join(parts)


def _is_package(folder):
    return os.path.isfile(os.path.join(folder, "__init__.py"))
