"""``relations()`` of every table: the joins that Drizzle's relational queries follow, under Django's names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.inspection.records import FieldRecord, ModelRecord
from workbench.targets.drizzle.names import SchemaNames, foreign_keys_of, relations_of
from workbench.targets.typescript import Array, Arrow, Const, Expression, Literal, Member, Name, Object, call


@dataclass(frozen=True)
class _Link:
    """A foreign key between two rendered tables."""

    source: ModelRecord
    target: ModelRecord
    field: FieldRecord


def render_relations(models: Sequence[ModelRecord], names: SchemaNames) -> list[Const]:
    """One ``relations()`` for each table that has any, in the order of the models."""
    links = _links(models)
    pairs = Counter(frozenset((link.source.table, link.target.table)) for link in links)
    statements = []
    for model in models:
        entries = [_forward(link, names, pairs) for link in links if link.source is model]
        entries += [_reverse(link, names, pairs) for link in links if link.target is model]
        if entries:
            statements.append(_relations(names.table(model.table), entries))
    return statements


def _links(models: Sequence[ModelRecord]) -> list[_Link]:
    by_label = {model.label: model for model in models}
    found = []
    for model in models:
        for field, target in foreign_keys_of(model):
            if target in by_label and field.column is not None:
                found.append(_Link(model, by_label[target], field))
    return found


def _relations(table: str, entries: list[tuple[str, Expression]]) -> Const:
    words = sorted({"one" if _calls_one(value) else "many" for _, value in entries}, reverse=True)
    body = Object(tuple(entries))
    arrow = Arrow((f"{{ {', '.join(words)} }}",), body)
    return Const(relations_of(table), call("relations", Name(table), arrow), exported=True)


def _calls_one(value: Expression) -> bool:
    return getattr(getattr(value, "callee", None), "text", "") == "one"


def _forward(link: _Link, names: SchemaNames, pairs: Counter[frozenset[str]]) -> tuple[str, Expression]:
    own, other = names.table(link.source.table), names.table(link.target.table)
    entries: list[tuple[str, Expression]] = [
        ("fields", Array((Member(Name(own), names.column(link.source.table, str(link.field.column))),))),
        ("references", Array((Member(Name(other), names.column(link.target.table, _target_column(link))),))),
        *_relation_name(link, names, pairs),
    ]
    name = names.relation(link.source.label, link.field.name)
    return name, call("one", Name(other), Object(tuple(entries)))


def _reverse(link: _Link, names: SchemaNames, pairs: Counter[frozenset[str]]) -> tuple[str, Expression]:
    """Django's reverse accessor.

    A one-to-one reverse is ``one(…)``; where two tables are linked more than once it is ``many(…)`` with at most one
    row, because Drizzle takes a name for ``one`` only together with fields, and then types the row as never missing.
    """
    own, named = names.table(link.source.table), _relation_name(link, names, pairs)
    single = not named and link.field.relation is not None and link.field.relation.kind == "o2o"
    options = (Object(tuple(named)),) if named else ()
    name = names.reverse(link.source.label, link.field.name)
    return name, call("one" if single else "many", Name(own), *options)


def _target_column(link: _Link) -> str:
    wanted = link.field.relation.to_field if link.field.relation else None
    for field in link.target.fields:
        if field.column is not None and (field.name == wanted or (wanted is None and field.primary_key)):
            return field.column
    raise KeyError(f"{link.target.label} has no column for {link.source.label}.{link.field.name}")


def _relation_name(link: _Link, names: SchemaNames, pairs: Counter[frozenset[str]]) -> list[tuple[str, Expression]]:
    """Drizzle has to be told which two ends belong together where two tables are linked more than once."""
    if pairs[frozenset((link.source.table, link.target.table))] == 1 and link.source is not link.target:
        return []
    return [("relationName", Literal(f"{names.table(link.source.table)}_{link.field.name}"))]
