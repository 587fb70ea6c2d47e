"""The function that asks one query after another and puts the rows of each beside those they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.targets.drizzle.names import camel, fresh
from workbench.targets.drizzle.nested.parts import Part, Path, children, may_miss, path_of
from workbench.targets.drizzle.queries.naming import function_name, plural
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.typescript import (
    And,
    Arrow,
    Await,
    Block,
    Call,
    Const,
    Expression,
    Function,
    Member,
    Name,
    Object,
    Optional,
    Return,
    Spread,
    call,
    method,
)

_CONVERTING = {"bigint[]": "BigInt", "string[]": "String"}
_MOST_NAMES = 3  # of relations in the function's name
_ROW = Name("row")


def _label(part: Part) -> str:
    """What its rows are called: by the relation, and the instance that it is one of."""
    return camel(f"{part.place.link.via}__{part.place.link.attribute}")


def _keys(part: Part) -> str:
    """The parameter of a prefetch's function that takes its keys."""
    lists = [name for name, type in (part.form.function.options if part.form.function else ()) if type.endswith("[]")]
    if len(lists) != 1:
        raise Untranslatable(part.place.query.prefetch_path, "which of its parameters are the keys is not seen")
    return lists[0]


def _other_type(part: Part) -> str:
    """What makes a number the key of a generic relation; "" where it is one, as all other keys are what they are."""
    if not part.place.link.generic or part.form.function is None:
        return ""
    return _CONVERTING.get(dict(part.form.function.options)[_keys(part)], "")


@dataclass
class Assembly:
    """The functions of all queries, and the one that calls them; ``taken``: names of the module that are in use."""

    parts: list[Part]
    taken: set[str]

    def __post_init__(self) -> None:
        self.functions: dict[str, Function | None] = {}
        for part in self.parts:
            self.functions[part.place.to] = self._function(part)
        self.name = fresh(self._wanted(), self.taken)
        self.rows = {part.place.to: fresh(self._rows_name(part), self.taken) for part in self.parts}
        self.lookups = {p.place.to: fresh(f"{_label(p)}Of", self.taken) for p in self.parts if p.place.to}

    def _function(self, part: Part) -> Function | None:
        """The query's own function, with all that it names inside of it; None where it has no parameters."""
        function = part.form.function
        if function is None:
            if part.place.to:
                raise Untranslatable(part.place.query.prefetch_path, "its keys are no parameter of its query")
            return None
        whole = replace(function, body=Block((*part.written.writer.aliases, *function.body.statements)))
        known = (other for other in self.functions.values() if other and replace(other, name=whole.name) == whole)
        return next(known, None) or replace(whole, name=fresh(whole.name, self.taken))

    def _wanted(self) -> str:
        first = self.parts[0]
        own = first.form.function.name if first.form.function else function_name(first.place.query, ())
        names = [_label(each) for each in children(self.parts, "")][:_MOST_NAMES]
        return f"{own}With{'And'.join(name[:1].upper() + name[1:] for name in names)}"

    def _rows_name(self, part: Part) -> str:
        if part.place.to:
            return plural(_label(part)) if part.place.link.single else _label(part)
        return plural(camel(part.place.query.model.rpartition(".")[2]))

    def function(self) -> Function:
        """The whole."""
        options = self._options()
        body = Block((*self._asked(), *self._looked_up(), Return(self._with_related(""))))
        return Function(self.name, ("db: Db",), body, options, exported=True, waits=True)

    def _options(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the first query, and those of others that are no keys (of a content type)."""
        first = self.parts[0].form.function
        found = dict(first.options if first else ())
        for part in self.parts[1:]:
            function = self.functions[part.place.to]
            found.update((name, type) for name, type in (function.options if function else ()) if name != _keys(part))
        return tuple(found.items())

    def _asked(self) -> Iterator[Const]:
        for part in self.parts:
            if part.place.to == "" and part.form.function is None:
                yield from (*part.written.writer.aliases, *part.written.writer.locals)
            yield Const(self.rows[part.place.to], Await(self._asking(part)))

    def _asking(self, part: Part) -> Expression:
        function = self.functions[part.place.to]
        if function is None:
            return part.written.code
        if not part.place.to:
            return call(function.name, Name("db"), Object(tuple((name, Name(name)) for name, _ in function.options)))
        link = part.place.link
        type = _other_type(part)
        if type and may_miss(self._parent(part).place, link.via):
            raise Untranslatable(part.place.query.prefetch_path, "its keys may be missing, and are of another type")
        key = self._key(self._parent(part), link.parent_keys, link.via, type)
        keys = self._use("keysOf", Name(self.rows[link.parent]), key)
        given = tuple((name, Name(name)) for name, _ in function.options if name != _keys(part))
        return call(function.name, Name("db"), Object(((_keys(part), keys), *given)))

    def _looked_up(self) -> Iterator[Const]:
        """Each lookup of the rows of a query by their key, those before that others need."""
        for part in reversed(self.parts):
            if part.place.to:
                helper = "oneBy" if part.place.link.single else "manyBy"
                type = "String" if _other_type(part) else ""
                rows, key = self._with_related(part.place.to), self._key(part, part.place.link.keys, "", type)
                yield Const(self.lookups[part.place.to], self._use(helper, rows, key))

    def _with_related(self, to: str) -> Expression:
        """The rows of a query, each with what hangs on it."""
        rows, hanging = Name(self.rows[to]), list(children(self.parts, to))
        if not hanging:
            return rows
        return method(rows, "map", Arrow(("row",), self._grown(_ROW, (), hanging)))

    def _grown(self, row: Expression, owner: Path, hanging: Sequence[Part]) -> Expression:
        """An object of a row with what hangs on it and on the objects inside of it."""
        entries: list[tuple[str, Expression] | Spread] = [Spread(row)]
        entries += [(part.place.name, self._found(part)) for part in hanging if part.place.owner == owner]
        for name in dict.fromkeys(part.place.owner[0] for part in hanging if part.place.owner != owner):
            inside = [part for part in hanging if part.place.owner[:1] == (name,)]
            grown = self._grown(Member(row, name), (name,), inside)
            missing = may_miss(self._parent(inside[0]).place, inside[0].place.link.via)
            entries.append((name, And(Member(row, name), grown) if missing else grown))
        return Object(tuple(entries))

    def _found(self, part: Part) -> Expression:
        link = part.place.link
        key = self._member(self._parent(part), link.parent_keys, link.via, inside=True)
        return call(self.lookups[part.place.to], call("String", key) if _other_type(part) else key)

    def _key(self, part: Part, names: Sequence[str], via: str = "", type: str = "") -> Arrow:
        """How a row gives its key; ``type`` converts it."""
        key = self._member(part, names, via)
        return Arrow(("row",), call(type, key) if type else key)

    def _member(self, part: Part, names: Sequence[str], via: str = "", inside: bool = False) -> Expression:
        """``row.author.id``; ``row.author?.id`` where there may be none, and nobody has looked (``inside``)."""
        if len(names) != 1:
            raise Untranslatable(part.place.query.prefetch_path, f"its key has {len(names)} columns")
        *owner, last = path_of(part.place, names[0], via).split(".")
        row: Expression = _ROW
        for name in owner:
            row = Member(row, name)
        missing = not inside and may_miss(part.place, via)
        return Optional(row, last) if missing else Member(row, last)

    def _parent(self, part: Part) -> Part:
        return next(each for each in self.parts if each.place.to == part.place.link.parent)

    def _use(self, helper: str, *arguments: Expression) -> Call:
        """A call of a helper, imported by the first query's writer."""
        return self.parts[0].written.writer.helper(helper, *arguments)
