"""Climbing a tree: ``while node is not None: … node = node.parent``, and functions that call themselves on a parent."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from workbench.policies.condition import (
    Above,
    Choice,
    Condition,
    Either,
    Every,
    Missing,
    Negated,
    ViewerMay,
    walk,
)
from workbench.policies.operands import attribute_of, key_column
from workbench.policies.reasoning import FALSE, TRUE, choice, either, every, negated, refuses
from workbench.policies.references import Lineage, Reference, Thing, Untranslatable
from workbench.policies.scope import Scope, unknown

Statements: TypeAlias = Callable[[Sequence[ast.stmt], Scope, Callable[[Scope], Condition]], Condition]
AGAIN: Condition = ViewerMay("")  # stands for the same question about the parent; no permission has this name


def only_return(node: ast.stmt) -> Condition:
    """The one constant that a loop returns."""
    returns = [part for part in ast.walk(node) if isinstance(part, ast.Return)]
    values = {part.value.value if isinstance(part.value, ast.Constant) else None for part in returns}
    if values == {True}:
        return TRUE
    if values == {False}:
        return FALSE
    raise Untranslatable(f"`{ast.unparse(node).splitlines()[0]}` does not return one constant", node.lineno)


def climbing(statements: Statements) -> Callable[[ast.While, Callable[[Scope], Condition], Scope], Condition]:
    """How a ``while`` over parents is read."""

    def read(node: ast.While, after: Callable[[Scope], Condition], scope: Scope) -> Condition:
        returned = only_return(node)
        climb = _Climb.of(node, scope)
        row = scope.above()
        inner = scope.inside(climb.name, Thing(climb.start.model, (), row))
        inner = replace(inner, leaving={ast.Break: negated(returned)})
        body = statements(climb.body, inner, lambda end: climb.ended(end, row))
        found = above(climb.start, climb.parent(inner), row, body, climb.itself, returned == FALSE, scope, node)
        return choice(found, returned, after(scope.without_name(climb.name)))

    return read


def above(
    start: Thing, parent: str, row: str, body: Condition, itself: bool, inverted: bool, scope: Scope, node: ast.AST
) -> Condition:
    """One of an object and those above it is where the body decides; ``AGAIN`` in it asks the parent."""
    if not _positive(body):
        raise unknown(node, "does more with its parent's answer than to take it over")
    less, more = put(body, FALSE), put(body, TRUE)
    where, climbs = (negated(more), negated(less)) if inverted else (less, more)
    if refuses(where, scope.models) or refuses(climbs, scope.models):
        raise unknown(node, "may raise on the way up")
    found: Condition = Above(start.model, start.through, parent, climbs, where, itself, start.root, row)
    if start.maybe:
        key = attribute_of(key_column(start, node, scope), node, scope)
        found = every((negated(Missing(key)), found))
    return found


def put(condition: Condition, value: Condition) -> Condition:
    """The condition with the parent's answer known."""
    if condition == AGAIN:
        return value
    if isinstance(condition, Every):
        return every([put(part, value) for part in condition.of])
    if isinstance(condition, Either):
        return either([put(part, value) for part in condition.of])
    if isinstance(condition, Negated):
        return negated(put(condition.of, value))
    if isinstance(condition, Choice):
        return choice(put(condition.test, value), put(condition.then, value), put(condition.otherwise, value))
    return condition


def _positive(condition: Condition) -> bool:
    """Whether the parent's answer only ever helps."""
    if isinstance(condition, (Every, Either)):
        return all(_positive(part) for part in condition.of)
    if isinstance(condition, Choice):
        return AGAIN not in walk(condition.test) and _positive(condition.then) and _positive(condition.otherwise)
    return condition == AGAIN or AGAIN not in walk(condition)


