"""Ways to read one term's sources as another's: bijections of row variables, likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, permutations, product

from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.substitution import freshen, rename_rows, substitute
from workbench.equivalence.proof.terms import Col, Distinct, Exists, Expr, Opaque, Source, TableSource, Term, same

TRIED = 8  # alignments put to the prover; more are cut off after ranking by what matches word for word
ENUMERATED = 720


def label(source: Source) -> str:
    """What sources have to share to be read as one another."""
    if isinstance(source, TableSource):
        return source.name
    if isinstance(source, Opaque):
        return f"opaque {source.what}"
    outputs = source.body[0].outputs if source.body else ()
    return f"distinct {sorted(o.kind for o in outputs)}"


def signature(term: Term) -> tuple[tuple[str, int], ...]:
    """The labels of a term's sources, counted."""
    return tuple(sorted(Counter(label(s) for _, s in term.sources).items()))


def with_membership(term: Term) -> Term:
    """DISTINCT sources read as any tuple that the body holds: the condition moves into the conjuncts."""
    found = tuple(_member(row, s) for row, s in term.sources if isinstance(s, Distinct))
    return replace(term, where=(*term.where, *found))


def _member(row: int, source: Distinct) -> Expr:
    terms = []
    for body in freshen(source.body):
        equal = tuple(same(o, Col(row, str(i), source.body[0].outputs[i].kind)) for i, o in enumerate(body.outputs))
        terms.append(replace(body, where=(*body.where, *equal), outputs=()))
    return Exists(tuple(terms))


def alignments(left: Term, right: Term) -> Iterator[Term]:
    """Copies of ``right`` over the rows of ``left``, the likeliest first; none where the sources differ."""
    if signature(left) != signature(right):
        return
    wanted = _texts(left)
    found = [_renamed(right, pairs) for pairs in islice(_bijections(left, right), ENUMERATED)]
    ranked = sorted(enumerate(found), key=lambda item: (-len(_texts(item[1]) & wanted), item[0]))
    yield from (term for _, term in ranked[:TRIED])


def _texts(term: Term) -> set[str]:
    texts = {f"{i}={_text(o)}" for i, o in enumerate(term.outputs)}
    return texts | {_text(w) for w in term.where} | {f"{row}:{_source_text(s)}" for row, s in term.sources}


def _text(expr: Expr) -> str:
    shape = Shape()
    text = shape.expr(expr)
    return text + ",".join(f"{c.row}.{c.name}" for c in shape.free)


def _source_text(source: Source) -> str:
    return Shape().source(source)


def _bijections(left: Term, right: Term) -> Iterator[list[tuple[int, Source, int, Source]]]:
    groups = []
    for name, _ in signature(left):
        ours = [(r, s) for r, s in left.sources if label(s) == name]
        theirs = [(r, s) for r, s in right.sources if label(s) == name]
        orders = islice(permutations(theirs), ENUMERATED)  # product() would draw all of them first
        groups.append([[(*a, *b) for a, b in zip(ours, order, strict=True)] for order in orders])
    for choice in product(*groups):
        yield [pair for group in choice for pair in group]


def _renamed(right: Term, pairs: list[tuple[int, Source, int, Source]]) -> Term:
    term = rename_rows(right, {theirs: ours for ours, _, theirs, _ in pairs})
    for ours, source, _, other in pairs:
        if isinstance(source, Distinct) and isinstance(other, Distinct):
            term = _columns_matched(term, ours, source, other)
    return replace(term, sources=tuple((ours, _source_of(term, ours)) for ours, _, _, _ in pairs))


def _source_of(term: Term, row: int) -> Source:
    return next(s for r, s in term.sources if r == row)


def _columns_matched(term: Term, row: int, source: Distinct, other: Distinct) -> Term:
    """The other DISTINCT's columns renumbered so that equal kinds and origins stand at equal places."""
    wanted, given = _origins(source), _origins(other)
    free = list(range(len(given)))
    places: dict[int, int] = {}
    for exact in (True, False):
        for i, origin in enumerate(wanted):
            match = next((j for j in free if given[j] == origin or (not exact and given[j][0] == origin[0])), None)
            if i not in places and match is not None:
                places[i] = match
                free.remove(match)
    if len(places) != len(wanted):
        return term
    back = {str(j): str(i) for i, j in places.items()}
    body = tuple(replace(t, outputs=tuple(t.outputs[places[i]] for i in range(len(wanted)))) for t in other.body)
    columns = {c: replace(c, name=back[c.name]) for c in _columns(term, row)}
    moved = substitute(term, columns)  # type: ignore[arg-type]
    return replace(moved, sources=tuple((r, Distinct(body) if r == row else s) for r, s in moved.sources))


def _columns(term: Term, row: int) -> set[Col]:
    from workbench.equivalence.proof.traversal import walk_term

    return {p for p in walk_term(term) if isinstance(p, Col) and p.row == row}


def _origins(source: Distinct) -> list[tuple[str, str]]:
    """For each column its kind and the names of the columns it comes from."""
    origins = []
    for i in range(len(source.body[0].outputs)):
        outputs = [t.outputs[i] for t in source.body]
        names = [o.name if isinstance(o, Col) else type(o).__name__ for o in outputs]
        origins.append((source.body[0].outputs[i].kind, ",".join(sorted(set(names)))))
    return origins
