"""Places in the project's own source that guard, ask, grant or narrow, found by reading it: file, line, text."""

import ast
import os
import re

from . import context, places

# Full name of what is called -> what the place is
_CALLS = {
    "django.contrib.auth.decorators.login_required": "login_required",
    "django.contrib.auth.decorators.permission_required": "permission_required",
    "django.contrib.auth.decorators.user_passes_test": "user_passes_test",
    "django.contrib.admin.views.decorators.staff_member_required": "staff_member_required",
    "guardian.decorators.permission_required": "guardian.permission_required",
    "guardian.decorators.permission_required_or_403": "guardian.permission_required",
    "guardian.decorators.permission_required_or_404": "guardian.permission_required",
    "guardian.shortcuts.assign_perm": "guardian.assign_perm",
    "guardian.shortcuts.remove_perm": "guardian.remove_perm",
    "guardian.shortcuts.get_objects_for_user": "guardian.get_objects_for_user",
    "guardian.shortcuts.get_objects_for_group": "guardian.get_objects_for_group",
    "rules.contrib.views.permission_required": "rules.permission_required",
    "rules.add_perm": "rules.add_perm",
    "rules.add_rule": "rules.add_rule",
    "rules.set_perm": "rules.add_perm",
    "rules.set_rule": "rules.add_rule",
    "rules.has_perm": "has_perm",
    "rules.test_rule": "rules.test_rule",
    "rules.predicate": "rules.predicate",
    "rest_framework.decorators.permission_classes": "drf.permission_classes",
}
_METHODS = {"has_perm": "has_perm", "has_perms": "has_perm", "has_module_perms": "has_perm"}
_BASES = {
    "LoginRequiredMixin": "login_required",
    "PermissionRequiredMixin": "permission_required",
    "AutoPermissionRequiredMixin": "permission_required",
    "UserPassesTestMixin": "user_passes_test",
    "PermissionListMixin": "narrowed_queryset",
}
_ADMIN = re.compile(r"has_\w+_permission$")
_USER = re.compile(r"\brequest\.user\b")
_TEMPLATE = re.compile(r"\{%\s*(?:if|elif)\b[^%]*\bperms\.[^%]*%\}|\{%\s*has_perm\b[^%]*%\}")
_TESTS = re.compile(r"tests?\.py$|test_\w+\.py$|conftest\.py$")  # tests ask, they do not guard
_SKIPPED = {"tests", "migrations", "node_modules", "__pycache__", ".git"}
_LONGEST = 4000  # characters of source text kept for one place


def read_places(diagnostics):
    """Every place of the project's Python files; a file that does not parse is a diagnostic."""
    found = []
    for file in _files(".py"):
        try:
            with open(file, encoding="utf-8") as handle:
                text = handle.read()
            tree = ast.parse(text)
        except (SyntaxError, UnicodeDecodeError, OSError) as error:
            name = places.shown(file)
            fact = "not read: %s" % error
            diagnostics.append(context.diagnostic("guards-source", name, name, fact, fidelity="error", file=name))
            continue
        reader = _Reader(file, text)
        reader.visit(tree)
        found += reader.found
    return found


def read_templates():
    """``{% if perms… %}`` and ``{% has_perm … %}`` of the project's templates."""
    found = []
    for file, text in templates():
        for match in _TEMPLATE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(_place("template", places.shown(file), file, line, match.group(0), _quoted(match.group(0))))
    return found


def templates():
    """Every template of the project with its text."""
    for file in _files((".html", ".txt", ".jinja", ".jinja2", ".xml")):
        try:
            with open(file, encoding="utf-8") as handle:
                yield file, handle.read()
        except (UnicodeDecodeError, OSError):  # not a template: templates are text
            continue


def _quoted(tag):
    dotted = re.findall(r"\bperms\.(\w+\.\w+)", tag)
    return dotted + re.findall(r"has_perm\s+['\"]([\w.]+)['\"]", tag)


def _files(endings):
    for folder, names, files in os.walk(context.root()):
        names[:] = sorted(n for n in names if n not in _SKIPPED and not os.path.exists(_venv(folder, n)))
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.endswith(endings) and places.is_own(path) and not _TESTS.match(name):
                yield path


def _venv(folder, name):
    return os.path.join(folder, name, "pyvenv.cfg")


