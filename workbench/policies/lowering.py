"""A predicate's body becomes a condition; what cannot, says why and where. Never a guess."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from workbench.policies.comparing import typeless
from workbench.policies.condition import Absent, Always, Condition, Missing, Skip, ViewerIs
from workbench.policies.gathering import exists, picked
from workbench.policies.operands import key_column
from workbench.policies.policy import Body
from workbench.policies.questioning import over_rows
from workbench.policies.reasoning import FALSE, TRUE, choice, negated, skips, tried
from workbench.policies.references import (
    Column,
    Judged,
    Picked,
    Reference,
    Rows,
    Sought,
    Thing,
    Untranslatable,
)
from workbench.policies.scope import Scope, unknown
from workbench.policies.seeking import found_in, narrowed
from workbench.policies.trees import climbing, only_return
from workbench.policies.truths import truth

After: TypeAlias = Callable[[Scope], Condition]  # what comes when the statements are through


def lower(scope: Scope) -> Condition:
    """The condition under which the body of ``scope`` answers true; Untranslatable where it is not known."""
    tree = function_of(scope.body)
    if isinstance(tree, ast.Lambda):
        return truth(tree.body, scope)
    return statements(tree.body, scope, lambda _: Skip())


def function_of(body: Body) -> ast.FunctionDef | ast.Lambda:
    """The function statement, or the one lambda of the line that the source begins on."""
    if body.wrapped:
        raise Untranslatable("a decorator around it may change its answer")
    try:
        tree = ast.parse(body.source)
    except SyntaxError as error:
        raise Untranslatable("its source text cannot be read on its own") from error
    if body.name.endswith("<lambda>"):
        lambdas = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]
        if len(lambdas) != 1:
            raise Untranslatable("several lambdas stand on its line")
        return lambdas[0]
    if not tree.body or not isinstance(tree.body[0], ast.FunctionDef):
        raise Untranslatable("it is no plain function whose source text is known")
    return tree.body[0]


def statements(body: Sequence[ast.stmt], scope: Scope, after: After) -> Condition:
    """Early returns, names, loops and branches, read from the top."""
    if not body:
        return after(scope)
    first, rest = body[0], body[1:]
    rule = _STATEMENTS.get(type(first))
    if rule is None:
        raise Untranslatable(f"`{ast.unparse(first).splitlines()[0]}` has no translation", first.lineno)
    return rule(first, lambda inner: statements(rest, inner, after), scope)


def _return(node: ast.Return, after: After, scope: Scope) -> Condition:
    if scope.sought is not None:
        return found_in(node.value, scope)
    return truth(node.value, scope) if node.value is not None else Skip()


def _branch(node: ast.If, after: After, scope: Scope) -> Condition:
    """``if test: return False`` before the rest is ``not test and rest``; and its relatives."""
    test = scope.truth(node.test)
    if isinstance(test, Always):  # what is never reached need not be understood
        return statements(node.body if test.value else node.orelse, scope, after)
    return choice(test, statements(node.body, scope, after), statements(node.orelse, scope, after))


def _assign(node: ast.Assign, after: After, scope: Scope) -> Condition:
    if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
        raise unknown(node)
    return _named(node.targets[0].id, node.value, after, scope)


def _annotated(node: ast.AnnAssign, after: After, scope: Scope) -> Condition:
    if not isinstance(node.target, ast.Name) or node.value is None:
        raise unknown(node)
    return _named(node.target.id, node.value, after, scope)


def _named(name: str, value: ast.expr, after: After, scope: Scope) -> Condition:
    """``name = value``: what raises there raises before anything that follows."""
    reference = valued(value, scope) if scope.sought is None else narrowed(value, valued, scope)
    before = raising(reference, value, scope)
    return choice(before, after(bound(name, reference, scope)), FALSE)


def bound(name: str, reference: Reference, scope: Scope) -> Scope:
    """The scope after a name was given to a value."""
    inner = scope.with_name(name, reference)
    if isinstance(reference, Picked):
        return replace(inner.with_pick(reference.rows), depth=scope.depth + 1)
    return inner


def valued(node: ast.expr, scope: Scope) -> Reference:
    """What an expression refers to, or when it is true."""
    if isinstance(node, (ast.Compare, ast.BoolOp, ast.IfExp)) or _negation(node):
        return Judged(truth(node, scope))
    try:
        return scope.resolve(node)
    except Untranslatable as error:
        if not isinstance(node, ast.Call):
            raise
        try:
            return Judged(truth(node, scope))
        except Untranslatable:
            raise error from None


def _negation(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def raising(reference: Reference, node: ast.AST, scope: Scope) -> Condition:
    """True where the value can be worked out; refused where Python raises."""
    if isinstance(reference, Sought):
        return tried(reference.condition, scope.models)
    if isinstance(reference, Judged):
        return TRUE if skips(reference.condition) else tried(reference.condition, scope.models)
    if isinstance(reference, (Thing, Column)) and reference.root not in scope.picks:
        return _standing(reference, node, scope)
    if isinstance(reference, Rows) and reference.refuses_visitor:
        return ViewerIs("known")
    if isinstance(reference, Picked) and not reference.maybe:
        return picked(reference.rows, TRUE, node, scope)
    return TRUE


def _standing(reference: Thing | Column, node: ast.AST, scope: Scope) -> Condition:
    if isinstance(reference, Thing) and not reference.through:
        return TRUE
    column = key_column(reference, node, scope) if isinstance(reference, Thing) else reference
    missing: Condition = Missing(typeless(column))
    if isinstance(reference, Thing) and reference.key is None and reference.maybe:
        missing = Absent(reference.model, reference.through, reference.root)
    return tried(missing, scope.models)


def _try(node: ast.Try, after: After, scope: Scope) -> Condition:
    """``try: row = rows.get(…) except Model.DoesNotExist: …``."""
    first = node.body[0]
    if node.orelse or node.finalbody or len(node.handlers) != 1 or not isinstance(first, (ast.Assign, ast.Expr)):
        raise unknown(first, "is tried in a way that has no translation")
    handler = node.handlers[0]
    if handler.type is None or not ast.unparse(handler.type).endswith("DoesNotExist") or handler.name:
        raise unknown(first, "catches more than a row that does not exist")
    reference = scope.resolve(first.value)
    there = _found(reference, first, scope)
    inner = scope
    if isinstance(first, ast.Assign):
        if len(first.targets) != 1 or not isinstance(first.targets[0], ast.Name):
            raise unknown(first)
        assert isinstance(reference, (Picked, Thing))
        inner = bound(first.targets[0].id, replace(reference, maybe=True), scope)
    rest = statements(node.body[1:], inner, after)
    return choice(there, rest, statements(handler.body, scope, after))


def _found(reference: Reference, node: ast.stmt, scope: Scope) -> Condition:
    """Whether what is asked for exists, where at most one can."""
    if isinstance(reference, Picked) and not reference.maybe:
        picked(reference.rows, TRUE, node, scope)
        return exists(reference.rows, node, scope)
    if isinstance(reference, Thing) and reference.key is None and reference.through:
        return negated(Absent(reference.model, reference.through, reference.root))
    raise unknown(node, "is tried in a way that has no translation")


def _loop(node: ast.For, after: After, scope: Scope) -> Condition:
    """``for row in rows: if test: return True`` before the rest."""
    if node.orelse or not isinstance(node.target, ast.Name):
        raise unknown(node)
    returned = only_return(node)
    source = scope.resolve(node.iter)

    def leaves(inner: Scope) -> Condition:
        inner = replace(inner, leaving={ast.Continue: negated(returned)})
        found = statements(node.body, inner, lambda _: negated(returned))
        return found if returned == TRUE else negated(found)

    found = over_rows(source, node.target.id, leaves, node, scope)
    return choice(found, returned, after(scope))


def _nothing(node: ast.stmt, after: After, scope: Scope) -> Condition:
    return after(scope)


def _expression(node: ast.Expr, after: After, scope: Scope) -> Condition:
    if isinstance(node.value, ast.Constant):
        return after(scope)
    raise Untranslatable(f"`{ast.unparse(node).splitlines()[0]}` has no translation", node.lineno)


def _left(node: ast.stmt, after: After, scope: Scope) -> Condition:
    """``continue`` and ``break``: what the loop around says of them."""
    found = scope.leaving.get(type(node))
    if found is None:
        raise unknown(node)
    return found


_STATEMENTS: dict[type, Callable[..., Condition]] = {
    ast.Return: _return,
    ast.If: _branch,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.Try: _try,
    ast.For: _loop,
    ast.Pass: _nothing,
    ast.While: climbing(statements),
    ast.Continue: _left,
    ast.Break: _left,
    ast.Expr: _expression,
}
