"""Functions of the project put in place of their calls: helpers, methods, properties; some call themselves."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from workbench.policies.condition import Choice, Condition, Either, Every, Missing, ViewerIs
from workbench.policies.lowering import bound, function_of, lower, raising, statements, valued
from workbench.policies.operands import attribute_of, key_column
from workbench.policies.reasoning import FALSE, TRUE, Path, choice, denied, shown, tried
from workbench.policies.references import Helper, Judged, Reference, Thing, Untranslatable, Viewer
from workbench.policies.resolving import inherits
from workbench.policies.scope import Arguments, Climb, Scope, unknown
from workbench.policies.trees import AGAIN, above, lineage


def called(helper: Helper, arguments: Arguments, node: ast.AST, scope: Scope) -> Reference:
    """The value of a call; Untranslatable where the function's body has no translation."""
    body = helper.body
    try:
        tree = function_of(body)
    except Untranslatable as error:
        raise Untranslatable(f"in {body.name}: {error.reason}", getattr(node, "lineno", 1)) from error
    known = _parameters(tree, _bound(helper, arguments), node, scope)
    if body.name in scope.reading:
        return _again(body.name, known, node, scope)
    inner = scope.of_helper(body, known)
    try:
        found = _value(tree, inner)
    except Untranslatable as error:
        raise Untranslatable(f"in {body.name}: {error.reason}", getattr(node, "lineno", 1)) from error
    return _standing(helper, found, node, scope)


def sought(helper: Helper, arguments: Arguments, node: ast.AST, scope: Scope) -> Condition:
    """Whether the object that ``scope`` looks for is in what a function returns."""
    tree = function_of(helper.body)
    if helper.body.name in scope.reading:
        raise unknown(node, "calls itself")
    known = _parameters(tree, _bound(helper, arguments), node, scope)
    inner = replace(scope.of_helper(helper.body, known), sought=scope.sought)
    try:
        return lower(inner)
    except Untranslatable as error:
        raise Untranslatable(f"in {helper.body.name}: {error.reason}", getattr(node, "lineno", 1)) from error


def _bound(helper: Helper, arguments: Arguments) -> dict[str | int, Reference]:
    """What is passed, the object of a method first."""
    if helper.bound is None:
        return dict(arguments)
    places = {place + 1 if isinstance(place, int) else place: value for place, value in arguments.items()}
    return {**places, 0: helper.bound}


def _standing(helper: Helper, found: Reference, node: ast.AST, scope: Scope) -> Reference:
    """A method of what may not be there, or of a user who may be a visitor, raises before its body is read."""
    if not isinstance(found, Judged):
        return found
    if isinstance(helper.bound, Viewer):
        return Judged(choice(ViewerIs("known"), found.condition, FALSE))
    if isinstance(helper.bound, Thing) and helper.bound.through:
        key = scope.models.key(helper.bound.model)
        if key is None:
            raise unknown(node)
        plain = replace(helper.bound, key=None, maybe=False)
        before = tried(Missing(attribute_of(key_column(plain, node, scope), node, scope)), scope.models)
        return Judged(choice(before, found.condition, FALSE))
    return found


def _parameters(
    tree: ast.FunctionDef | ast.Lambda, arguments: Arguments, node: ast.AST, scope: Scope
) -> dict[str, Reference]:
    """What each parameter stands for: what is passed, else its default."""
    spec = tree.args
    if spec.vararg or spec.kwarg:
        raise unknown(node, "is not called with one value a parameter")
    names = [item.arg for item in (*spec.posonlyargs, *spec.args)]
    defaults = dict(zip(reversed(names), reversed(spec.defaults), strict=False))
    defaults |= {item.arg: value for item, value in zip(spec.kwonlyargs, spec.kw_defaults, strict=True) if value}
    known: dict[str, Reference] = {}
    for number, name in enumerate([*names, *(item.arg for item in spec.kwonlyargs)]):
        value = arguments.get(number if number < len(names) else name, arguments.get(name))
        if value is None and name not in defaults:
            raise unknown(node, "is not called with one value a parameter")
        known[name] = value if value is not None else scope.resolve(defaults[name])
    if len(arguments) > len(known):
        raise unknown(node, "is not called with one value a parameter")
    return known


def _value(tree: ast.FunctionDef | ast.Lambda, scope: Scope) -> Reference:
    """What the function returns: a value where its body is names and one ``return``, else a truth value."""
    if isinstance(tree, ast.Lambda):
        return valued(tree.body, scope)
    climbed = lineage(tree, scope, statements)
    if climbed is not None:
        return climbed
    if _calls_itself(tree):
        return Judged(entered(scope))
    plain = _plain_value(tree, scope)
    return plain if plain is not None else Judged(lower(scope))


