"""A query as a chain of Drizzle's query builder, clause by clause in the order of the text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from sqlglot import exp

from workbench.targets.drizzle.queries import (
    aggregates,
    arrays,
    calls,
    clauses,
    combining,
    conditions,
    decoding,
    memberships,
    moments,
    operations,
    scalars,
    selection,
    sources,
)
from workbench.targets.drizzle.queries.constants import MISSING, type_of, value_of
from workbench.targets.drizzle.queries.guard import checked
from workbench.targets.drizzle.queries.scalars import Node
from workbench.targets.drizzle.queries.selection import Selection
from workbench.targets.drizzle.queries.terms import Built, Item, Place, Scope, Term, Untranslatable
from workbench.targets.drizzle.queries.unsupported import UNSUPPORTED
from workbench.targets.drizzle.queries.writer import Writer
from workbench.targets.drizzle.words import words
from workbench.targets.typescript import Expression, Literal, method

_READ = words("expressions from_ from joins where group having order limit offset distinct kind locks")


@dataclass(frozen=True)
class Module:
    """The writer, and the ways into the other modules of this room (they call each other)."""

    w: Writer
    scalars = {
        **scalars.WRITERS,
        **calls.WRITERS,
        **operations.WRITERS,
        **moments.WRITERS,
        **arrays.WRITERS,
        **aggregates.WRITERS,
    }
    conditions = {**conditions.WRITERS, **memberships.WRITERS}
    unsupported = UNSUPPORTED

    def condition(self, node: Node, scope: Scope) -> Expression:
        """A node as a condition."""
        return conditions.certain(conditions.condition(self, node, scope))

    def membership(self, node: Node, scope: Scope, name: str) -> Expression:
        """An IN by the name of Drizzle's function."""
        return memberships.membership(self, node, scope, name)

    def compared(self, node: Node, left: Term, scope: Scope) -> Expression:
        """The right side of a comparison with ``left``."""
        return memberships.compared(self, node, left, scope)

    def ordered(self, node: Node, scope: Scope, items: list[Item] | None = None) -> Expression:
        """One ORDER BY term; ``items`` are the outputs that a number or a name may mean."""
        assert isinstance(node, exp.Ordered)
        checked(node)
        return self.directed(node, clauses.key(self, node.this, scope, items or []))

    def directed(self, node: exp.Ordered, code: Expression) -> Expression:
        """``desc(code)``, with the place of NULLs where it is not PostgreSQL's own."""
        descending, first = bool(node.args.get("desc")), bool(node.args.get("nulls_first"))
        written: Expression = self.w.drizzle("desc" if descending else "asc", code)
        if first == descending:  # PostgreSQL takes NULL for the largest value
            return written
        return self.w.helper("nullsFirst" if first else "nullsLast", written)

    def grouped(self, node: Node, term: Term, scope: Scope) -> Term:
        """A term that is a GROUP BY key with constants: as parameters they would make it another expression."""
        if not scope.constant_keys or self.text(node) not in scope.constant_keys:
            return term
        return replace(term, code=method(term.code, "inlineParams"))

    def decoded(self, item: Item, scope: Scope) -> Term:
        """An output with the value that Django's field decodes to."""
        return decoding.decoded(self, item, scope)

    def combinable(self, node: exp.SetOperation) -> None:
        """Untranslatable where Drizzle would print the parts of a set operation in another order."""

    def text(self, node: Node) -> str:
        """The node with its parameters' values in place: equal texts are equal expressions."""
        values = self.w.query.parameters
        return re.sub(r"\$(\d+)", lambda found: json.dumps(values[int(found[1]) - 1]), node.sql("postgres"))

    def type_of(self, node: Node, scope: Scope) -> str:
        """PostgreSQL's type of an expression; "" where it is not known."""
        value = value_of(self.w, node)
        return scalars.scalar(self, node, scope).type if value is MISSING else type_of(value)

    def statement(self, node: Node) -> Built:
        """The whole query."""
        node = clauses.inside(node)
        if isinstance(node, exp.SetOperation):
            return combining.combined(self, node, Scope(), Place(outermost=True))
        return self.select(node, Scope(), Place(outermost=True))

    def subselect(self, node: Node, scope: Scope, named: bool = False, derived: bool = False) -> Built:
        """A query inside another. One in FROM (``derived``) sees what is around its query, not what is beside it."""
        node = clauses.inside(node)
        inner = Scope(scope.parent if derived else scope)
        if isinstance(node, exp.SetOperation):
            return combining.combined(self, node, inner, Place(named=True))
        return self.select(node, inner, Place(named=named))

    def select(self, node: Node, scope: Scope, place: Place) -> Built:
        """One SELECT."""
        if not isinstance(node, exp.Select):
            raise Untranslatable(node.sql("postgres"), f"{type(node).__name__} is no SELECT")
        clauses.only(node, *_READ)
        sources.bind(self, node, scope)
        clauses.learn_keys(self, node, scope)
        items = self._items(node, scope, place)
        chosen = self._chosen(node, items, scope, place)
        code = clauses.start(self, node, chosen, scope, items)
        for step in clauses.STEPS:
            code = step(self, code, node, scope, items)
        names = chosen.names or tuple(item.name for item in items)
        return Built(code, chosen.terms, chosen.paths, names, chosen.code)

    def _items(self, node: exp.Select, scope: Scope, place: Place) -> list[Item]:
        outputs = self.w.query.outputs if place.outermost else ()
        if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Star):
            names = [name for source in scope.sources.values() for name in source.columns]
            columns = [exp.column(name, quoted=True) for name in names]
            return [Item(c, c.name, outputs[i] if i < len(outputs) else None) for i, c in enumerate(columns)]
        return selection.items_of(node, outputs)

    def _chosen(self, node: exp.Select, items: list[Item], scope: Scope, place: Place) -> Selection:
        if not place.outermost:
            return selection.inner(self, items, scope, place)
        if place.part:
            return selection.flat(self, items, scope, place.keys)
        return selection.outermost(self, items, scope, bool(node.args.get("joins")))

    def count(self, code: Expression, node: Node, clause: str) -> Expression:
        """``limit`` or ``offset``."""
        part = node.args.get(clause)
        if part is None:
            return code
        value = value_of(self.w, part.expression) if isinstance(part, (exp.Limit, exp.Offset)) else None
        if not isinstance(value, int) or isinstance(value, bool):
            raise Untranslatable(part.sql("postgres"), "not a whole number")
        return method(code, clause, Literal(value))
