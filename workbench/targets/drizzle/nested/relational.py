"""A nested result as one relational query: ``db.query.author.findMany({ with: { books: true } })``.

Drizzle 0.45 reads nested rows as JSON. Where that changes a value, or where the relation has another form there, the
queries stay apart, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from workbench.queries.nested.places import Place
from workbench.queries.query import Output
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.nested.chain import Chain, chain_of
from workbench.targets.drizzle.nested.parts import Part, Path, children
from workbench.targets.drizzle.nested.through_json import changed_by_json
from workbench.targets.drizzle.queries.terms import Term, Untranslatable
from workbench.targets.typescript import Expression, Literal, Member, Name, Object, method

_GENERIC = "a generic relation is no foreign key, and a relational query follows those alone"
_BETWEEN = "a relational query goes through the table in between: its rows would be rows of that table"
Entry = tuple[str, Expression]


@dataclass(frozen=True)
class Relational:
    """The query, where its rows stand, and the names of the tables that it reads."""

    code: Expression
    places: tuple[Place, ...]
    tables: tuple[str, ...]


class Relating:
    """One relational query in the making."""

    def __init__(self, parts: list[Part], names: SchemaNames) -> None:
        self.parts, self.names = parts, names
        for part in parts:
            if part.place.to and not part.place.link.field:
                raise Untranslatable(part.place.to, _GENERIC if part.place.link.generic else _BETWEEN)
        self.chains = {part.place.to: chain_of(part) for part in parts}
        self.tables = dict.fromkeys(chain.table for chain in self.chains.values())

    def relational(self) -> Relational:
        """The whole; Untranslatable where it is not the same result."""
        first = self.parts[0]
        found = Member(Member(Name("db"), "query"), self.chains[""].table)
        options = Object(tuple(self._options(first, nested=False)))
        places = tuple(self._place(part) for part in self.parts)
        return Relational(
            method(found, "findMany", *([options] if options.entries else [])), places, tuple(self.tables)
        )

    def _options(self, part: Part, nested: bool) -> Iterator[Entry]:
        chain = self.chains[part.place.to]
        self._only_related_tables(part, chain)
        yield from self._columns(part, "", nested)
        keys = next((name for name, _ in part.form.function.options), "") if nested and part.form.function else ""
        if nested and {"limit", "offset"} & set(chain.clauses):
            raise Untranslatable("LIMIT", "it cuts the rows of all, and in a relational query those of each")
        yield from chain.options(keys)
        yield from self._with(part, "")

    def _only_related_tables(self, part: Part, chain: Chain) -> None:
        paths = {output.path for output in part.place.query.outputs if output.path}
        if chain.joins != len(paths):
            raise Untranslatable("JOIN", "it joins tables that are not in its rows")

    def _with(self, part: Part, via: str) -> Iterator[Entry]:
        """What hangs on an instance: of the rows themselves by select_related, and of other queries."""
        entries = [(self._relation(part, path), self._inside(part, path)) for path in _below(part, via)]
        for child in children(self.parts, part.place.to):
            if child.place.link.via == via:
                options = tuple(self._options(child, nested=True))
                entries.append((self._name(child), Object(options) if options else Literal(True)))
        names = [name for name, _ in entries]
        if len(set(names)) != len(names):
            raise Untranslatable("with", "it holds a relation once, and not in two selections")
        if entries:
            yield "with", Object(tuple(entries))

    def _inside(self, part: Part, path: str) -> Expression:
        entries = (*self._columns(part, path, nested=True), *self._with(part, path))
        return Object(entries) if entries else Literal(True)

    def _columns(self, part: Part, path: str, nested: bool) -> Iterator[Entry]:
        """The columns of an instance, where they are not all of its table's."""
        table = next((s.table for s in part.place.query.sources if s.path == path and s.depth == 0), "")
        if not table:
            raise Untranslatable(path, "its table has no name in the query")
        writer = part.written.writer
        known = writer.columns(writer.catalog.table(table), Name(self.names.table(table)))
        self.tables[self.names.table(table)] = None
        chosen = [self._column(known, property, output) for property, output in _properties(part.place, path)]
        if nested:
            for term in chosen:
                changed_by_json(term)
        if len(chosen) != len(known):
            yield "columns", Object(tuple((_property(term), Literal(True)) for term in chosen))

    def _column(self, known: dict[str, Term], property: str, output: Output) -> Term:
        found = next((term for term in known.values() if output.model and _property(term) == property), None)
        if found is None:
            raise Untranslatable(output.name, "it is no column of the table: a relational query has no such output")
        return found

    def _relation(self, part: Part, path: str) -> str:
        """The relation of a step of select_related, by the foreign key among the columns before it."""
        before, _, step = path.rpartition("__")
        for output in part.place.query.outputs:
            label, _, name = (output.field or "").rpartition(".")
            if output.path == before and name == step:
                return self._named(self.names.relation, label, name)
        raise Untranslatable(path, "it is followed against its foreign key")

    def _name(self, part: Part) -> str:
        label, _, field = part.place.link.field.rpartition(".")
        names = self.names.relation if self._is_forward(part) else self.names.reverse
        name = self._named(names, label, field)
        if part.place.link.attribute != part.place.query.prefetch_path.rpartition("__")[2]:
            raise Untranslatable(part.place.to, "a relational query calls related rows by their relation's name")
        return name

    def _is_forward(self, part: Part) -> bool:
        """Whether the parent's row holds the foreign key."""
        parent = next(each for each in self.parts if each.place.to == part.place.link.parent)
        keys = (
            o for o in parent.place.query.outputs if o.path == part.place.link.via and o.field == part.place.link.field
        )
        return part.place.link.single and any(output.name in part.place.link.parent_keys for output in keys)

    def _named(self, names: Callable[[str, str], str], label: str, field: str) -> str:
        try:
            return names(label, field)
        except KeyError:
            raise Untranslatable(field, "the schema has no relation of that name") from None

    def _path(self, part: Part, path: str) -> Path:
        steps = path.split("__") if path else []
        return tuple(self._relation(part, "__".join(steps[: at + 1])) for at in range(len(steps)))

    def _place(self, part: Part) -> Place:
        """The place of its rows in this form: an instance's columns stand in it, and those inside of it by relation."""
        paths = tuple(
            ".".join((*self._path(part, output.path), path.rpartition(".")[2]))
            for path, output in zip(part.place.paths, part.place.query.outputs, strict=False)
        )
        place = replace(part.place, paths=paths)
        if not part.place.to:
            return place
        parent = next(each for each in self.parts if each.place.to == part.place.link.parent)
        return replace(place, owner=self._path(parent, part.place.link.via), name=self._name(part))


def _below(part: Part, via: str) -> list[str]:
    """The relation paths of select_related one step further."""
    paths = dict.fromkeys(output.path for output in part.place.query.outputs if output.path)
    return [path for path in paths if path.rpartition("__")[0] == via]


def _properties(place: Place, path: str) -> Iterator[tuple[str, Output]]:
    for at in place.shown:
        output = place.query.outputs[at]
        if output.path == path:
            yield place.paths[at].rpartition(".")[2], output


def _property(term: Term) -> str:
    assert isinstance(term.code, Member)
    return term.code.property