class _Climb:
    """The parts of a ``while`` that climbs: the name that moves, where it starts, and what is done with each object."""

    def __init__(self, name: str, start: Thing, body: Sequence[ast.stmt], itself: bool, field: str) -> None:
        self.name, self.start, self.body, self.itself, self.field = name, start, body, itself, field

    @classmethod
    def of(cls, node: ast.While, scope: Scope) -> _Climb:
        """Reads the loop's test; Untranslatable where it is none of these shapes."""
        both = isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And)
        tests = node.test.values if both and isinstance(node.test, ast.BoolOp) else [node.test]
        subject = _present(tests[0])
        name = subject.id if isinstance(subject, ast.Name) else None
        moving = isinstance(subject, ast.Attribute) and isinstance(subject.value, ast.Name)
        if moving and isinstance(subject, ast.Attribute) and isinstance(subject.value, ast.Name):
            name = subject.value.id
        start = scope.known.get(name or "")
        if name is None or node.orelse or not isinstance(start, Thing):
            raise unknown(node.test, "is no climb that is known")
        body = [*(_stop(test) for test in tests[1:]), *(part for stmt in node.body for part in _unfolded(stmt, name))]
        if not moving:
            return cls(name, start, body, True, "")
        first = node.body[0]
        if len(tests) > 1 or not isinstance(first, ast.Assign) or ast.dump(first.value) != ast.dump(subject):
            raise unknown(node.test, "is no climb that is known")
        return cls(name, start, body[1:], False, subject.attr if isinstance(subject, ast.Attribute) else "")

    def ended(self, scope: Scope, row: str) -> Condition:
        """At the end of the body the name stands for the parent."""
        found = scope.known[self.name]
        if not isinstance(found, Thing) or found.root != row or found.model != self.start.model:
            raise Untranslatable("the loop moves to something other than a parent")
        if self.itself and (len(found.through) != 1 or not found.maybe):
            raise Untranslatable("the loop moves to something other than a parent")
        if self.itself:
            self.field = found.through[0]
        return AGAIN

    def parent(self, scope: Scope) -> str:
        """The foreign key that leads up."""
        link = scope.models.field(self.start.model, self.field) if self.field else None
        if link is None or not link.relation or link.relation.to != self.start.model:
            raise Untranslatable("the loop never moves to a parent")
        return link.name


def _present(test: ast.expr) -> ast.expr:
    """What ``x is not None``, or ``x`` alone, asks about."""
    if not isinstance(test, ast.Compare) or len(test.ops) > 1 or not isinstance(test.ops[0], (ast.IsNot, ast.NotEq)):
        return test
    right = test.comparators[0]
    return test.left if isinstance(right, ast.Constant) and right.value is None else test


def _stop(test: ast.expr) -> ast.stmt:
    stop = ast.If(ast.UnaryOp(ast.Not(), test), [ast.Break(lineno=test.lineno)], [])
    return ast.fix_missing_locations(ast.copy_location(stop, test))


def _unfolded(stmt: ast.stmt, name: str) -> list[ast.stmt]:
    """``node = node.parent if test else None`` stops where the test fails."""
    if not isinstance(stmt, ast.Assign) or not isinstance(stmt.value, ast.IfExp):
        return [stmt]
    value, none = stmt.value.body, stmt.value.orelse
    test: ast.expr = stmt.value.test
    if isinstance(value, ast.Constant) and value.value is None:
        value, none, test = none, value, ast.UnaryOp(ast.Not(), test)
    if not (isinstance(none, ast.Constant) and none.value is None):
        return [stmt]
    moved = ast.Assign(stmt.targets, value)
    both = [_stop(ast.copy_location(test, stmt)), ast.copy_location(moved, stmt)]
    return [ast.fix_missing_locations(part) for part in both]


def lineage(tree: ast.FunctionDef, scope: Scope, statements: Statements) -> Reference | None:
    """What a method yields, or puts into a list, while it climbs: an object and those above it; None for others."""
    parts = [part for part in tree.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
    kept = _collecting(parts)
    if kept is None:
        return None
    first, loop, collected = kept
    inner = scope.with_name(first.targets[0].id, scope.resolve(first.value))  # type: ignore[attr-defined]
    body = [part for part in loop.body if ast.unparse(part) not in collected]
    if len(body) != len(loop.body) - 1 or ast.unparse(loop.body[0]) not in collected:
        return None
    climb = _Climb.of(ast.copy_location(ast.While(loop.test, body, []), loop), inner)
    row = scope.above()
    within = replace(inner.inside(climb.name, Thing(climb.start.model, (), row)), leaving={ast.Break: FALSE})
    climbs = put(statements(climb.body, within, lambda end: climb.ended(end, row)), TRUE)
    return Lineage(climb.start, climb.parent(within), row, climbs, climb.itself)


def _collecting(parts: list[ast.stmt]) -> tuple[ast.Assign, ast.While, set[str]] | None:
    """``node = self``, the loop, and the statement that keeps each ``node``."""
    lists = [p for p in parts if isinstance(p, ast.Assign) and isinstance(p.value, ast.List) and not p.value.elts]
    rest = [part for part in parts if part not in lists and not isinstance(part, ast.Return)]
    if len(rest) != 2 or not isinstance(rest[0], ast.Assign) or not isinstance(rest[1], ast.While):
        return None
    target = rest[0].targets[0]
    if not isinstance(target, ast.Name) or len(lists) > 1:
        return None
    keeping = {f"yield {target.id}"}
    keeping |= {f"{part.targets[0].id}.append({target.id})" for part in lists if isinstance(part.targets[0], ast.Name)}
    return rest[0], rest[1], keeping
