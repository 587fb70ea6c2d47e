"""Terms in normal form: duplicate-free DISTINCT opened, rows that a key makes one merged, foreign key joins dropped.

Each rule takes a term and gives an equal relation or None where it does not apply; the order is a tuple.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from workbench.catalog.table import Catalog
from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.checks import checks_of
from workbench.equivalence.proof.determined import closure, determines, equalities, keys_of, strict_keys
from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.simplify import conjuncts, never_null, simplify, simplify_term, simplify_terms
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
    freshen,
    negate,
    rebuild,
    rename_rows,
    rows_in,
    same,
    substitute,
    walk,
    walk_term,
)  # fmt: skip
from workbench.verdict import Step

LIMIT_ROUNDS = 60


@dataclass
class Rewriter:
    """Normalises terms against a catalog and notes each constraint it used. ``outer`` are rows of enclosing terms."""

    catalog: Catalog
    given: tuple[Expr, ...] = ()  # equalities that hold wherever the relation at hand is read
    singles: bool = False  # read rows that others determine as scalar subqueries
    steps: list[Step] = field(default_factory=list)

    def note(self, rule: str, before: str, after: str, *using: str) -> None:
        """One step of the proof, told once."""
        step = Step(rule, before, after, using)
        if step not in self.steps:
            self.steps.append(step)

    def kind(self, table: str, column: str) -> str:
        """The kind of a table's column."""
        return checks_of(self.catalog).kinds[table, column]

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
            rewritten = next((r for rule in RULES if (r := rule(self, current, outer)) is not None), None)
            if rewritten is None:
                done.append(current)
            else:
                queue.extend(reversed(rewritten))
        return (*done, *queue)

    def _inside(self, term: Term, outer: dict[int, Source]) -> Term:
        """Every nested relation in normal form."""
        scope = {**outer, **dict(term.sources)}
        sources = tuple((row, self._source(s, outer)) for row, s in term.sources)
        before, self.given = self.given, (*self.given, *_plain_equalities(term.where))
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
        return one_condition(tuple(semi_join(self.catalog, t) for t in self.set_terms(terms, outer)))

    def _referred_to(self, body: Term) -> Term:
        """Of a set: the values of a foreign key that is never NULL are the keys of the rows it refers to."""
        found = _referred(self, body)
        if found is None:
            return body
        target, keys = found
        row = fresh_row()
        outputs = tuple(Col(row, key, o.kind) for key, o in zip(keys, body.outputs, strict=True))
        equal = tuple(boolean("eq", a, b) for a, b in zip(body.outputs, outputs, strict=True))
        self.note("distinct foreign keys are the rows they refer to", "DISTINCT", target, f"FOREIGN KEY … REFERENCES {target}")
        exists = Exists((replace(body, where=(*body.where, *equal), outputs=()),))
        return Term(((row, TableSource(target)),), (exists,), outputs)

    def set_terms(self, terms: Terms, outer: dict[int, Source]) -> Terms:
        """A relation of which only the set of rows counts: nested DISTINCT is opened, foreign EXISTS stays."""
        opened = tuple(o for t in terms for o in open_distinct(t))
        return tuple(o for t in self.terms(opened, outer) for o in open_distinct(t))

    def expr(self, expr: Expr, outer: dict[int, Source]) -> Expr:
        """The expression with its nested relations in normal form, sums spread over their terms."""
        if isinstance(expr, App) and expr.op == "isnull" and _never_null(self, expr.args[0], outer):
            return FALSE
        if isinstance(expr, App):
            return simplify(_distribute(replace(expr, args=tuple(self.expr(a, outer) for a in expr.args))))
        if isinstance(expr, Exists):
            return simplify(Exists(tuple(replace(t, outputs=()) for t in self.set_terms(expr.body, outer))))
        if isinstance(expr, Agg):
            return self._aggregate(expr, outer)
        return expr

    def _aggregate(self, expr: Agg, outer: dict[int, Source]) -> Expr:
        if expr.op == "sum":
            return self._sum(expr, outer)
        if expr.op in ("min", "max"):
            return replace(expr, body=self._set(_flat_extreme(expr), outer))
        return replace(expr, body=self.terms(expr.body, outer))

    def _sum(self, expr: Agg, outer: dict[int, Source]) -> Expr:
        """A sum as an addition of sums of one term each, inner sums joined into the outer one."""
        parts: list[Expr] = []
        queue = list(self.terms(expr.body, outer))
        while queue:
            term = queue.pop(0)
            spread = _spread(term)
            if spread is not None:
                queue = [*self.terms(spread, outer), *queue]
            elif term.outputs[0] not in (Const(0, expr.kind), Const(0, "int")):
                parts.append(_sum_of(term, expr.kind))
        total: Expr = parts[0] if parts else Const(0, expr.kind)
        for part in parts[1:]:
            total = App("add", (total, part), expr.kind)
        return simplify(total)


