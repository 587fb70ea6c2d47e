"""The text of a query in which names, the order of independent parts and the side of a comparison say nothing.

Outputs are positions, sources are numbered by depth and place, conjunctions, disjunctions, equalities, sets of
inner-joined tables and operands of UNION are sorted. Two queries with one such text mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from workbench.equivalence.normal_form.facts import conjuncts, source_alias
from workbench.equivalence.normal_form.source_orders import orders
from workbench.equivalence.normal_form.sources import (
    Environment,
    Source,
    Unresolved,
    has_modifiers,
    output_names,
    split_sources,
)

_FLIPPED = {"GT": "LT", "GTE": "LTE"}
_SYMMETRIC = frozenset({"EQ", "NEQ", "NullSafeEQ", "NullSafeNEQ", "Mul", "Add"})
_IGNORED = frozenset({"comments", "quoted", "copy", "big_int"})


def canonical_text(tree: exp.Query) -> str:
    """The canonical text of a query whose aliases are unique."""
    return _query(tree, {}, 0)


def _query(node: exp.Expr, env: Environment, depth: int) -> str:
    while isinstance(node, (exp.Subquery, exp.Paren)) and not has_modifiers(node):
        node = node.this
    prefix, env = _ctes(node, env, depth)
    if isinstance(node, exp.Select):
        return prefix + _select(node, env, depth)
    if isinstance(node, exp.SetOperation):
        return prefix + _set_operation(node, env, depth)
    return prefix + _generic(node, env, depth)


def _ctes(node: exp.Expr, env: Environment, depth: int) -> tuple[str, Environment]:
    with_ = node.args.get("with_")
    if not with_:
        return "", env
    env, parts = dict(env), []
    for index, cte in enumerate(with_.expressions):
        names = tuple(c.name for c in cte.args["alias"].columns) or tuple(cte.this.named_selects)
        env["cte " + cte.alias] = Source(f"c{depth}.{index}", names)
        parts.append(f"{_query(cte.this, env, depth + 1)}{cte.args.get('materialized')}")
    return f"WITH{bool(with_.args.get('recursive'))}[{';'.join(parts)}]", env


def _set_operation(node: exp.SetOperation, env: Environment, depth: int) -> str:
    kind, distinct = type(node).__name__, bool(node.args.get("distinct"))
    operands = [_query(part, env, depth) for part in _operands(node, distinct)]
    if kind != "Except":
        operands.sort()
    if distinct and kind != "Except":
        operands = list(dict.fromkeys(operands))
    names = tuple(node.named_selects)
    env = {**env, "": Source("out", names)}
    tail = "".join(f" {part}={_text(node.args[part], env, depth)}" for part in _TAIL if node.args.get(part))
    return f"{kind}{distinct}({'|'.join(operands)}){tail}"


def _operands(node: exp.SetOperation, distinct: bool) -> Iterator[exp.Expr]:
    for part in (node.left, node.right):
        inner = part.unnest() if isinstance(part, exp.Subquery) and not has_modifiers(part) else part
        flat = type(inner) is type(node) and not isinstance(node, exp.Except) and not has_modifiers(inner)
        if flat and isinstance(inner, exp.SetOperation) and bool(inner.args.get("distinct")) == distinct:
            yield from _operands(inner, distinct)
        else:
            yield inner


_TAIL = ("order", "limit", "offset", "fetch", "locks")
_CLAUSES = ("group", "having", "windows", "qualify", *_TAIL)
_SELECT_KNOWN = {"with_", "expressions", "from_", "joins", "where", "laterals", "distinct", *_CLAUSES}


def _select(node: exp.Select, env: Environment, depth: int) -> str:
    inner, padded, fixed = split_sources(node)
    others = {k: v for k, v in node.args.items() if v and k not in _SELECT_KNOWN and k not in _IGNORED}
    rest = "".join(f" {name}={_text(value, env, depth)}" for name, value in sorted(others.items()))
    if fixed:
        return _numbered(node, [*inner, *padded], env, depth, True) + rest
    tried = orders(node, inner, padded, lambda source: _source_text(source, env, depth))
    return min(_numbered(node, order, env, depth, False) for order in tried) + rest


def _source_text(source: exp.Expr, env: Environment, depth: int) -> str:
    if isinstance(source, exp.Table) and isinstance(source.this, exp.Identifier):
        cte = env.get("cte " + source.name) if source.meta.get("cte") else None
        extra = "".join(f" {k}={_text(v, env, depth)}" for k, v in source.args.items() if v and k not in _TABLE_KNOWN)
        return (cte.number if cte else f'"{source.name}"') + extra
    if isinstance(source, exp.Subquery):
        return f"({_query(source.this, env, depth + 1)})"
    copy = source.copy()
    copy.set("alias", None)
    return _text(copy, env, depth)


_TABLE_KNOWN = {"this", "alias", "db", "catalog"}


def _numbered(node: exp.Select, order: list[exp.Expr], env: Environment, depth: int, fixed: bool) -> str:
    """The SELECT's text with its sources numbered in this order."""
    env = {name: source for name, source in env.items() if name}
    outer, parts = dict(env), []
    for index, item in enumerate(order):
        source = item.this if isinstance(item, exp.Join) else item
        env[source_alias(source)] = Source(f"{depth}.{index}", output_names(source, env))
    for item in order:
        parts.append(_from_part(item, env if fixed else outer, env, depth))
    outputs = [_text(part.unalias(), env, depth) for part in node.expressions]
    env[""] = Source("out", tuple(node.named_selects))
    local = {**env, "select": Source("\0".join(outputs))}
    text = f"SELECT{_distinct(node, env, depth)} {','.join(outputs)} FROM {','.join(parts)}"
    where = sorted(dict.fromkeys(_text(part, env, depth) for part in conjuncts(_condition(node, "where"))))
    text += f" WHERE {' & '.join(where)}" if where else ""
    return text + "".join(f" {c}={_clause(c, node.args[c], local, depth)}" for c in _CLAUSES if node.args.get(c))


