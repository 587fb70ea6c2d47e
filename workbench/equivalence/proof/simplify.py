"""Expressions made smaller without a database: constants folded, conditions read where only their truth counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from workbench.equivalence.proof.terms import (
    FALSE,
    TRUE,
    Agg,
    App,
    Const,
    Distinct,
    Exists,
    Expr,
    Opaque,
    Source,
    Term,
    Terms,
    boolean,
    negate,
)

_STRICT = frozenset({"add", "sub", "mul", "eq", "lt", "le"})
_NEVER_NULL = frozenset({"isnull", "istrue", "same"})


def simplify(expr: Expr) -> Expr:
    """An expression of the same value, NULL included, on every database."""
    if isinstance(expr, App):
        args = tuple(simplify(a) for a in expr.args)
        return _RULES.get(expr.op, _keep)(replace(expr, args=args))
    if isinstance(expr, Exists):
        body = simplify_terms(expr.body)
        if not body:
            return FALSE
        bare = [boolean("and", TRUE, *t.where) for t in body if not t.sources]
        found = tuple(t for t in body if t.sources)
        parts = [_junction(b) for b in bare] + ([Exists(found)] if found else [])
        # a condition that is NULL finds no row: EXISTS over no source is whether its conditions are true
        return _junction(boolean("or", *(_istrue(_app("istrue", p)) for p in parts)))
    if isinstance(expr, Agg):
        return _aggregate(replace(expr, body=simplify_terms(expr.body)))
    return expr


def _aggregate(expr: Agg) -> Expr:
    """The sum of no rows is 0; any other aggregate of no rows is guarded and never read."""
    return Const(0, expr.kind) if expr.op == "sum" and not expr.body else expr


def simplify_terms(terms: Terms) -> Terms:
    """Terms with conditions in truth form; those that can never hold are dropped."""
    return tuple(t for term in terms if (t := simplify_term(term)) is not None)


def simplify_term(term: Term) -> Term | None:
    """The term with its conjuncts flattened, or None where one of them is never true."""
    where = list(dict.fromkeys(c for e in term.where for c in conjuncts(truth(simplify(e)))))
    if FALSE in where:
        return None
    sources = tuple((row, _source(s)) for row, s in term.sources)
    if any(isinstance(s, Distinct) and not s.body for _, s in sources):
        return None
    return Term(sources, tuple(w for w in where if w != TRUE), tuple(simplify(o) for o in term.outputs))


def _source(source: Source) -> Source:
    if isinstance(source, Distinct):
        return Distinct(simplify_terms(source.body))
    if isinstance(source, Opaque):
        return Opaque(source.what, tuple(simplify_terms(b) for b in source.bodies))
    return source


def conjuncts(expr: Expr) -> Iterable[Expr]:
    """The parts of a conjunction that have to be true each."""
    if isinstance(expr, App) and expr.op == "and":
        for arg in expr.args:
            yield from conjuncts(arg)
    else:
        yield expr


def never_null(expr: Expr) -> bool:
    """Whether the expression's own form rules NULL out."""
    if isinstance(expr, Const):
        return expr.value is not None
    if isinstance(expr, Exists):
        return True
    if isinstance(expr, App):
        if expr.op == "case":
            return all(never_null(v) for v in (*expr.args[1::2], expr.args[-1]))
        return expr.op in _NEVER_NULL or (
            expr.op in ("and", "or", "not", *_STRICT) and all(never_null(a) for a in expr.args)
        )
    return isinstance(expr, Agg) and expr.op in ("sum", "min", "max")  # the last two are guarded against no rows


def truth(expr: Expr) -> Expr:
    """An expression that is true exactly where this one is (where a condition stands, NULL is as false)."""
    if isinstance(expr, Const):
        return TRUE if expr.value is True else FALSE
    if not isinstance(expr, App):
        return expr
    if expr.op in ("and", "or"):
        return _junction(boolean(expr.op, *(truth(a) for a in expr.args)))
    if expr.op == "not":
        return falsity(expr.args[0])
    if expr.op == "istrue":
        return truth(expr.args[0])
    if expr.op == "eq" and expr.args[0] == expr.args[1]:
        return _not(_app("not", _isnull(_app("isnull", expr.args[0]))))
    if expr.op == "case" and _decided(expr):
        return _branches(expr, truth)
    return expr


def falsity(expr: Expr) -> Expr:
    """An expression that is true exactly where this one is false (not where it is NULL)."""
    if isinstance(expr, Const):
        return TRUE if expr.value is False else FALSE
    if not isinstance(expr, App):
        return negate(expr)
    if expr.op in ("and", "or"):
        return _junction(boolean("or" if expr.op == "and" else "and", *(falsity(a) for a in expr.args)))
    if expr.op == "not":
        return truth(expr.args[0])
    if expr.op == "istrue":
        return not_true(expr.args[0])
    if expr.op in ("lt", "le"):
        return boolean("le" if expr.op == "lt" else "lt", expr.args[1], expr.args[0])
    if expr.op == "case" and _decided(expr):
        return _branches(expr, falsity)
    return negate(expr)


def not_true(expr: Expr) -> Expr:
    """True where the expression is false or NULL."""
    if never_null(expr):
        return falsity(expr)
    if isinstance(expr, App) and expr.op in ("and", "or"):
        return _junction(boolean("or" if expr.op == "and" else "and", *(not_true(a) for a in expr.args)))
    if isinstance(expr, App) and expr.op == "istrue":
        return not_true(expr.args[0])
    return negate(boolean("istrue", expr))