def _plain_equalities(where: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The conjuncts that equate columns and constants: they hold of every nested relation that the term reads."""
    return tuple(w for w in where for a, b, _ in equalities([w]) if all(isinstance(e, Col | Const) for e in (a, b)))


def _sum_of(term: Term, kind: str) -> Expr:
    """A sum over no source is its one value where the conditions hold, else 0."""
    if term.sources:
        return Agg("sum", (term,), kind)
    value = term.outputs[0]
    return App("case", (boolean("and", TRUE, *term.where), value, Const(0, kind)), kind) if term.where else value


def _spread(term: Term) -> Terms | None:
    """One step of taking a sum apart: inner sums join, CASE branches that hold sums become terms of their own."""
    value = term.outputs[0]
    if isinstance(value, Agg) and value.op == "sum":
        inner = freshen(value.body)
        return tuple(Term((*term.sources, *t.sources), (*term.where, *t.where), t.outputs) for t in inner)
    if isinstance(value, App) and value.op == "case" and (_has_sum(value) or _null_branch(value)):
        return tuple(t for t in _by_branch(term, value))
    if isinstance(value, App) and value.op == "add" and _has_sum(value) and all(_present(term, a) for a in value.args):
        return tuple(replace(term, outputs=(a,)) for a in value.args)
    return None


def _has_sum(value: App) -> bool:
    return any(isinstance(part, Agg) and part.op == "sum" for part in value.args)


def _present(term: Term, value: Expr) -> bool:
    return never_null(value) or negate(boolean("isnull", value)) in term.where


def _null_branch(value: App) -> bool:
    return any(isinstance(v, Const) and v.value is None for v in (*value.args[1::2], value.args[-1]))


def _by_branch(term: Term, value: App) -> list[Term]:
    """Each branch under its own condition; a NULL branch adds nothing to a sum."""
    found, failed = [], []
    for condition, result in zip(value.args[0:-1:2], value.args[1::2], strict=False):
        found.append((result, (*failed, condition)))
        failed.append(negate(boolean("istrue", condition)))
    found.append((value.args[-1], tuple(failed)))
    kept = [(v, c) for v, c in found if not (isinstance(v, Const) and (v.value is None or v.value == 0))]
    return [replace(term, where=(*term.where, *c), outputs=(v,)) for v, c in kept]


def _distribute(expr: Expr) -> Expr:
    """x * SUM(y) is SUM(x * y); a factor goes into the branches of a CASE that holds sums."""
    if not isinstance(expr, App) or expr.op != "mul":
        return expr
    for value, factor in (expr.args, expr.args[::-1]):
        if isinstance(value, Agg) and value.op == "sum":
            (copy,) = freshen(value.body)
            where = copy.where if _safe(factor) else (*copy.where, negate(boolean("isnull", factor)))
            product = Agg(
                "sum",
                (replace(copy, where=where, outputs=(App("mul", (copy.outputs[0], factor), expr.kind),)),),
                expr.kind,
            )
            return (
                product
                if _safe(factor)
                else App("case", (boolean("isnull", factor), Const(None, expr.kind), product), expr.kind)
            )
        if isinstance(value, App) and value.op == "case" and any(isinstance(p, Agg) for p in value.args):
            branches = [
                _distribute(App("mul", (a, factor), expr.kind)) if i % 2 or i == len(value.args) - 1 else a
                for i, a in enumerate(value.args)
            ]
            return simplify(App("case", tuple(branches), expr.kind))
    return expr


def _safe(factor: Expr) -> bool:
    return (isinstance(factor, Agg) and factor.op == "sum") or (isinstance(factor, Const) and factor.value is not None)


def _flat_extreme(expr: Agg) -> Terms:
    """MIN of MINs is the MIN of all; the guard of an inner MIN only leaves out empty groups, which add nothing."""
    result: list[Term] = []
    for term in expr.body:
        value = term.outputs[0]
        if isinstance(value, App) and value.op == "case" and len(value.args) == 3 and isinstance(value.args[0], Exists):
            inner = value.args[1]
            if isinstance(inner, Agg) and inner.op == expr.op and value.args[2] == Const(None, value.kind):
                where = tuple(w for w in term.where if w != negate(boolean("isnull", value)))
                joined = (Term((*term.sources, *t.sources), (*where, *t.where), t.outputs) for t in freshen(inner.body))
                result.extend(_flat_extreme(replace(expr, body=tuple(joined))))
                continue
        result.append(term)
    return tuple(result)


def open_distinct(term: Term) -> Terms:
    """Where only the set of rows counts, DISTINCT sources are opened into their bodies."""
    for row, source in term.sources:
        if isinstance(source, Distinct):
            rest = tuple((r, s) for r, s in term.sources if r != row)
            return tuple(o for body in freshen(source.body) for o in open_distinct(_inline(term, rest, row, body)))
    return (term,)


def _inline(term: Term, rest: tuple[tuple[int, Source], ...], row: int, body: Term) -> Term:
    """The term with a source replaced by one term of its body."""
    values = {c: body.outputs[int(c.name)] for c in _columns(term, row)}
    moved = substitute(replace(term, sources=rest), values)  # type: ignore[arg-type]
    return replace(moved, sources=(*moved.sources, *body.sources), where=(*body.where, *moved.where))


def _columns(term: Term, row: int) -> set[Col]:
    return {p for p in walk_term(term) if isinstance(p, Col) and p.row == row}


def open_unique(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """DISTINCT over a relation without duplicates is that relation; rows the outputs do not need become EXISTS."""
    for row, source in term.sources:
        if isinstance(source, Distinct) and len(source.body) == 1:
            body = semi_join(rw.catalog, source.body[0])
            if determines(rw.catalog, body, body.outputs):
                rest = tuple((r, s) for r, s in term.sources if r != row)
                (copy,) = freshen((body,))
                rw.note(
                    "DISTINCT over rows without duplicates",
                    "a distinct",
                    "the rows themselves",
                    *_keys_used(rw.catalog, body),
                )
                return (_inline(term, rest, row, copy),)
    return None


def _keys_used(catalog: Catalog, term: Term) -> tuple[str, ...]:
    tables = {s.name for _, s in term.sources if isinstance(s, TableSource)}
    return tuple(
        f"{'PRIMARY KEY' if i == 0 else 'UNIQUE'} ({t}.{', '.join(k)})"
        for t in sorted(tables)
        for i, k in enumerate(keys_of(catalog.table(t)))
        if i == 0
    )


def one_condition(terms: Terms) -> Terms:
    """Of a set: terms over the same tables with the same outputs are one term under either condition."""
    merged: dict[str, Term] = {}
    for term in terms:
        shape = Shape()
        plain = all(isinstance(s, TableSource) for _, s in term.sources)
        key = shape.term(replace(term, where=())) + repr(list(shape.free)) + ("" if plain else str(len(merged)))
        if key in merged:
            first = merged[key]
            moved = rename_rows(term, {ours: theirs for (ours, _), (theirs, _) in zip(term.sources, first.sources, strict=True)})
            either = boolean("or", boolean("and", TRUE, *first.where), boolean("and", TRUE, *moved.where))
            merged[key] = replace(first, where=(simplify(either),))
        else:
            merged[key] = term
    return tuple(merged.values())


def semi_join(catalog: Catalog, term: Term) -> Term:
    """Of a set: sources that the outputs neither mention nor determine are only asked whether they match."""
    kept = closure(catalog, term, term.outputs) | {r for o in term.outputs for r in rows_in(o)}
    rest = tuple((r, s) for r, s in term.sources if r not in kept)
    if not rest:
        return term
    loose = {r for r, _ in rest}
    inner = tuple(w for w in term.where if rows_in(w) & loose)
    where = tuple(w for w in term.where if not rows_in(w) & loose)
    exists = Exists((Term(rest, inner, ()),))
    return Term(tuple((r, s) for r, s in term.sources if r in kept), (*where, exists), term.outputs)


def bind_distinct(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A column of a DISTINCT source that equals another value is that value; a source without free columns is EXISTS."""
    for row, source in term.sources:
        if not isinstance(source, Distinct):
            continue
        for n, conjunct in enumerate(term.where):
            found = _binding(conjunct, row)
            if found is not None:
                return (_bound(term, row, source, n, *found),)
    return None


def _binding(conjunct: Expr, row: int) -> tuple[Col, Expr, bool] | None:
    for left, right, strict in equalities([conjunct]):
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Col) and one.row == row and row not in rows_in(other) and (one.kind == other.kind):
                return one, other, strict
    return None


