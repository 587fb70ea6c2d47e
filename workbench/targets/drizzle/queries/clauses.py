"""The clauses of a SELECT around its list and its sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from workbench.targets.drizzle.queries.conditions import condition
from workbench.targets.drizzle.queries.scalars import Node, opened, scalar
from workbench.targets.drizzle.queries.selection import Selection
from workbench.targets.drizzle.queries.terms import Item, Scope, Untranslatable
from workbench.targets.typescript import Array, Expression, Literal, Name, Object, method

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

Step: TypeAlias = Callable[["Module", Expression, Node, Scope, list[Item]], Expression]
_CONSTANTS = (exp.Parameter, exp.Literal, exp.Boolean, exp.Null)


def start(m: Module, node: exp.Select, chosen: Selection, scope: Scope, items: list[Item]) -> Expression:
    """``db.select(…)``, or one of its DISTINCT forms."""
    arguments = [chosen.code] if chosen.code is not None else []
    distinct = node.args.get("distinct")
    if distinct is None:
        return method(Name("db"), "select", *arguments)
    if distinct.args.get("on") is None:
        return method(Name("db"), "selectDistinct", *arguments)
    on = distinct.args["on"]
    parts = on.expressions if isinstance(on, exp.Tuple) else [opened(on)]
    return method(Name("db"), "selectDistinctOn", Array(tuple(key(m, p, scope, items) for p in parts)), *arguments)


def learn_keys(m: Module, node: exp.Select, scope: Scope) -> None:
    """GROUP BY keys with constants that are no output of their own; DISTINCT wants its ORDER BY among the outputs."""
    group = node.args.get("group")
    scope.matched = bool(group or node.args.get("distinct"))
    if group is None:
        return
    outputs = {m.text(opened(item.unalias())) for item in node.expressions}
    keys = [part for part in group.expressions if part.find(exp.Parameter) and not isinstance(part, exp.Literal)]
    scope.constant_keys = {m.text(opened(part)) for part in keys} - outputs


def key(m: Module, given: Node, scope: Scope, items: list[Item]) -> Expression:
    """A GROUP BY, DISTINCT ON or ORDER BY key: an output by number or name is written again where it is plain."""
    node = opened(given)
    index = ordinal(node, items, scope)
    if index is None and scope.matched and node.find(*_CONSTANTS):
        wanted = m.text(node)
        index = next((i for i, item in enumerate(items) if m.text(opened(item.node)) == wanted), None)
    if index is None:
        return scalar(m, node, scope).code
    if items[index].node.find(*_CONSTANTS, exp.Select) is not None:
        return m.w.helper("position", Literal(index + 1))
    return scalar(m, items[index].node, scope).code


def ordinal(node: Node, items: list[Item], scope: Scope) -> int | None:
    """The index of the output that a key means: by number, or by a name that no source in scope has."""
    if isinstance(node, exp.Literal) and node.is_int:
        return int(node.this) - 1
    if isinstance(node, exp.Column) and not node.table:
        known = any(node.name in source.columns for source in scope.sources.values())
        return None if known else next((i for i, item in enumerate(items) if item.name == node.name), None)
    return None


def _from(m: Module, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
    if not scope.sources:
        return method(code, "from", m.w.constant("oneRow"))
    first, *_ = scope.sources.values()
    code = method(code, "from", first.code)
    for join in node.args.get("joins") or []:
        source = scope.sources[join.this.alias_or_name]
        on = join.args.get("on")
        if on is None:
            code = method(code, "crossJoin", source.code)
            continue
        name = "leftJoin" if join.side == "LEFT" else "innerJoin"
        code = method(code, name, source.code, condition(m, on, scope))
    return code


def _where(m: Module, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
    where = node.args.get("where")
    return code if where is None else method(code, "where", condition(m, where.this, scope))


def _group(m: Module, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
    group = node.args.get("group")
    if group is None:
        return code
    return method(code, "groupBy", *(key(m, part, scope, items) for part in group.expressions))


def _having(m: Module, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
    having = node.args.get("having")
    return code if having is None else method(code, "having", condition(m, having.this, scope))


def _order(m: Module, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
    order = node.args.get("order")
    if order is None:
        return code
    return method(code, "orderBy", *(m.ordered(part, scope, items) for part in order.expressions))


def limit(m: Module, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
    """LIMIT and OFFSET."""
    return m.count(m.count(code, node, "limit"), node, "offset")


def _lock(m: Module, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
    """``.for("update", { of: book, skipLocked: true })``."""
    for lock in node.args.get("locks") or []:
        strength = _STRENGTHS[bool(lock.args.get("update")), bool(lock.args.get("key"))]
        entries: list[tuple[str, Expression]] = []
        tables = [_locked(part, scope) for part in lock.expressions]
        if tables:
            entries.append(("of", tables[0] if len(tables) == 1 else Array(tuple(tables))))
        wait = lock.args.get("wait")
        if wait is not None:
            entries.append(("noWait" if wait is True else "skipLocked", Literal(True)))
        options = [Object(tuple(entries))] if entries else []
        code = method(code, "for", Literal(strength), *options)
    return code


_STRENGTHS = {
    (True, False): "update",
    (True, True): "no key update",
    (False, False): "share",
    (False, True): "key share",
}


def _locked(node: Node, scope: Scope) -> Expression:
    source = scope.sources.get(node.name)
    if source is None or source.table is None:
        raise Untranslatable(node.sql("postgres"), "only a table of this query can be locked")
    return source.code


def only(node: Node, *read: str) -> None:
    """Untranslatable where a statement has a clause that its writer does not read."""
    extra = next((key for key, value in node.args.items() if value and key not in read), None)
    if extra is not None:
        raise Untranslatable(node.sql("postgres")[:80], f"its {extra.strip('_').upper()} clause has no form here")


def inside(node: Node) -> Node:
    """A query without its parentheses: clauses outside of them move in where the inner query has none of its own."""
    while isinstance(node, (exp.Subquery, exp.Paren)):
        outer = [clause for clause in _AROUND if node.args.get(clause) is not None]
        only(node, "this", "alias", *_AROUND)
        if outer and any(node.this.args.get(clause) for clause in _AROUND):
            raise Untranslatable(node.sql("postgres")[:80], "it has clauses on both sides of its parentheses")
        around, node = node, node.this.copy() if outer else node.this
        for clause in outer:
            node.set(clause, around.args[clause].copy())
    return node


_AROUND = ("order", "limit", "offset")


STEPS: tuple[Step, ...] = (_from, _where, _group, _having, _order, limit, _lock)
