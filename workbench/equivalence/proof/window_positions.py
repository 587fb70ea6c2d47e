"""Window functions that read the row at a place: LAG, LEAD, FIRST_VALUE, LAST_VALUE, where no two rows tie."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from workbench.equivalence.proof.bags import total
from workbench.equivalence.proof.branches import cases, one_kind
from workbench.equivalence.proof.context import Scope
from workbench.equivalence.proof.lowering_scalar import lower
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import Agg, Const, Exists, Expr, Term, Terms, Unsupported, boolean, negate
from workbench.equivalence.proof.window import Reach, Window, sorts_before


def neighbour(window: Window, call: exp.Lag | exp.Lead, scope: Scope) -> Expr:
    """LAG and LEAD: the value of the row so many places before or after, else the default."""
    window.require_total("lag() or lead()")
    offset = call.args.get("offset")
    places = int(offset.name) if isinstance(offset, exp.Literal) and offset.is_int else 1 if offset is None else 0
    if places < 1:
        raise Unsupported("lag() or lead() by an offset that is no number")
    back = isinstance(call, exp.Lag)
    reach = window.earlier if back else window.later
    found = _with_so_many_between(window, call.this, reach, places - 1, nearer_last=back)
    default = call.args.get("default")
    other = lower(window.ctx, default, scope) if default is not None else Const(None, "null")
    one_kind(window.ctx, [other, *(term.outputs[0] for term in found)])
    return _value(found, other)


def end_of_partition(window: Window, argument: exp.Expr, first: bool) -> Expr:
    """The value of the row of the partition that no other comes before, or after."""
    window.require_total("first_value() or last_value()")
    return _value(_with_so_many_between(window, argument, None, 0, nearer_last=not first), Const(None, "null"))


def _with_so_many_between(
    window: Window, argument: exp.Expr, reach: Reach | None, number: int, nearer_last: bool
) -> Terms:
    """The rows within reach beyond which, on the current row's side or the end's, are so many others."""
    width = len(window.order)
    found = []
    for term in window.rows([*window.order, argument], None, reach):
        keys = list(term.outputs[:width])
        others = tuple(
            _beyond(other, keys, window.directions, nearer_last)
            for other in freshen(window.rows(window.order, None, reach))
        )
        condition = negate(Exists(others)) if number == 0 else boolean("eq", total(others), Const(number, "int"))
        found.append(replace(term, where=(*term.where, condition), outputs=term.outputs[width:]))
    return tuple(found)


def _beyond(other: Term, keys: list[Expr], directions: list[tuple[bool, bool]], after: bool) -> Term:
    theirs = list(other.outputs)
    order = sorts_before(keys, theirs, directions) if after else sorts_before(theirs, keys, directions)
    return replace(other, where=(*other.where, order), outputs=())


def _value(terms: Terms, default: Expr) -> Expr:
    kind = next((t.outputs[0].kind for t in terms if t.outputs[0].kind != "null"), "null")
    some = Exists(tuple(replace(t, outputs=()) for t in freshen(terms)))
    return cases([some, Agg("single", terms, kind), default])