def _from_part(item: exp.Expr, source_env: Environment, env: Environment, depth: int) -> str:
    if not isinstance(item, exp.Join):
        return _source_text(item, source_env, depth)
    on = sorted(dict.fromkeys(_text(part, env, depth) for part in conjuncts(item.args.get("on"))))
    words = " ".join(str(item.args.get(part) or "") for part in ("method", "side", "kind"))
    return f"{words} {_source_text(item.this, source_env, depth)} ON {' & '.join(on)} {item.args.get('using') or ''}"


def _condition(node: exp.Expr, clause: str) -> exp.Expr | None:
    part = node.args.get(clause)
    return part.this if part else None


def _distinct(node: exp.Select, env: Environment, depth: int) -> str:
    distinct = node.args.get("distinct")
    if not distinct:
        return ""
    on = distinct.args.get("on")
    return f" DISTINCT {_text(on, env, depth)}" if on else " DISTINCT"


def _clause(name: str, part: Any, env: Environment, depth: int) -> str:
    if name == "group" and {k for k, v in part.args.items() if v} == {"expressions"}:
        return ",".join(sorted(dict.fromkeys(_text(e, env, depth) for e in part.expressions)))
    if name == "having":
        return " & ".join(sorted(dict.fromkeys(_text(p, env, depth) for p in conjuncts(part.this))))
    if name == "order":
        return ",".join(dict.fromkeys(_text(e, env, depth) for e in part.expressions))
    return _text(part, env, depth)


def _text(node: Any, env: Environment, depth: int) -> str:
    if isinstance(node, list):
        return "[" + ",".join(_text(item, env, depth) for item in node) + "]"
    if not isinstance(node, exp.Expr):
        return repr(node)
    if isinstance(node, exp.Paren):
        return _text(node.this, env, depth)
    if isinstance(node, exp.Column):
        return _column(node, env)
    if isinstance(node, (exp.And, exp.Or)):
        parts = sorted(dict.fromkeys(_text(part, env, depth) for part in _flat(node, type(node))))
        return f"{type(node).__name__}({','.join(parts)})" if len(parts) > 1 else parts[0]
    if isinstance(node, (exp.Select, exp.SetOperation, exp.Subquery)):
        return f"({_query(node, env, depth + 1)})"
    if isinstance(node, exp.Literal):
        return repr(node.name) if node.is_string else node.name
    return _generic(node, env, depth)


def _flat(node: exp.Expr, kind: type[exp.Expr]) -> Iterator[exp.Expr]:
    while isinstance(node, exp.Paren):
        node = node.this
    if isinstance(node, kind) and isinstance(node, exp.Binary):
        yield from _flat(node.this, kind)
        yield from _flat(node.expression, kind)
    else:
        yield node


def _column(node: exp.Column, env: Environment) -> str:
    source = env.get(node.table)
    if node.table == "" and source is not None and node.name in (source.outputs or ()):
        position = (source.outputs or ()).index(node.name)
        listed = env.get("select")
        return listed.number.split("\0")[position] if listed else f"out#{position}"
    if source is None:
        raise Unresolved(node.sql())
    if source.outputs is not None and source.outputs.count(node.name) == 1:
        return f"{source.number}#{source.outputs.index(node.name)}"
    return f'{source.number}."{node.name}"'


def _generic(node: exp.Expr, env: Environment, depth: int) -> str:
    name = type(node).__name__
    args = {k: v for k, v in node.args.items() if v is not None and v is not False and v != [] and k not in _IGNORED}
    if isinstance(node, exp.Binary) and set(args) == {"this", "expression"}:
        left, right = _text(node.this, env, depth), _text(node.expression, env, depth)
        if name in _FLIPPED:
            name, left, right = _FLIPPED[name], right, left
        elif name in _SYMMETRIC and not isinstance(node.expression, (exp.Any, exp.All)) and right < left:
            left, right = right, left
        return f"{name}({left},{right})"
    inner = ",".join(f"{key}={_text(value, env, depth)}" for key, value in sorted(args.items()))
    return f"{name}({inner})"


__all__ = ["Unresolved", "canonical_text"]