def _bound(term: Term, row: int, source: Distinct, n: int, column: Col, value: Expr, strict: bool) -> Term:
    place = int(column.name)
    rest = (*term.where[:n], *((negate(boolean("isnull", value)),) if strict else ()), *term.where[n + 1 :])
    kept = [i for i in range(len(source.body[0].outputs)) if i != place]
    narrowed = tuple(
        Term(t.sources, (*t.where, *_pinned(t.outputs[place], value, row)), tuple(t.outputs[i] for i in kept))
        for t in source.body
    )
    renamed = {str(i): str(k) for k, i in enumerate(kept)}
    values: dict[Col, Expr] = {
        c: value if c.name == column.name else replace(c, name=renamed[c.name])
        for c in _columns(replace(term, sources=(), where=rest), row)
    }
    others = tuple((r, s) for r, s in term.sources if r != row)
    if not kept:
        moved = substitute(Term(others, rest, term.outputs), values)
        return replace(moved, where=(*moved.where, Exists(tuple(replace(t, outputs=()) for t in narrowed))))
    moved = substitute(Term(others, rest, term.outputs), values)
    return replace(moved, sources=(*moved.sources, (row, Distinct(narrowed))))


def _pinned(output: Expr, value: Expr, row: int) -> tuple[Expr, ...]:
    """The body's condition that a column has its value; nothing to say where it repeats another column."""
    return () if row in rows_in(value) else (same(output, value),)


