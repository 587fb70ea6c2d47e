"""A SELECT statement as a chain of Drizzle's query builder, clause by clause in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from workbench.targets.drizzle.queries import conditions, selection
from workbench.targets.drizzle.queries.constants import value_of
from workbench.targets.drizzle.queries.guard import checked
from workbench.targets.drizzle.queries.scalars import Node, scalar
from workbench.targets.drizzle.queries.selection import Item, Selection
from workbench.targets.drizzle.queries.terms import Scope, Source, Term, Untranslatable, Writer
from workbench.targets.typescript import Array, Const, Expression, Literal, Member, Name, call, method


@dataclass(frozen=True)
class Built:
    """A query's chain, its outputs' terms and their paths in a row."""

    code: Expression
    terms: tuple[Term, ...]
    paths: tuple[str, ...]
    names: tuple[str, ...] = ()


_READ = {
    "expressions",
    "from_",
    "from",
    "joins",
    "where",
    "group",
    "having",
    "order",
    "limit",
    "offset",
    "distinct",
    "kind",
}


@dataclass(frozen=True)
class Module:
    """The writer, and the ways into the other modules of this room (they call each other)."""

    w: Writer
    conditions = conditions.WRITERS

    def condition(self, node: Node, scope: Scope) -> Expression:
        """A node as a condition."""
        return conditions.certain(conditions.condition(self, node, scope))

    def ordered(self, node: Node, scope: Scope, items: list[Item] | None = None) -> Expression:
        """One ORDER BY term; ``items`` are the outputs that a number or a name may mean."""
        assert isinstance(node, exp.Ordered)
        checked(node)
        code = self._key(node.this, scope, items or [])
        descending, first = bool(node.args.get("desc")), bool(node.args.get("nulls_first"))
        written: Expression = self.w.drizzle("desc" if descending else "asc", code)
        if first == descending:  # PostgreSQL takes NULL for the largest value
            return written
        return self.w.helper("nullsFirst" if first else "nullsLast", written)

    def _key(self, node: Node, scope: Scope, items: list[Item]) -> Expression:
        """A GROUP BY or ORDER BY key: an output by number or name is written again unless it holds parameters."""
        while isinstance(node, exp.Paren):
            node = node.this
        index = _ordinal(node, items, scope)
        if index is None:
            return scalar(self, node, scope).code
        if items[index].node.find(exp.Parameter, exp.Literal, exp.Boolean, exp.Null) is not None:
            return self.w.helper("position", Literal(index + 1))
        return scalar(self, items[index].node, scope).code

    def statement(self, node: Node) -> Built:
        """The whole query."""
        if isinstance(node, exp.SetOperation):
            return self._combined(node)
        return self._select(node, Scope(), outermost=True)

    def subselect(self, node: Node, scope: Scope, named: bool = False, derived: bool = False) -> Built:
        """A query inside another. One in FROM (``derived``) sees what is around its query, not what is beside it."""
        if isinstance(node, exp.SetOperation):
            raise Untranslatable(node.key.upper(), "a set operation inside another query has no form here")
        return self._select(node, Scope(scope.parent if derived else scope), named=named)

    def _combined(self, node: exp.SetOperation, keys: tuple[str, ...] = ()) -> Built:
        left = self._branch(node.this, keys)
        right = self._branch(node.expression, keys or left.paths)
        name = node.key + ("" if node.args.get("distinct") else "All")
        code: Expression = call(self.w.use("drizzle-orm/pg-core", name).text, left.code, right.code)
        items = [Item(exp.Null(), key, None) for key in left.names]
        for step in (self._set_order, self._limit, self._offset):
            code = step(code, node, Scope(), items)
        return Built(code, left.terms, left.paths, left.names)

    def _branch(self, node: Node, keys: tuple[str, ...]) -> Built:
        while isinstance(node, (exp.Subquery, exp.Paren)):
            node = node.this
        return (
            self._combined(node, keys)
            if isinstance(node, exp.SetOperation)
            else self._select(node, Scope(), True, keys=keys or None, set_part=True)
        )

    def _set_order(self, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
        order = node.args.get("order")
        if order is None:
            return code
        terms = []
        for part in order.expressions:
            index = _ordinal(_open(part.this), items, scope)
            if index is None:
                raise Untranslatable(part.sql("postgres"), "a set operation is ordered by its outputs only")
            name = "desc" if part.args.get("desc") else "asc"
            written: Expression = self.w.drizzle(name, self.w.helper("position", Literal(index + 1)))
            first = bool(part.args.get("nulls_first"))
            if first != bool(part.args.get("desc")):
                written = self.w.helper("nullsFirst" if first else "nullsLast", written)
            terms.append(written)
        return method(code, "orderBy", *terms)

    def _select(
        self,
        node: Node,
        scope: Scope,
        outermost: bool = False,
        named: bool = False,
        keys: tuple[str, ...] | None = None,
        set_part: bool = False,
    ) -> Built:
        if not isinstance(node, exp.Select):
            raise Untranslatable(node.sql("postgres"), f"{type(node).__name__} is no SELECT")
        extra = [key for key, value in node.args.items() if value and key not in _READ]
        if extra:
            raise Untranslatable(node.sql("postgres")[:80], f"its {extra[0].upper()} clause has no form here")
        self._bind(node, scope)
        items = self._items(node, scope, outermost)
        chosen = self._chosen(node, items, scope, outermost, named, keys, set_part)
        code = self._start(node, chosen, scope, items)
        for step in (self._from, self._where, self._group, self._having, self._order, self._limit, self._offset):
            code = step(code, node, scope, items)
        return Built(code, chosen.terms, chosen.paths, chosen.names or tuple(item.name for item in items))

    def _items(self, node: exp.Select, scope: Scope, outermost: bool) -> list[Item]:
        outputs = self.w.query.outputs if outermost else ()
        if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Star):
            names = [name for source in scope.sources.values() for name in source.columns]
            columns = [exp.column(name, quoted=True) for name in names]
            return [Item(c, c.name, outputs[i] if i < len(outputs) else None) for i, c in enumerate(columns)]
        return selection.items_of(node, outputs)

    def _chosen(
        self,
        node: exp.Select,
        items: list[Item],
        scope: Scope,
        outermost: bool,
        named: bool,
        keys: tuple[str, ...] | None,
        set_part: bool,
    ) -> Selection:
        if not outermost:
            return selection.inner(self, items, scope, named)
        if set_part:
            return selection.flat(self, items, scope, keys or ())
        return selection.outermost(self, items, scope, bool(node.args.get("joins")))

    def _start(self, node: exp.Select, chosen: Selection, scope: Scope, items: list[Item]) -> Expression:
        arguments = [chosen.code] if chosen.code is not None else []
        distinct = node.args.get("distinct")
        if distinct is None:
            return method(Name("db"), "select", *arguments)
        if distinct.args.get("on") is None:
            return method(Name("db"), "selectDistinct", *arguments)
        on = distinct.args["on"]
        parts = on.expressions if isinstance(on, exp.Tuple) else [_open(on)]
        keys = Array(tuple(scalar(self, part, scope).code for part in parts))
        return method(Name("db"), "selectDistinctOn", keys, *arguments)

    def _bind(self, node: exp.Select, scope: Scope) -> None:
        """Every source of FROM gets its name before anything that refers to it is written."""
        origin = node.args.get("from_") or node.args.get("from")
        if origin is None:
            raise Untranslatable(node.sql("postgres")[:80], "a SELECT without FROM has no Drizzle form")
        self._bind_source(origin.this, scope, False)
        for join in node.args.get("joins") or []:
            if join.side not in ("", "LEFT") or join.kind not in ("", "INNER", "OUTER", "CROSS"):
                raise Untranslatable(join.sql("postgres"), "Django's ORM writes no such join")
            self._bind_source(join.this, scope, join.side == "LEFT")

    def _bind_source(self, node: Node, scope: Scope, nullable: bool) -> None:
        alias = node.alias_or_name
        if isinstance(node, exp.Subquery):
            scope.sources[alias] = self._derived(node, scope, nullable)
            return
        if not isinstance(node, exp.Table) or node.name not in self.w.catalog:
            raise Untranslatable(node.sql("postgres"), "this is no table of the project's models")
        table = self.w.catalog.table(node.name)
        plain = not self._in_use(scope, table.name)
        schema_name = self.w.schema(self.w.names.table(table.name))
        code = schema_name if plain else self._alias(schema_name, table.name, alias)
        scope.sources[alias] = Source(alias, code, self.w.columns(table, code), table, nullable)

    def _in_use(self, scope: Scope | None, table: str) -> bool:
        bare = self.w.names.table(table)
        while scope is not None:
            if any(source.code.text == bare for source in scope.sources.values()):
                return True
            scope = scope.parent
        return False

    def _alias(self, schema_name: Name, table: str, alias: str) -> Name:
        """A second use of a table goes by the relation that leads to it."""
        source = next((s for s in self.w.query.sources if (s.alias, s.table) == (alias, table)), None)
        wanted = source.path if source and source.path else f"other_{schema_name.text}"
        name = self.w.fresh(wanted)
        code = call(self.w.use("drizzle-orm/pg-core", "alias").text, schema_name, Literal(_snake(name)))
        self.w.aliases.append(Const(name, code))
        return Name(name)

    def _derived(self, node: exp.Subquery, scope: Scope, nullable: bool) -> Source:
        built = self.subselect(node.this, scope, named=True, derived=True)
        name = self.w.fresh(node.alias)
        self.w.locals.append(Const(name, method(built.code, "as", Literal(_snake(name)))))
        columns = {}
        for term, path, column in zip(built.terms, built.paths, built.names, strict=True):
            columns[column] = Term(Member(Name(name), path), term.type, term.value_type, term.column, term.choices)
        return Source(node.alias, Name(name), columns, None, nullable)

    def _from(self, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
        first, *_ = scope.sources.values()
        code = method(code, "from", first.code)
        for join in node.args.get("joins") or []:
            source = scope.sources[join.this.alias_or_name]
            on = join.args.get("on")
            if on is None:
                code = method(code, "crossJoin", source.code)
                continue
            name = "leftJoin" if join.side == "LEFT" else "innerJoin"
            code = method(code, name, source.code, conditions.condition(self, on, scope))
        return code

    def _where(self, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
        where = node.args.get("where")
        return code if where is None else method(code, "where", conditions.condition(self, where.this, scope))

    def _group(self, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
        group = node.args.get("group")
        if group is None:
            return code
        return method(code, "groupBy", *(self._key(part, scope, items) for part in group.expressions))

    def _having(self, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
        having = node.args.get("having")
        return code if having is None else method(code, "having", conditions.condition(self, having.this, scope))

    def _order(self, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
        order = node.args.get("order")
        if order is None:
            return code
        return method(code, "orderBy", *(self.ordered(part, scope, items) for part in order.expressions))

    def _limit(self, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
        return self._count(code, node, "limit")

    def _offset(self, code: Expression, node: Node, scope: Scope, items: list[Item]) -> Expression:
        return self._count(code, node, "offset")

    def _count(self, code: Expression, node: Node, clause: str) -> Expression:
        part = node.args.get(clause)
        if part is None:
            return code
        value = value_of(self.w, part.expression)
        if not isinstance(value, int):
            raise Untranslatable(part.sql("postgres"), "not a whole number")
        return method(code, clause, Literal(value))


def _open(node: Node) -> Node:
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _ordinal(node: Node, items: list[Item], scope: Scope) -> int | None:
    """The index of the output that a key means: by number, or by a name that no source in scope has."""
    if isinstance(node, exp.Literal) and node.is_int:
        return int(node.this) - 1
    if isinstance(node, exp.Column) and not node.table:
        known = any(node.name in source.columns for source in scope.sources.values())
        return None if known else next((i for i, item in enumerate(items) if item.name == node.name), None)
    return None


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
