"""The queries of a nested result, each written, and where the rows of each are put beside those they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.catalog.table import Catalog
from workbench.queries.nested.keys import parse_listed
from workbench.queries.nested.ordering import ordering
from workbench.queries.nested.places import Place
from workbench.queries.query import Output, Query
from workbench.targets.drizzle.names import SchemaNames, camel, fresh
from workbench.targets.drizzle.queries.dialects import module_of
from workbench.targets.drizzle.queries.function import FunctionForm, Written, function_of
from workbench.targets.drizzle.queries.terms import Untranslatable

Path = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One query: what was written of it, and its place."""

    place: Place
    written: Written
    form: FunctionForm


def parts_of(query: Query, catalog: Catalog, names: SchemaNames) -> list[Part]:
    """Every query of the result, those before that others hang on. Untranslatable where one has no form."""
    found: dict[str, Part] = {}
    taken: dict[tuple[str, Path], set[str]] = {}
    for each in (query, *query.prefetches):
        written = _written(each, catalog, names)
        place = Place(each.link.to if each.link else "", each, written.paths, order=ordering(each))
        if each.link:
            place = _placed(place, found[each.link.parent].place, taken)
        found[place.to] = Part(place, written, function_of(each, written, lambda q: _written(q, catalog, names)))
    return list(found.values())


def _written(query: Query, catalog: Catalog, names: SchemaNames) -> Written:
    module = module_of(query, catalog, names)
    built = module.statement(parse_listed(query))
    return Written(module.w, built.code, built.paths)


def _placed(place: Place, parent: Place, taken: dict[tuple[str, Path], set[str]]) -> Place:
    """The place with its owner, and with a name that no other property of the owner has."""
    owner = owner_of(parent, place.link.via)
    known = taken.setdefault((parent.to, owner), set(_properties(parent, owner)))
    return replace(place, owner=owner, name=fresh(camel(place.link.attribute), known))


def owner_of(parent: Place, via: str) -> Path:
    """The object of a row that holds the instance at a relation path; () the row itself."""
    if not via:
        return ()
    owners = {tuple(path.split(".")[:-1]) for path, o in _outputs(parent) if o.path == via and o.model}
    if len(owners) != 1 or owners == {()}:
        raise Untranslatable(via, "its columns are no object of their own in a row")
    return owners.pop()


def path_of(place: Place, name: str, via: str = "") -> str:
    """Where a row holds the output of that name, of the instance at a relation path."""
    for path, output in _outputs(place):
        if output.path == via and output.name == name:
            return path
    raise Untranslatable(name, "the key that the rows are put together by is not among the columns")


def may_miss(place: Place, via: str) -> bool:
    """Whether rows may have no instance at that relation path."""
    return bool(via) and all(output.nullable for _, output in _outputs(place) if output.path == via)


def children(parts: list[Part], to: str) -> Iterator[Part]:
    """Those whose rows hang on the rows of another."""
    return (part for part in parts if part.place.query.link and part.place.link.parent == to)


def _outputs(place: Place) -> Iterator[tuple[str, Output]]:
    return zip(place.paths, place.query.outputs, strict=False)


def _properties(place: Place, owner: Path) -> Iterator[str]:
    for path in place.paths:
        *before, last = path.split(".")
        yield last if tuple(before) == owner else before[0] if before else last