def _place(kind, inside, file, line, source, permissions=()):
    origin = {"name": inside, "file": places.shown(file), "line": line}
    return {"kind": kind, "inside": inside, "origin": origin, "source": source, "permissions": list(permissions)}


class _Reader(ast.NodeVisitor):
    """Walks one module with the names it imports and the definitions it stands in."""

    def __init__(self, file, text):
        self.file, self.lines, self.found = file, text.split("\n"), []
        self.stack = [_module(file)]
        self.imports = {}

    def visit_Import(self, node):
        for alias in node.names:
            self.imports[alias.asname or alias.name.partition(".")[0]] = (alias.asname and alias.name) or (
                alias.name.partition(".")[0]
            )

    def visit_ImportFrom(self, node):
        for alias in node.names:
            self.imports[alias.asname or alias.name] = "%s.%s" % (node.module or "", alias.name)

    def visit_ClassDef(self, node):
        self.stack.append(node.name)
        for base in node.bases:
            kind = _BASES.get((self._full(base) or "").rsplit(".", 1)[-1])
            if kind:
                self._add(kind, base, self._permissions_of(node), self._line(node))
        self._decorated(node)
        for part in node.body:
            self.visit(part)
        self.stack.pop()

    def visit_FunctionDef(self, node):
        self.stack.append(node.name)
        self._decorated(node)
        text = self._text(node)
        if _ADMIN.match(node.name) and len(self.stack) > 2:
            self._add("permission_method", node, (), text)
        elif node.name in ("get_queryset", "filter_queryset") and _USER.search(text):
            self._add("narrowed_queryset", node, (), text)
        elif node.name == "dispatch" and _USER.search(text):
            self._add("dispatch", node, (), text)
        for part in node.body:
            self.visit(part)
        self.stack.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Call(self, node):
        kind = _CALLS.get(self._full(node.func) or "")
        if kind is None and isinstance(node.func, ast.Attribute):
            kind = _METHODS.get(node.func.attr)
        if kind:
            self._add(kind, node, _strings(node))
        self.generic_visit(node)

    def _decorated(self, node):
        """Decorators without a call; those with one are found as calls."""
        for decorator in node.decorator_list:
            kind = _CALLS.get(self._full(decorator) or "")
            if kind:
                whole = kind == "rules.predicate"
                self._add(kind, node if whole else decorator, (), None if whole else self._text(decorator, "@"))
            elif isinstance(decorator, ast.Call):
                for argument in decorator.args:
                    inner = _CALLS.get(self._full(argument) or "")
                    if inner:
                        self._add(inner, decorator, (), self._text(decorator, "@"))
                self.visit(decorator)

    def _full(self, node):
        """The full dotted name of what an expression names, through this module's imports."""
        if isinstance(node, ast.Name):
            return self.imports.get(node.id)
        if isinstance(node, ast.Attribute):
            base = self._full(node.value)
            return base and base + "." + node.attr
        return None

    def _permissions_of(self, node):
        for part in node.body:
            if isinstance(part, ast.Assign) and getattr(part.targets[0], "id", "") == "permission_required":
                values = part.value.elts if isinstance(part.value, (ast.List, ast.Tuple)) else [part.value]
                return [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
        return []

    def _line(self, node):
        return self.lines[node.lineno - 1].strip()

    def _text(self, node, prefix=""):
        """The node's source; ``ast.get_source_segment`` splits the whole file at every call. Columns count bytes."""
        lines = self.lines[node.lineno - 1 : node.end_lineno]
        lines[-1] = lines[-1].encode("utf-8")[: node.end_col_offset].decode("utf-8")
        lines[0] = lines[0].encode("utf-8")[node.col_offset :].decode("utf-8")
        return prefix + "\n".join(lines)

    def _add(self, kind, node, permissions=(), source=None):
        text = (self._text(node) if source is None else source)[:_LONGEST]
        self.found.append(_place(kind, ".".join(self.stack), self.file, node.lineno, text, permissions))


def _module(file):
    """The dotted name of a file below the project's root."""
    path = os.path.relpath(file, context.root())[: -len(".py")]
    return path.replace(os.sep, ".").replace(".__init__", "")


def _strings(node):
    """The permission names among a call's arguments: text of the form ``app.codename``."""
    values = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return [value for value in values if re.match(r"\w+\.\w+$", value)][:1]