def _decided(expr: App) -> bool:
    return any(isinstance(v, Const) for v in (*expr.args[1::2], expr.args[-1]))


def _branches(expr: App, reading: Callable[[Expr], Expr]) -> Expr:
    """A CASE of truth values as a disjunction of its branches, each under the failure of those before it."""
    found: list[Expr] = []
    failed: list[Expr] = []
    for condition, value in zip(expr.args[0:-1:2], expr.args[1::2], strict=False):
        found.append(boolean("and", *failed, truth(condition), reading(value)))
        failed.append(not_true(condition))
    found.append(boolean("and", *failed, reading(expr.args[-1])))
    return _junction(boolean("or", *(_junction(f) for f in found)))


def _app(op: str, *args: Expr) -> App:
    return App(op, args, "bool")


def _keep(expr: App) -> Expr:
    return expr


def _junction(expr: Expr) -> Expr:
    """AND and OR flattened, neutral parts dropped, the deciding constant kept alone."""
    if not isinstance(expr, App) or expr.op not in ("and", "or"):
        return expr
    neutral, deciding = (TRUE, FALSE) if expr.op == "and" else (FALSE, TRUE)
    parts: dict[Expr, None] = {}
    for arg in expr.args:
        inner = arg.args if isinstance(arg, App) and arg.op == expr.op else (arg,)
        parts |= dict.fromkeys(p for p in inner if p != neutral)
    if deciding in parts:
        return deciding
    return next(iter(parts)) if len(parts) == 1 else boolean(expr.op, *parts) if parts else neutral


def _not(expr: App) -> Expr:
    inner = expr.args[0]
    if isinstance(inner, Const):
        return Const(None if inner.value is None else not inner.value, "bool")
    return inner.args[0] if isinstance(inner, App) and inner.op == "not" else expr


def _isnull(expr: App) -> Expr:
    """NULL-ness of strict operators is that of their arguments, of a CASE that of its branches."""
    inner = expr.args[0]
    if isinstance(inner, Const):
        return TRUE if inner.value is None else FALSE
    if never_null(inner):
        return FALSE
    if isinstance(inner, App) and inner.op == "not":
        return _isnull(_app("isnull", inner.args[0]))
    if isinstance(inner, App) and inner.op in _STRICT:
        return _junction(boolean("or", *(_isnull(_app("isnull", a)) for a in inner.args)))
    if isinstance(inner, App) and inner.op == "case":
        values = [_isnull(_app("isnull", v)) for v in (*inner.args[1::2], inner.args[-1])]
        mixed = [p for pair in zip(inner.args[0:-1:2], values, strict=False) for p in pair]
        return truth(_case(App("case", (*mixed, values[-1]), "bool")))
    return expr


def _istrue(expr: App) -> Expr:
    inner = truth(expr.args[0])
    return inner if never_null(inner) else boolean("istrue", inner)


def _case(expr: App) -> Expr:
    """Branches that cannot be taken are dropped; a branch that always is ends the list."""
    parts: list[Expr] = []
    default = expr.args[-1]
    for condition, value in zip(expr.args[0:-1:2], expr.args[1::2], strict=False):
        condition = truth(condition)
        if condition == TRUE:
            default = value
            break
        if condition != FALSE:
            parts += [condition, value]
    while parts and parts[-1] == default:
        parts = parts[:-2]
    return App("case", (*parts, default), expr.kind) if parts else default


def _arithmetic(expr: App) -> Expr:
    """Constant integers are computed; NULL makes NULL; adding 0 and multiplying by 1 do nothing."""
    left, right = expr.args
    for arg in expr.args:
        if isinstance(arg, Const) and arg.value is None:
            return Const(None, expr.kind)
    if _integers(left, right):
        a, b = int(left.value), int(right.value)  # type: ignore[union-attr, arg-type]
        return Const({"add": a + b, "sub": a - b, "mul": a * b}[expr.op], expr.kind)
    neutral = 1 if expr.op == "mul" else 0
    for one, other in ((left, right), (right, left)) if expr.op != "sub" else ((left, right),):
        if isinstance(other, Const) and other.kind == one.kind == expr.kind and other.value == neutral:
            return one
    return expr


def _integers(left: Expr, right: Expr) -> bool:
    """Whether both are known integers; a text that PostgreSQL would refuse as one is not."""
    return all(isinstance(e, Const) and e.kind == "int" and isinstance(e.value, int) for e in (left, right))


def _comparison(expr: App) -> Expr:
    """Comparison with NULL is NULL; constant integers are compared; a value is the same as itself."""
    left, right = expr.args
    if expr.op == "same":
        if left == right:
            return TRUE
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Const) and one.value is None:
                return _isnull(_app("isnull", other))
    elif any(isinstance(a, Const) and a.value is None for a in expr.args):
        return Const(None, "bool")
    if _integers(left, right):
        a, b = int(left.value), int(right.value)  # type: ignore[union-attr, arg-type]
        return Const({"eq": a == b, "same": a == b, "lt": a < b, "le": a <= b}[expr.op], "bool")
    return expr


_RULES = {
    "and": _junction,
    "or": _junction,
    "not": _not,
    "isnull": _isnull,
    "istrue": _istrue,
    "case": _case,
    "add": _arithmetic,
    "sub": _arithmetic,
    "mul": _arithmetic,
    "eq": _comparison,
    "same": _comparison,
    "lt": _comparison,
    "le": _comparison,
}
