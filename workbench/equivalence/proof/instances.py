"""What is known of EXISTS and aggregates: a true EXISTS has a row, a row that satisfies a body makes it true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, product
from typing import Any

from workbench.equivalence.proof.constraints import DEPTH, promised_rows, state_constraints
from workbench.equivalence.proof.determined import determines
from workbench.equivalence.proof.encoding import Pair
from workbench.equivalence.proof.operators import at_most
from workbench.equivalence.proof.question import Question, Row, Sign
from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.smt import (
    BOOL,
    INT,
    REAL,
    Formula,
    Value,
    conjunction,
    disjunction,
    equation,
    implication,
    negation,
)
from workbench.equivalence.proof.substitution import freshen, rename_rows
from workbench.equivalence.proof.terms import Agg, Const, Exists, Source, TableSource, Term, Terms
from workbench.equivalence.proof.workspace import keys_used

INSTANCES = 300  # how many instances of EXISTS bodies one question may use
_BINDINGS = 64  # ways to read one body over the rows at hand
_ZERO = {INT: "0", REAL: "0.0"}


def unfold(question: Question) -> None:
    """Add witnesses, instances and constraints until nothing new comes within the depth."""
    atoms = question.encoder.atoms
    for level in range(DEPTH + 1):
        for atom in atoms:
            question.depth.setdefault(atom, level)
        for atom, value in list(atoms.items()):
            asked = question.depth[atom] <= level and question.needs_true(value)
            if asked and question.once(("witness", value.text)):
                _ATOM_FACTS[type(atom)](question, atom, value, level)
        promised_rows(question)
        _instantiate(question)
    state_constraints(question)


def _exists_facts(question: Question, atom: Exists, value: Value, level: int) -> None:
    _witness(question, atom.body, value.text, level)


def _aggregate_facts(question: Question, atom: Agg, value: Value, level: int) -> None:
    """A count is at least 0, above 0 where there is a row, at most 1 over a key; an extreme is one of its values."""
    body = tuple(replace(t, outputs=()) for t in freshen(atom.body))
    some = question.true(Exists(body), Sign.EITHER)
    if atom.op in ("min", "max", "single"):
        _witness(question, atom.body, some, level, question.encoder.pair(atom))
    if atom.op == "sum" and len(atom.body) == 1:
        _sum_facts(question, atom, value, some, level)


def _sum_facts(question: Question, atom: Agg, value: Value, some: Formula, level: int) -> None:
    one_row = determines(question.catalog, atom.body[0], ())
    if atom.body[0].outputs[0] == Const(1, "int"):
        question.fact(at_most("0", value.text))
        question.fact(equation(at_most("0", value.text, strictly=True), some))
        if one_row:
            question.fact(at_most(value.text, "1"), *keys_used(question.catalog, atom.body[0])[:1])
    elif value.sort in _ZERO:
        question.fact(disjunction(some, equation(value.text, _ZERO[value.sort])))
        if one_row:
            _witness(question, atom.body, some, level, question.encoder.pair(atom), _ZERO[value.sort])


_ATOM_FACTS: dict[type[Any], Callable[[Question, Any, Value, int], None]] = {
    Exists: _exists_facts,
    Agg: _aggregate_facts,
}


def _witness(
    question: Question, terms: Terms, holds: Formula, level: int, value: Pair | None = None, nothing: str = ""
) -> None:
    """Where ``holds``, some row of some term satisfies its body (and yields ``value``, which may be NULL).

    ``nothing``: what a NULL adds to the value, where that is a sum.
    """
    selectors = []
    for term in freshen(terms):
        selector = question.encoder.script.fresh(BOOL).text
        selectors.append(selector)
        question.rows |= {r: Row(s, selector, level + 1) for r, s in term.sources}
        body = [question.true(w) for w in term.where]
        if value is not None:
            question.mention(term.outputs[0])
            body += _yields(question.encoder.pair(term.outputs[0]), value, nothing)
        question.fact(implication(selector, conjunction(holds, *body)))
    question.fact(implication(holds, disjunction(*selectors)))


def _yields(output: Pair, value: Pair, nothing: str) -> list[Formula]:
    """A row's output is the value: NULL where that is NULL (``nothing`` where that is a sum), else the same."""
    (null, found), (missing, wanted) = output, value
    if found.sort != wanted.sort:
        return []
    absent = conjunction(null, equation(wanted.text, nothing) if nothing else missing)
    return [disjunction(absent, conjunction(negation(null), negation(missing), equation(found.text, wanted.text)))]


def _instantiate(question: Question) -> None:
    """Rows at hand that satisfy a body make its EXISTS true (a MIN at most, a MAX at least their value)."""
    for atom, value in list(question.encoder.atoms.items()):
        if isinstance(atom, Agg) and atom.op not in ("min", "max", "single"):
            continue
        if not question.needs_false(value) or question.depth.get(atom, DEPTH + 1) > DEPTH:
            continue
        for number, term in enumerate(atom.body):
            for rows in islice(_bindings(question, term), _BINDINGS):
                if question.instances < INSTANCES and question.once((value.text, number, rows)):
                    question.instances += 1
                    _instance(question, atom, value, term, rows)


def _bindings(question: Question, term: Term) -> Iterator[tuple[int, ...]]:
    return product(*([n for n, r in question.rows.items() if _alike(r.source, s)] for _, s in term.sources))


def _instance(question: Question, atom: Exists | Agg, value: Value, term: Term, rows: tuple[int, ...]) -> None:
    bound = Term((), term.where, term.outputs)
    moved = rename_rows(bound, {r: n for (r, _), n in zip(term.sources, rows, strict=True)})
    met = (question.true(w, Sign.FALSE) for w in moved.where)
    holds = conjunction(*(question.rows[n].guard for n in rows), *met)
    if isinstance(atom, Exists):
        question.fact(implication(holds, value.text))
        return
    question.mention(moved.outputs[0])
    null, found = question.encoder.pair(moved.outputs[0])
    if found.sort == value.sort and (atom.op == "single" or found.sort in _ZERO):
        question.fact(implication(conjunction(holds, negation(null)), _bound(atom, value.text, found.text)))


def _bound(atom: Agg, value: str, found: str) -> Formula:
    """How an aggregate's value stands to one of the values it is taken of."""
    if atom.op == "single":
        return equation(found, value)
    return at_most(value, found) if atom.op == "min" else at_most(found, value)


def _alike(one: Source, other: Source) -> bool:
    if isinstance(one, TableSource) or isinstance(other, TableSource):
        return one == other
    return _text(one) == _text(other)


def _text(source: Source) -> str:
    shape = Shape()
    text = shape.source(source)
    return text + repr(sorted(shape.free.items(), key=lambda i: i[1]))
