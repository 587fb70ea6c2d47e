"""Aggregate functions as values of a bag: COUNT and SUM are sums, MIN and MAX values of a set, the rest unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from workbench.equivalence.negation import is_row
from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.arithmetic import NO_NAN
from workbench.equivalence.proof.bags import guarded, present, total, unique_rows
from workbench.equivalence.proof.context import ONE_ROW, Context
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    Agg,
    App,
    Const,
    Exists,
    Expr,
    Terms,
    Unsupported,
    negate,
)
from workbench.equivalence.walking import find_all

Rows = Callable[[list[exp.Expr], exp.Expr | None], Terms]

# Functions of a bag whose order does not matter; anything else that aggregates is declined.
_OF_A_BAG = frozenset(
    ["stddev", "stddevpop", "stddevsamp", "variance", "variancepop", "bitwiseandagg", "bitwiseoragg", "bitwisexoragg"]
)
_SINGLE = "single_value"


def is_aggregate(node: exp.Expr) -> bool:
    """Whether the node aggregates rows (COUNT …), also those sqlglot has no class for."""
    return isinstance(node, exp.AggFunc) or (isinstance(node, exp.Anonymous) and node.name.lower() == _SINGLE)


def aggregate(ctx: Context, node: exp.Expr, rows: Rows) -> Expr:
    """The value of an aggregate call over the rows of a group."""
    where = None
    if isinstance(node, exp.Filter):
        where, node = node.expression.this, node.this
    if isinstance(node, exp.Count):
        return _count(node, where, rows)
    if isinstance(node, exp.Anonymous):
        return _single(ctx, rows(node.expressions, where))
    rule = _RULES.get(type(node))
    unique = isinstance(node.this, exp.Distinct)
    args = list(node.this.expressions) if unique else [node.this]
    if rule is None:
        return _unknown(node, args, unique, rows, where)
    if isinstance(node.this, exp.Order) or len(args) != 1 or [v for k, v in node.args.items() if k != "this" and v]:
        raise Unsupported(f"{node.key} with options")
    terms = present(rows(args, where))
    return rule(ctx, unique_rows(terms) if unique and rule in (_sum, _avg) else terms)


def _count(node: exp.Count, where: exp.Expr | None, rows: Rows) -> Expr:
    """COUNT(*) counts rows, COUNT(x …) those with no NULL among them, COUNT(DISTINCT …) the different ones."""
    argument = node.this
    if [k for k, v in node.args.items() if v and k not in ("this", "expressions", "big_int")]:
        raise Unsupported("COUNT with options")
    if argument is None or isinstance(argument, exp.Star):
        return total(tuple(replace(t, outputs=()) for t in rows([], where)))
    if any(is_row(part) for part in find_all(argument, exp.Tuple, exp.Anonymous)):
        raise Unsupported("COUNT of a row, which is counted even where its values are NULL")
    unique = isinstance(argument, exp.Distinct)
    args = argument.expressions if unique else [argument]
    terms = present(rows([*args, *node.expressions], where))
    return total(unique_rows(terms) if unique else terms)


def _kind(terms: Terms) -> str:
    return kinds.joined([t.outputs[0].kind for t in terms]) if terms else "null"


def _sum(ctx: Context, terms: Terms) -> Expr:
    """SUM of exact numbers is a sum; of anything else an unknown function of the bag."""
    kind = _kind(terms)
    if kind == "null":
        return Const(None, "int")
    if not kinds.is_exact_number(kind):
        return _of_bag(ctx, "sum", terms, kind)
    if kind != "int":
        ctx.assume(NO_NAN)
    return guarded(terms, Agg("sum", terms, kind))


def _avg(ctx: Context, terms: Terms) -> Expr:
    """AVG of exact numbers is a function of sum and count; of anything else an unknown function of the bag."""
    kind = _kind(terms)
    if kind == "null":
        return Const(None, "numeric")
    result = "float" if ctx.dialect == "sqlite" else "numeric"
    if not kinds.is_exact_number(kind):
        return _of_bag(ctx, "avg", terms, kind)
    return guarded(terms, App(f"fn average {kind}", (Agg("sum", terms, kind), total(freshen(terms))), result))


def _of_bag(ctx: Context, name: str, terms: Terms, kind: str) -> Expr:
    if kind == "float":
        ctx.assume("floating point sums do not depend on the order of rows")
    return guarded(terms, Agg(f"bag {name}", terms, kind))


def extreme(op: str) -> Callable[[Context, Terms], Expr]:
    """MIN and MAX: values of the set of outputs; of the bag where equal values may differ."""

    def rule(ctx: Context, terms: Terms) -> Expr:
        kind = _kind(terms)
        return guarded(terms, Agg(op if kinds.is_identity(kind) else f"bag {op}", terms, kind))

    return rule


def _bool_or(ctx: Context, terms: Terms) -> Expr:
    """NULL on no value, else whether some value is true."""
    return guarded(terms, Exists(tuple(replace(t, where=(*t.where, t.outputs[0]), outputs=()) for t in terms)))


def _bool_and(ctx: Context, terms: Terms) -> Expr:
    """NULL on no value, else whether no value is false."""
    return guarded(
        terms, negate(Exists(tuple(replace(t, where=(*t.where, negate(t.outputs[0])), outputs=()) for t in terms)))
    )


def _single(ctx: Context, terms: Terms) -> Expr:
    """Calcite's SINGLE_VALUE: the one value, NULL on none, an error on more."""
    ctx.assume(ONE_ROW)
    return guarded(terms, Agg("single", terms, _kind(terms)))


def _unknown(node: exp.Expr, args: list[exp.Expr], unique: bool, rows: Rows, where: exp.Expr | None) -> Expr:
    """A function of the bag of its arguments, known by name only; those that depend on row order are declined."""
    if type(node).__name__.lower() not in _OF_A_BAG:
        raise Unsupported(f"the aggregate {node.key}")
    terms = rows(args, where)
    return Agg(f"bag {type(node).__name__}", unique_rows(present(terms)) if unique else terms, "numeric")


_RULES: dict[type[exp.Expr], Callable[[Context, Terms], Expr]] = {
    exp.Sum: _sum,
    exp.Avg: _avg,
    exp.Min: extreme("min"),
    exp.Max: extreme("max"),
    exp.LogicalOr: _bool_or,
    exp.LogicalAnd: _bool_and,
}
