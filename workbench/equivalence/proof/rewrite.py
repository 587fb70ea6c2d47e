"""Terms in normal form: duplicate-free DISTINCT opened, rows that a key makes one merged, foreign key joins dropped.

Each rule takes a term and gives an equal relation or None where it does not apply; the order is a tuple.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.equivalence.proof.determined import equalities
from workbench.equivalence.proof.rules import RULES
from workbench.equivalence.proof.rules_sets import one_condition, referred, semi_join
from workbench.equivalence.proof.simplify import simplify, simplify_term
from workbench.equivalence.proof.steps import NOT_NULL
from workbench.equivalence.proof.sums import difference, distribute, flat_extreme, spread, sum_of
from workbench.equivalence.proof.terms import (
    FALSE,
    TRUE,
    Agg,
    App,
    Col,
    Const,
    Distinct,
    Exists,
    Expr,
    Opaque,
    Source,
    TableSource,
    Term,
    Terms,
    boolean,
    fresh_row,
)
from workbench.equivalence.proof.workspace import Workspace, open_distinct, present

LIMIT_ROUNDS = 60  # rewritings of one term; what is left then stays as it is


@dataclass
class Rewriter(Workspace):
    """Normalises terms against a catalog and notes each constraint it used. ``outer`` are rows of enclosing terms."""

    def terms(self, terms: Terms, outer: dict[int, Source] | None = None) -> Terms:
        """The relation in normal form."""
        return tuple(n for t in terms for n in self._term(t, outer or {}))

    def _term(self, term: Term, outer: dict[int, Source]) -> Terms:
        queue, done = [term], []
        for _ in range(LIMIT_ROUNDS):
            if not queue:
                break
            current = simplify_term(self._inside(queue.pop(), outer))
            if current is None:
                continue
            rewritten = self._rewritten(current, outer)
            if rewritten is None:
                done.append(current)
            else:
                queue.extend(reversed(rewritten))
        return (*done, *queue)

    def _rewritten(self, term: Term, outer: dict[int, Source]) -> Terms | None:
        """What the first rule that applies makes of the term."""
        for description, rule in RULES:
            found = rule(self, term, outer)
            if found is not None:
                self.record(description, term, found, outer)
                return found
        return None

    def _inside(self, term: Term, outer: dict[int, Source]) -> Term:
        """Every nested relation in normal form."""
        scope = {**outer, **dict(term.sources)}
        sources = tuple((row, self._source(s, outer)) for row, s in term.sources)
        before, self.given = self.given, (*self.given, *plain_equalities(term.where))
        where = tuple(self.expr(e, scope) for e in term.where)
        outputs = tuple(self.expr(e, scope) for e in term.outputs)
        self.given = before
        return Term(sources, where, outputs)

    def _source(self, source: Source, outer: dict[int, Source]) -> Source:
        if isinstance(source, Distinct):
            return Distinct(one_condition(tuple(self._referred_to(t) for t in self._set(source.body, outer))))
        if isinstance(source, Opaque):
            return Opaque(source.what, tuple(self.terms(b, outer) for b in source.bodies))
        return source

    def _set(self, terms: Terms, outer: dict[int, Source]) -> Terms:
        """A relation of which only the set of outputs counts: one term for each way to reach them."""
        return one_condition(tuple(self._semi_join(t, outer) for t in self.set_terms(terms, outer)))

    def _semi_join(self, term: Term, outer: dict[int, Source]) -> Term:
        made = semi_join(self.catalog, term)
        if made is not term:
            self.record("a set only asks whether rows match that it does not show", term, (made,), outer)
        return made

    def _referred_to(self, body: Term) -> Term:
        """Of a set: the values of a foreign key that is never NULL are the keys of the rows it refers to."""
        found = referred(self, body)
        if found is None:
            return body
        target, keys = found
        row = fresh_row()
        outputs = tuple(Col(row, key, o.kind) for key, o in zip(keys, body.outputs, strict=True))
        equal = tuple(boolean("eq", a, b) for a, b in zip(body.outputs, outputs, strict=True))
        exists = Exists((replace(body, where=(*body.where, *equal), outputs=()),))
        made = Term(((row, TableSource(target)),), (exists,), outputs)
        self.record("different foreign keys are the keys of the rows they refer to", body, (made,), {})
        return made

    def set_terms(self, terms: Terms, outer: dict[int, Source]) -> Terms:
        """A relation of which only the set of rows counts: nested DISTINCT is opened, foreign EXISTS stays."""
        opened = tuple(o for t in terms for o in open_distinct(t))
        return tuple(o for t in self.terms(opened, outer) for o in open_distinct(t))

    def expr(self, expr: Expr, outer: dict[int, Source]) -> Expr:
        """The expression with its nested relations in normal form, sums spread over their terms."""
        if isinstance(expr, App) and expr.op == "isnull" and present(self, expr.args[0], outer):
            self.record(NOT_NULL, expr, FALSE, outer)
            return FALSE
        if isinstance(expr, App):
            return simplify(difference(distribute(replace(expr, args=tuple(self.expr(a, outer) for a in expr.args)))))
        if isinstance(expr, Exists):
            return simplify(Exists(tuple(replace(t, outputs=()) for t in self.set_terms(expr.body, outer))))
        if isinstance(expr, Agg):
            return self._aggregate(expr, outer)
        return expr

    def _aggregate(self, expr: Agg, outer: dict[int, Source]) -> Expr:
        if expr.op == "sum":
            return self._sum(expr, outer)
        if expr.op in ("min", "max"):
            return replace(expr, body=self._set(flat_extreme(expr), outer))
        body = self.terms(expr.body, outer)
        if expr.op == "single" and len(body) == 1 and not body[0].sources:
            where, value = boolean("and", TRUE, *body[0].where), body[0].outputs[0]
            return simplify(App("case", (where, value, Const(None, value.kind)), value.kind))
        return replace(expr, body=body)

    def _sum(self, expr: Agg, outer: dict[int, Source]) -> Expr:
        """A sum as an addition of sums of one term each, inner sums joined into the outer one."""
        parts: list[Expr] = []
        queue = list(self.terms(expr.body, outer))
        while queue:
            term = queue.pop(0)
            apart = spread(term)
            if apart is not None:
                queue = [*self.terms(apart, outer), *queue]
            elif term.outputs[0] not in (Const(0, expr.kind), Const(0, "int")):
                parts.append(sum_of(term, expr.kind))
        total: Expr = parts[0] if parts else Const(0, expr.kind)
        for part in parts[1:]:
            total = App("add", (total, part), expr.kind)
        return simplify(total)


def plain_equalities(where: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The conjuncts that equate columns and constants: they hold of every nested relation that the term reads."""
    return tuple(w for w in where for a, b, _ in equalities([w]) if all(isinstance(e, Col | Const) for e in (a, b)))
