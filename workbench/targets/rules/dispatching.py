"""A ``dispatch`` that refuses before it goes on, as one guard for each of its refusals."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.policies.policy import Guard, Refusal

# How a branch refuses: the name of what it returns or raises
_LOGIN: Refusal = (401, 401)
_FORBIDDEN: Refusal = (403, 403)
_LOGIN_PAGE = re.compile(r"log.?in|sign.?in", re.IGNORECASE)
_MISSING: Refusal = (404, 404)
_BY_NAME: dict[str, Refusal] = {
    "redirect_to_login": _LOGIN,
    "PermissionDenied": _FORBIDDEN,
    "HttpResponseForbidden": _FORBIDDEN,
    "Http404": _MISSING,
    "HttpResponseNotFound": _MISSING,
}


def refusals(guard: Guard) -> list[Guard] | None:
    """A guard for each ``if …: refuse`` before ``return super().dispatch(…)``; None where there is anything else."""
    function = _function(guard.test.source) if guard.test else None
    if function is None:
        return None
    *steps, last = [node for node in function.body if not _is_text(node)]
    if not isinstance(last, ast.Return) or not _goes_on(last.value):
        return None
    found = [_step(node, guard) for node in steps]
    return None if None in found else [step for step in found if step is not None]


def _function(source: str) -> ast.FunctionDef | None:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    return tree.body[0] if tree.body and isinstance(tree.body[0], ast.FunctionDef) else None


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _goes_on(node: ast.expr | None) -> bool:
    """``super().dispatch(…)``."""
    function = node.func if isinstance(node, ast.Call) else None
    base = function.value if isinstance(function, ast.Attribute) and function.attr == "dispatch" else None
    return isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "super"


def _step(node: ast.stmt, guard: Guard) -> Guard | None:
    """``if condition: refuse``, as a test that holds where the condition does not."""
    if not isinstance(node, ast.If) or node.orelse or guard.test is None:
        return None
    refusal = _refusal(node.body, guard)
    if refusal is None:
        return None
    permission = _asked_of_object(node.test)
    if permission:
        return replace(guard, kind="rules.permission_required", permissions=(permission,), test=None, refusal=refusal)
    text = f"def dispatch({', '.join(guard.test.parameters)}):\n    return {_denied(node.test)}"
    return replace(guard, kind="user_passes_test", test=replace(guard.test, source=text), refusal=refusal)


def _denied(test: ast.expr) -> str:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return f"bool({ast.unparse(test.operand)})"
    return f"not ({ast.unparse(test)})"


def _refusal(body: Sequence[ast.stmt], guard: Guard) -> Refusal | None:
    """How the branch answers; a redirect counts where it names the login page."""
    last = body[-1]
    value = last.value if isinstance(last, ast.Return) else last.exc if isinstance(last, ast.Raise) else None
    if len(body) > 1 or value is None:
        return None
    call = value.func if isinstance(value, ast.Call) else value
    name = call.attr if isinstance(call, ast.Attribute) else call.id if isinstance(call, ast.Name) else ""
    if name == "handle_no_permission":
        return guard.refusal
    if name in ("redirect", "HttpResponseRedirect") and _LOGIN_PAGE.search(ast.unparse(value)):
        return _LOGIN
    return _BY_NAME.get(name)


def _asked_of_object(test: ast.expr) -> str:
    """The permission of ``not request.user.has_perm("app.codename", self.get_object())``."""
    call = test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else None
    if not isinstance(call, ast.Call) or len(call.args) != 2 or not isinstance(call.func, ast.Attribute):
        return ""
    name, thing = call.args
    asked = call.func.attr == "has_perm" and ast.unparse(call.func.value).endswith("request.user")
    known = ast.unparse(thing) in ("self.get_object()", "self.object")
    return str(name.value) if asked and known and isinstance(name, ast.Constant) else ""
