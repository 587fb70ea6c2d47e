"""The SELECT list as an object: whole tables by name, nested rows of select_related, plain entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from workbench.queries.query import Output, Shape
from workbench.targets.drizzle.names import camel, fresh
from workbench.targets.drizzle.queries.decoding import bare, typed
from workbench.targets.drizzle.queries.terms import Item, Place, Scope, Source, Term, Untranslatable
from workbench.targets.typescript import Call, Expression, Literal, Member, Object, Spread, method

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

Entry: TypeAlias = tuple[str, Expression] | Spread


@dataclass(frozen=True)
class Selection:
    """The argument of ``select()`` (None: all columns), the terms in order, and the path of each in a row."""

    code: Expression | None
    terms: tuple[Term, ...]
    paths: tuple[str, ...]
    names: tuple[str, ...] = ()


def items_of(select: exp.Select, outputs: tuple[Output, ...] = ()) -> list[Item]:
    """The entries of a SELECT list."""
    found = []
    for index, node in enumerate(select.expressions):
        inner, name = (node.this, node.alias) if isinstance(node, exp.Alias) else (node, node.name)
        found.append(Item(inner, name, outputs[index] if index < len(outputs) else None))
    return found


@dataclass
class _Rows:
    """The entries of a list of instances, as they are gathered."""

    m: Module
    related: bool  # every instance is an entry of its own
    entries: list[Entry] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def plain(self, members: list[Item], written: list[Term]) -> None:
        """Entries by their own names."""
        keys = [fresh(_key(item), self.taken) for item in members]
        self.entries += [(key, term.code) for key, term in zip(keys, written, strict=True)]
        self.paths += keys

    def spread(self, source: Source, written: list[Term]) -> None:
        """All columns of a table, beside what is annotated."""
        keys = [_property(term) for term in written]
        self.entries.append(Spread(Call(self.m.w.use("drizzle-orm", "getTableColumns"), (source.code,))))
        self.taken |= set(keys)
        self.paths += keys

    def nested(self, path: str, label: str, source: Source | None, written: list[Term]) -> None:
        """One instance by the name of the relation that leads to it, else by its model's."""
        key = fresh(camel(path or label.rpartition(".")[2]), self.taken)
        keys = [_property(term) for term in written]
        columns = Object(tuple((name, term.code) for name, term in zip(keys, written, strict=True)))
        self.entries.append((key, source.code if source else columns))
        self.paths += [f"{key}.{name}" for name in keys]

    def selection(self, joined: bool) -> Selection:
        """The whole list; nothing where it is all columns of the only table."""
        code: Expression | None = Object(tuple(self.entries))
        if len(self.entries) == 1 and isinstance(self.entries[0], Spread):
            code = self.entries[0].value if joined else None
            if not joined:
                self.m.w.imports["drizzle-orm"].discard("getTableColumns")
        return Selection(code, tuple(self.terms), tuple(self.paths))


def outermost(m: Module, items: list[Item], scope: Scope, joined: bool) -> Selection:
    """The SELECT list of the whole query."""
    if m.w.query.shape is not Shape.INSTANCE:
        return flat(m, items, scope)
    groups = _groups(items)
    rows = _Rows(m, sum(path is not None for path, _ in groups) > 1 or any(path for path, _ in groups))
    for path, members in groups:
        written = [m.decoded(item, scope) for item in members]
        rows.terms += written
        source = _whole(written, scope)
        if path is None or not (rows.related or source) or not all(isinstance(t.code, Member) for t in written):
            rows.plain(members, written)
        elif source and not rows.related:
            rows.spread(source, written)
        else:
            rows.nested(path, _label(m, members, first=not rows.entries), source, written)
    return rows.selection(joined)


def _label(m: Module, members: list[Item], first: bool) -> str:
    """The model of an instance; the first is the query's own (a proxy has its table's)."""
    output = members[0].output
    return m.w.query.model if first or output is None or output.model is None else output.model


def flat(m: Module, items: list[Item], scope: Scope, keys: tuple[str, ...] = ()) -> Selection:
    """A SELECT list of plain entries; ``keys`` are given where another query's names have to match."""
    taken: set[str] = set()
    names = keys or tuple(fresh(_key(item), taken) for item in items)
    if len(names) != len(items):
        raise Untranslatable("SELECT", "the parts of a set operation have different widths")
    written = [m.decoded(item, scope) for item in items]
    entries = tuple((key, term.code) for key, term in zip(names, written, strict=True))
    return Selection(Object(entries), tuple(written), tuple(names), tuple(item.name for item in items))


def inner(m: Module, items: list[Item], scope: Scope, place: Place) -> Selection:
    """The SELECT list of a subquery; in FROM its expressions need names, since a query around it reads them."""
    taken: set[str] = set()
    keys = place.keys or tuple(fresh(_key(item), taken) for item in items)
    if len(keys) != len(items):
        raise Untranslatable("SELECT", "the parts of a set operation have different widths")
    terms = [_agreeing(m, bare(m, item, scope), place) for item in items]
    seen: set[str] = set()
    codes = []
    for item, key, term in zip(items, keys, terms, strict=True):
        plain = term.column and not term.outer and isinstance(item.node, exp.Column) and item.node.name not in seen
        name = item.node.name if plain else fresh(key, seen)
        seen.add(name)
        code = term.code if plain or not place.named else _as(m, term, name)
        codes.append((key, code))
    return Selection(Object(tuple(codes)), tuple(terms), tuple(keys), tuple(item.name for item in items))


def _agreeing(m: Module, term: Term, place: Place) -> Term:
    """The right side of a set operation says the types of its values: Drizzle asks them to be the left's."""
    return typed(m, term, term.value_type) if place.keys and (term.type or term.js) else term


def _as(m: Module, term: Term, key: str) -> Expression:
    code = term.code if isinstance(term.code, Call) else m.w.helper("outer" if term.column else "scalar", term.code)
    return method(code, "as", Literal(key))


def _groups(items: list[Item]) -> list[tuple[str | None, list[Item]]]:
    """Neighbouring entries of one row; None for annotations and for what only ORDER BY needs.

    Two relations may have no path of their own (FilteredRelation): the next instance begins where model or names do.
    """
    groups: list[tuple[str | None, list[Item]]] = []
    for item in items:
        path = item.output.path if item.output and item.output.model else None
        if groups and groups[-1][0] == path and (path is None or _belongs(item, groups[-1][1])):
            groups[-1][1].append(item)
        else:
            groups.append((path, [item]))
    return groups


def _belongs(item: Item, members: list[Item]) -> bool:
    outputs = [member.output for member in members if member.output]
    mine = item.output
    return mine is not None and all(mine.model == o.model and mine.name != o.name for o in outputs)


def _whole(terms: list[Term], scope: Scope) -> Source | None:
    """The table whose columns these are, all of them and in order."""
    for source in scope.sources.values():
        if source.table and [t.code for t in source.columns.values()] == [t.code for t in terms]:
            return source
    return None


def _property(term: Term) -> str:
    assert isinstance(term.code, Member)
    return term.code.property


def _key(item: Item) -> str:
    name = item.output.name if item.output else item.name
    return "one" if name == "a" else camel(name.removeprefix(_PREFETCHED) or "value")


_PREFETCHED = "_prefetch_related_val_"  # of the key by which Django puts rows beside those they belong to