def _plain_value(tree: ast.FunctionDef, scope: Scope) -> Reference | None:
    for part in tree.body:
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
            continue
        if isinstance(part, ast.Return) and part.value is not None:
            return valued(part.value, scope)
        if not isinstance(part, ast.Assign) or not isinstance(part.targets[0], ast.Name) or len(part.targets) > 1:
            return None
        reference = valued(part.value, scope)
        if raising(reference, part, scope) != TRUE:
            return None
        scope = bound(part.targets[0].id, reference, scope)
    return None


def entered(scope: Scope) -> Condition:
    """When a body answers true that is read from its beginning, whether it calls itself or not."""
    tree = function_of(scope.body)
    if not isinstance(tree, ast.FunctionDef) or not _calls_itself(tree):
        return lower(scope)
    parameter, start = _moving(scope)
    row = scope.above()
    climb = Climb(scope.known, parameter, row)
    inner = scope.inside(parameter, Thing(start.model, (), row))
    inner = replace(inner, climbs={**scope.climbs, scope.body.name: climb})
    body = lower(inner)
    field = _parent(start.model, scope)
    if not _returns_for_none(tree, parameter) and not guarded(body, (row, (field,)), frozenset()):
        raise Untranslatable("it calls itself on the parent that the topmost object does not have", tree.lineno)
    return above(start, field, row, body, True, False, scope, tree)


def _calls_itself(tree: ast.FunctionDef) -> bool:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call) and not inherits(node)]
    if tree.args.args and tree.args.args[0].arg == "self":
        return any(isinstance(call, ast.Attribute) and call.attr == tree.name for call in calls)
    return any(isinstance(call, ast.Name) and call.id == tree.name for call in calls)


def _moving(scope: Scope) -> tuple[str, Thing]:
    """The parameter that stands for an object with a parent."""
    for name, reference in scope.known.items():
        if isinstance(reference, Thing) and _parent(reference.model, scope):
            return name, reference
    raise Untranslatable("it calls itself, and nothing that it is given has a parent")


def _parent(label: str, scope: Scope) -> str:
    """The one foreign key of a model to itself."""
    record = next((item for item in scope.models.records if item.label == label), None)
    fields = record.fields if record else []
    keys = [item.name for item in fields if item.relation and item.relation.kind == "fk" and item.relation.to == label]
    return keys[0] if len(keys) == 1 else ""


def _again(name: str, known: Mapping[str, Reference], node: ast.AST, scope: Scope) -> Reference:
    """The call that asks the same of the parent."""
    climb = scope.climbs.get(name)
    if climb is None:
        raise unknown(node, "calls itself")
    moved = known.get(climb.parameter)
    same = all(known[key] == value for key, value in climb.known.items() if key != climb.parameter)
    if not same or not isinstance(moved, Thing) or moved.root != climb.row:
        raise unknown(node, "calls itself with other values than a parent")
    if moved.through != (_parent(moved.model, scope),):
        raise unknown(node, "calls itself with other values than a parent")
    return Judged(AGAIN)


def _returns_for_none(tree: ast.FunctionDef, parameter: str) -> bool:
    """Whether its first question is whether there is an object at all."""
    body = [part for part in tree.body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
    first = body[0] if body else None
    if not isinstance(first, ast.If) or ast.unparse(first.body[0]) not in ("return False", "return"):
        return False
    asked = first.test
    asked = asked.values[0] if isinstance(asked, ast.BoolOp) and isinstance(asked.op, ast.Or) else asked
    return ast.unparse(asked) in (f"{parameter} is None", f"not {parameter}", f"{parameter} == None")


def guarded(condition: Condition, path: Path, there: frozenset[Path]) -> bool:
    """Whether the parent is only asked where it is known to be there."""
    if condition == AGAIN:
        return path in there
    if isinstance(condition, Every):
        return all(guarded(part, path, there | shown(condition.of[:n])) for n, part in enumerate(condition.of))
    if isinstance(condition, Either):
        return all(guarded(part, path, there | denied(condition.of[:n])) for n, part in enumerate(condition.of))
    if isinstance(condition, Choice):
        then, otherwise = there | shown((condition.test,)), there | denied((condition.test,))
        return guarded(condition.then, path, then) and guarded(condition.otherwise, path, otherwise)
    return True