def drop_constant_columns(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A column of a DISTINCT source that has one value in every row of its body, or repeats another, is no column."""
    for row, source in term.sources:
        if not isinstance(source, Distinct):
            continue
        for i in range(len(source.body[0].outputs)):
            value = _one_value(source, i) or _repeated(source, row, i)
            if value is not None:
                column = Col(row, str(i), value.kind)
                return (_bound(replace(term, where=(TRUE, *term.where)), row, source, 0, column, value, False),)
    return None


def _one_value(source: Distinct, place: int) -> Expr | None:
    """The value, from outside the body, that a column has in every row of every term."""
    candidates = []
    for body in source.body:
        own = {r for r, _ in body.sources}
        output = body.outputs[place]
        classes = [values for values, _ in equal_values(body.where) if output in values]
        outside = {v for v in [output, *(e for c in classes for e in c)] if not rows_in(v) & own and v.kind == output.kind}
        candidates.append(outside)
    shared = set.intersection(*candidates)
    constants = [v for v in shared if isinstance(v, Const)]
    return constants[0] if constants else min(shared, key=repr) if shared else None


def _repeated(source: Distinct, row: int, place: int) -> Expr | None:
    for j in range(place):
        if all(_equal_outputs(t, j, place) for t in source.body):
            return Col(row, str(j), source.body[0].outputs[j].kind)
    return None


def _equal_outputs(term: Term, first: int, second: int) -> bool:
    """Whether two outputs of one kind are the same value in every row of the term."""
    left, right = term.outputs[first], term.outputs[second]
    return left.kind == right.kind and (left == right or any({left, right} <= v for v, _ in equal_values(term.where)))


def read_equal(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A column that a condition makes the same as a value from outside is read as that value everywhere else."""
    own = {r for r, _ in term.sources}
    for n, conjunct in enumerate(term.where):
        for left, right, _ in equalities([conjunct]):
            for one, other in ((left, right), (right, left)):
                inside = isinstance(one, Col) and one.row in own and kinds.is_identity(one.kind)
                if not inside or one.kind != other.kind or rows_in(other) & own or not isinstance(other, Col | Const):
                    continue
                rest = (*term.where[:n], *term.where[n + 1 :])
                moved = substitute(replace(term, where=rest), {one: other})
                if moved != replace(term, where=rest):
                    return (replace(moved, where=(*moved.where[:n], conjunct, *moved.where[n:])),)
    return None


def join_to_exists(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """Sources that the others determine and that no output reads are there at most once: ask whether they are."""
    shown = {r for o in term.outputs for r in rows_in(o)}
    hidden = [r for r, s in term.sources if r not in shown and isinstance(s, TableSource) and not _laterally_read(term, r)]
    together = _determined_by_rest(rw, term, hidden)
    for rows in ([together] if together else [[r] for r in sorted(hidden, key=lambda r: _rank(term, r), reverse=True)]):
        if len(rows) < len(term.sources) and set(rows) <= _determined_by_rest(rw, term, rows):
            return (_as_exists(rw, term, set(rows)),)
    return None


def _laterally_read(term: Term, row: int) -> bool:
    return bool(_columns(Term(term.sources, (), ()), row))


def _determined_by_rest(rw: Rewriter, term: Term, rows: list[int] | set[int]) -> set[int]:
    """Those of the rows of which there is at most one for each binding of the term's other rows."""
    inner = tuple(w for w in term.where if rows_in(w) & set(rows))
    return closure(rw.catalog, Term(tuple((r, s) for r, s in term.sources if r in rows), inner, ()), ())


def _as_exists(rw: Rewriter, term: Term, rows: set[int]) -> Term:
    moved = tuple((r, s) for r, s in term.sources if r in rows)
    inner = tuple(w for w in term.where if rows_in(w) & rows)
    rest = tuple(w for w in term.where if not rows_in(w) & rows)
    rw.note("a join to at most one row that nothing reads", "JOIN", "EXISTS", *_keys_used(rw.catalog, Term(moved, (), ())))
    others = tuple((r, s) for r, s in term.sources if r not in rows)
    return Term(others, (*rest, Exists((Term(moved, inner, ()),))), term.outputs)


def join_to_single(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A source that the others determine is read as a scalar subquery, under the condition that it is there."""
    if not rw.singles:
        return None
    for row in sorted((r for r, s in term.sources if isinstance(s, TableSource)), key=lambda r: _rank(term, r), reverse=True):
        if len(term.sources) < 2 or _laterally_read(term, row) or row not in _determined_by_rest(rw, term, [row]):
            continue
        inner = tuple(w for w in term.where if row in rows_in(w))
        source = tuple((r, s) for r, s in term.sources if r == row)
        kept = _as_exists(rw, replace(term, outputs=()), {row})
        values: dict[Col, Expr] = {
            c: Agg("single", freshen((Term(source, inner, (c,)),)), c.kind) for c in _columns(Term((), (), term.outputs), row)
        }
        return (replace(kept, outputs=tuple(rebuild(o, lambda c: values.get(c, c)) for o in term.outputs)),)
    return None


def _referred(rw: Rewriter, body: Term) -> tuple[str, list[str]] | None:
    """The table and key columns that the outputs, a foreign key of one row and never NULL, refer to."""
    rows = {o.row for o in body.outputs if isinstance(o, Col)}
    if len(rows) != 1 or not all(isinstance(o, Col) for o in body.outputs):
        return None
    (row,) = rows
    source = dict(body.sources).get(row)
    if not isinstance(source, TableSource):
        return None
    table = rw.catalog.table(source.name)
    names_ = [o.name for o in body.outputs if isinstance(o, Col)]
    present = all(not table.column(o.name).nullable or negate(boolean("isnull", o)) in body.where for o in body.outputs if isinstance(o, Col))
    if any(set(key) <= set(names_) for key in strict_keys(table)):
        return None  # they are keys of their own rows already
    for fk in table.foreign_keys:
        links = dict(zip(fk.columns, fk.target_columns, strict=True))
        if present and sorted(names_) == sorted(links) and fk.target in rw.catalog:
            same_kinds = all(rw.kind(source.name, a) == rw.kind(fk.target, b) for a, b in links.items())
            keyed = tuple(sorted(fk.target_columns)) in {tuple(sorted(k)) for k in strict_keys(rw.catalog.table(fk.target))}
            if same_kinds and keyed:
                return fk.target, [links[n] for n in names_]
    return None


def never_null_columns(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """IS NULL of a NOT NULL column of a table's row is false."""
    scope = {**outer, **dict(term.sources)}
    changed = replace(
        term,
        where=tuple(_present_columns(rw, w, scope) for w in term.where),
        outputs=tuple(_present_columns(rw, o, scope) for o in term.outputs),
    )
    return (changed,) if changed != term else None


def _present_columns(rw: Rewriter, expr: Expr, scope: dict[int, Source]) -> Expr:
    if not isinstance(expr, App):
        return expr
    if expr.op == "isnull" and isinstance(expr.args[0], Col) and _never_null(rw, expr.args[0], scope):
        return FALSE
    return replace(expr, args=tuple(_present_columns(rw, a, scope) for a in expr.args))


def strict_same(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """IS NOT DISTINCT FROM with a value that is never NULL is an equality."""
    scope = {**outer, **dict(term.sources)}
    where = tuple(_strict(rw, w, scope) for w in term.where)
    return (replace(term, where=where),) if where != term.where else None


def _strict(rw: Rewriter, expr: Expr, scope: dict[int, Source]) -> Expr:
    if isinstance(expr, App) and expr.op == "same" and expr.args[0].kind == expr.args[1].kind:
        if any(_never_null(rw, a, scope) for a in expr.args):
            return boolean("eq", *expr.args)
    return expr


def _never_null(rw: Rewriter, expr: Expr, scope: dict[int, Source]) -> bool:
    source = scope.get(expr.row) if isinstance(expr, Col) else None
    if isinstance(expr, Col) and isinstance(source, TableSource):
        return not rw.catalog.table(source.name).column(expr.name).nullable
    return never_null(expr)


def _rank(term: Term, row: int) -> str:
    source = dict(term.sources)[row]
    return source.name if isinstance(source, TableSource) else ""


def push_into_distinct(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A condition on a DISTINCT source alone filters its body."""
    own = {r for r, _ in term.sources}
    for row, source in term.sources:
        if not isinstance(source, Distinct):
            continue
        moving = tuple(
            w for w in term.where if rows_in(w) & own == {row} and not any(isinstance(p, Agg) for p in walk(w))
        )
        if moving:
            body = tuple(
                replace(t, where=(*t.where, *(rebuild(w, _reader(row, t)) for w in moving))) for t in source.body
            )
            sources = tuple((r, Distinct(body) if r == row else s) for r, s in term.sources)
            return (Term(sources, tuple(w for w in term.where if w not in moving), term.outputs),)
    return None


def _reader(row: int, body: Term) -> Callable[[Col], Expr]:
    return lambda c: body.outputs[int(c.name)] if c.row == row else c


def open_opaque(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """EXCEPT ALL and INTERSECT ALL of rows without duplicates are NOT EXISTS and EXISTS."""
    for row, source in term.sources:
        if not isinstance(source, Opaque) or source.what not in ("except all", "intersect all"):
            continue
        left, right = source.bodies
        for kept, other in ((left, right), (right, left)):
            if not kept:
                return ()
            if len(kept) == 1 and determines(rw.catalog, kept[0], kept[0].outputs):
                (copy,) = freshen(kept)
                pairs = [tuple(same(a, b) for a, b in zip(t.outputs, copy.outputs, strict=True)) for t in other]
                found: Expr = Exists(
                    tuple(replace(t, where=(*t.where, *p), outputs=()) for t, p in zip(other, pairs, strict=True))
                )
                condition = negate(found) if source.what == "except all" else found
                rest = tuple((r, s) for r, s in term.sources if r != row)
                rw.note(
                    "ALL set operation over rows without duplicates",
                    source.what,
                    "EXISTS",
                    *_keys_used(rw.catalog, kept[0]),
                )
                return (_inline(term, rest, row, replace(copy, where=(*copy.where, condition))),)
            if source.what == "except all":
                break
    return None


def merge_by_key(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """Two rows of a table that agree on a key are one row; an inner row may be a row of an enclosing term."""
    classes = equal_values((*term.where, *rw.given))
    for i, (row, source) in enumerate(term.sources):
        if not isinstance(source, TableSource):
            continue
        others = [*term.sources[:i], *((r, s) for r, s in outer.items() if r != row)]
        for other, twin in others:
            if twin != source:
                continue
            for key in keys_of(rw.catalog.table(source.name)):
                if all(_agree(rw.catalog, source, classes, row, other, c) for c in key):
                    return (_merged(rw, term, row, other, source, key),)
    return None


def _agree(
    catalog: Catalog, source: TableSource, classes: list[tuple[set[Expr], bool]], row: int, other: int, column: str
) -> bool:
    names = {(row, column), (other, column)}
    solid = not catalog.table(source.name).column(column).nullable
    return any(
        names <= {(e.row, e.name) for e in values if isinstance(e, Col)} and (strict or solid)
        for values, strict in classes
    )


def equal_values(where: tuple[Expr, ...]) -> list[tuple[set[Expr], bool]]:
    """Classes of values that the conjuncts make the same, and whether the class is known not to be NULL."""
    classes: list[tuple[set[Expr], bool]] = []
    for left, right, strict in equalities(where):
        joined, solid = (
            {left, right},
            strict or any(isinstance(e, Const) and e.value is not None for e in (left, right)),
        )
        rest = []
        for values, known in classes:
            if values & joined:
                joined, solid = joined | values, solid or known
            else:
                rest.append((values, known))
        classes = [*rest, (joined, solid)]
    return classes


def _merged(rw: Rewriter, term: Term, row: int, other: int, source: TableSource, key: tuple[str, ...]) -> Term:
    moved = rebuild_rows(term, row, other)
    rw.note(
        "rows that agree on a key are one row",
        f"{source.name} twice",
        f"{source.name} once",
        f"KEY ({source.name}.{', '.join(key)})",
    )
    solid = tuple(
        negate(boolean("isnull", Col(other, c, _kind(term, row, c))))
        for c in key
        if rw.catalog.table(source.name).column(c).nullable
    )
    return replace(moved, sources=tuple((r, s) for r, s in moved.sources if r != row), where=(*moved.where, *solid))


def _kind(term: Term, row: int, name: str) -> str:
    return next((c.kind for c in _columns(term, row) if c.name == name), "?")


def rebuild_rows(term: Term, row: int, other: int) -> Term:
    """The term with every mention of one row made one of another."""
    return substitute(term, {c: replace(c, row=other) for c in _columns(term, row)})


def drop_hidden_foreign_join(rw: Rewriter, term: Term, outer: dict[int, Source]) -> Terms | None:
    """As ``drop_foreign_join``, of rows that no output reads; tried before rows are asked for by EXISTS."""
    shown = {r for o in term.outputs for r in rows_in(o)}
    return drop_foreign_join(rw, term, outer, frozenset(shown))


def drop_foreign_join(
    rw: Rewriter, term: Term, outer: dict[int, Source], kept: frozenset[int] = frozenset()
) -> Terms | None:
    """A row that a foreign key promises, and of which only the key is read, is there exactly once: it can go."""
    for row, source in term.sources:
        if isinstance(source, TableSource) and row not in kept:
            found = _promised(rw, term, row, source, outer)
            if found is not None:
                return (found,)
    return None


def _promised(rw: Rewriter, term: Term, row: int, source: TableSource, outer: dict[int, Source]) -> Term | None:
    used = {c.name for c in _columns(replace(term, sources=tuple((r, s) for r, s in term.sources if r != row)), row)}
    for child, table in (*term.sources, *outer.items()):
        if child == row or not isinstance(table, TableSource):
            continue
        for fk in rw.catalog.table(table.name).foreign_keys:
            links = dict(zip(fk.target_columns, fk.columns, strict=True))
            if (
                fk.target != source.name
                or used != set(links)
                or tuple(fk.target_columns) not in set(keys_of(rw.catalog.table(source.name)))
            ):
                continue
            if all(
                any(names(a, b) == {(row, t), (child, c)} and strict for a, b, strict in equalities(term.where))
                for t, c in links.items()
            ):
                return _without(rw, term, row, child, links, source, table)
    return None


def names(left: Expr, right: Expr) -> set[tuple[int, str]]:
    """The columns two sides of an equality are, where they are columns."""
    return {(e.row, e.name) for e in (left, right) if isinstance(e, Col)}


def _without(
    rw: Rewriter, term: Term, row: int, child: int, links: dict[str, str], source: TableSource, table: TableSource
) -> Term:
    values: dict[Col, Expr] = {c: replace(c, row=child, name=links[c.name]) for c in _columns(term, row)}
    moved = substitute(replace(term, sources=tuple((r, s) for r, s in term.sources if r != row)), values)
    rw.note(
        "a join that a foreign key promises", f"{table.name} JOIN {source.name}", table.name,
        f"FOREIGN KEY ({table.name}.{', '.join(links.values())}) REFERENCES {source.name}",
    )  # fmt: skip
    solid = tuple(negate(boolean("isnull", Col(child, links[c.name], c.kind))) for c in _columns(term, row))
    return replace(moved, where=(*moved.where, *dict.fromkeys(solid)))


RULES: tuple[Callable[[Rewriter, Term, dict[int, Source]], Terms | None], ...] = (
    never_null_columns,
    strict_same,
    open_unique,
    bind_distinct,
    drop_constant_columns,
    open_opaque,
    merge_by_key,
    drop_hidden_foreign_join,
    push_into_distinct,
    read_equal,
    join_to_exists,
    drop_foreign_join,
    join_to_single,
)

__all__ = ["Rewriter", "conjuncts", "open_distinct", "semi_join", "simplify_terms", "strict_keys"]
