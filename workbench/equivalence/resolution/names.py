"""Which source each column comes from, in one pass over the common shapes of a query.

``resolve`` does to these shapes what sqlglot's ``qualify`` does, which walks a tree nine times (a test compares both
on every query of the suites). Everything else, errors too, is left to ``qualify``: USING, LATERAL, VALUES …
"""

from __future__ import annotations

from collections.abc import Collection

from sqlglot import exp

from workbench.catalog.table import Dialect
from workbench.equivalence.resolution.outputs import name_grouped_keys, name_position, named, open_positions, opened
from workbench.equivalence.resolution.scopes import (
    JOIN_PARTS,
    SELECT_PARTS,
    SET_PARTS,
    TABLE_PARTS,
    UNCOMMON,
    Scope,
    Tables,
    Uncommon,
    more_than,
    only,
)
from workbench.equivalence.walking import children


def resolve(tree: exp.Query, tables: Tables, dialect: Dialect) -> bool:
    """Resolve a tree in place; False (and a tree half done) where it has an uncommon shape."""
    reader = _Reader(tables, dialect)
    try:
        reader.query(tree, None, {})
    except Uncommon:
        return False
    return True


class _Reader:
    def __init__(self, tables: Tables, dialect: Dialect) -> None:
        self.tables, self.keeps_quoted = tables, dialect == "postgres"

    def query(self, node: exp.Expr, outer: Scope | None, ctes: Tables) -> tuple[str, ...]:
        """Resolve a query; its output names."""
        if isinstance(node, exp.Select):
            return self.select(node, outer, self.with_(node, outer, ctes))
        if isinstance(node, exp.SetOperation):
            return self.set_operation(node, outer, self.with_(node, outer, ctes))
        if type(node) is exp.Subquery and not more_than(node, ("this",)):
            return self.query(node.this, outer, ctes)
        raise Uncommon

    def with_(self, node: exp.Expr, outer: Scope | None, ctes: Tables) -> Tables:
        with_ = node.args.get("with_")
        if not with_:
            return ctes
        if with_.args.get("recursive"):
            raise Uncommon
        seen = dict(ctes)
        for cte in with_.expressions:
            alias = cte.args["alias"]
            if alias.args.get("columns") or outer is not None:
                raise Uncommon
            self.identifier(alias.this)
            seen[alias.name] = self.query(cte.this, None, seen)
        return seen

    def set_operation(self, node: exp.SetOperation, outer: Scope | None, ctes: Tables) -> tuple[str, ...]:
        only(node, SET_PARTS)
        outputs = self.query(node.this, outer, ctes)
        self.query(node.expression, outer, ctes)
        scope = Scope({}, None, outputs, ctes)
        for ordered in node.args["order"].expressions if node.args.get("order") else ():
            self.key(ordered.this, scope)
        self.inside(node, scope, ("limit", "offset"))
        return outputs

    def select(self, node: exp.Select, outer: Scope | None, ctes: Tables) -> tuple[str, ...]:
        only(node, SELECT_PARTS)
        sources: dict[str, Collection[str]] = {}
        joins = node.args.get("joins") or ()
        for holder in (*([node.args["from_"]] if node.args.get("from_") else ()), *joins):
            if type(holder) is exp.Join:
                only(holder, JOIN_PARTS)
            alias, columns = self.source(holder.this, ctes)
            if alias in sources or not alias:
                raise Uncommon
            sources[alias] = columns
        scope = Scope(sources, outer, (), ctes)
        outputs = self.outputs(node, scope)
        for join in joins:
            if join.args.get("on"):
                self.inside(join, scope, ("on",))
        self.inside(node, scope, ("where", "group", "having", "limit", "offset"))
        open_positions(node)
        self.ordering(node, Scope(sources, outer, outputs, ctes))
        return outputs

    def ordering(self, node: exp.Select, scope: Scope) -> None:
        """ORDER BY and DISTINCT ON, which see the names of the outputs."""
        distinct = node.args.get("distinct")
        if distinct:
            only(distinct, frozenset(("on",)))
            for key in distinct.args["on"].expressions if distinct.args.get("on") else ():
                self.key(key, scope)
        if node.args.get("order"):
            for ordered in node.args["order"].expressions:
                name_position(ordered, node, scope.outputs)
                self.key(ordered.this, scope)
            if node.args.get("group"):
                name_grouped_keys(node, scope.outputs)

    def source(self, node: exp.Expr, ctes: Tables) -> tuple[str, Collection[str]]:
        alias = node.args.get("alias")
        if alias is None or alias.args.get("columns") or not isinstance(alias.this, exp.Identifier):
            raise Uncommon
        self.identifier(alias.this)
        if type(node) is exp.Table and isinstance(node.this, exp.Identifier):
            only(node, TABLE_PARTS)
            self.identifier(node.this)
            name = node.this.name
            columns = ctes[name] if name in ctes else self.tables.get(name)
            if columns is None:
                raise Uncommon
            return alias.name, columns
        if type(node) is exp.Subquery and isinstance(node.this, exp.Query) and not more_than(node, TABLE_PARTS):
            if type(node.this) is exp.Subquery:
                raise Uncommon
            return alias.name, self.query(node.this, None, ctes)
        raise Uncommon

    def outputs(self, node: exp.Select, scope: Scope) -> tuple[str, ...]:
        """Resolve the select list, and give every output a name."""
        listed: list[exp.Expr] = []
        for part in (each for written in node.expressions for each in opened(written, scope)):
            self.node(part, scope)
            listed.append(named(part, len(listed)))
        node.set("expressions", listed)
        for part in listed:
            self.identifier(part.args["alias"].this if type(part) is exp.Subquery else part.args["alias"])
        return tuple(part.alias for part in listed)

    def inside(self, node: exp.Expr, scope: Scope, parts: tuple[str, ...] = ()) -> None:
        below = [node.args[part] for part in parts if node.args.get(part)] if parts else list(children(node))
        for child in below:
            self.node(child, scope)

    def node(self, node: exp.Expr, scope: Scope) -> None:
        kind = type(node)
        if kind is exp.Column:
            self.column(node, scope)
        elif kind is exp.Identifier:
            if isinstance(node.parent, exp.Func):
                raise Uncommon
            self.identifier(node)
        elif isinstance(node, exp.Query):
            self.nested(node, scope)
        elif kind is exp.Count and type(node.this) is exp.Star and not more_than(node, ("this", "big_int")):
            if node.this.args.get("except_") or node.this.args.get("replace"):
                raise Uncommon
        elif kind in UNCOMMON:
            raise Uncommon
        else:
            for child in children(node):
                self.node(child, scope)

    def nested(self, node: exp.Expr, scope: Scope) -> None:
        """A subquery of an expression sees the sources around it."""
        if type(node) is exp.Subquery:
            if type(node.this) not in (exp.Select, exp.Union, exp.Except, exp.Intersect) or more_than(
                node, TABLE_PARTS
            ):
                raise Uncommon
            if node.args.get("alias"):
                self.identifier(node.args["alias"].this)
            node = node.this
        self.query(node, scope, scope.ctes)

    def key(self, node: exp.Expr, scope: Scope) -> None:
        """A key of ORDER BY or DISTINCT ON: a bare output name stays as it is."""
        if type(node) is exp.Literal and not node.is_string:
            raise Uncommon
        if type(node) is exp.Column and not node.args.get("table") and type(node.this) is exp.Identifier:
            self.identifier(node.this)
            if node.this.name in scope.outputs:
                if scope.outputs.count(node.this.name) != 1:
                    raise Uncommon
                return
        self.node(node, scope)

    def column(self, node: exp.Expr, scope: Scope) -> None:
        name, qualifier = node.args["this"], node.args.get("table")
        if type(name) is not exp.Identifier or more_than(node, ("this", "table")):
            raise Uncommon
        self.identifier(name)
        found: Scope | None = scope
        if qualifier is not None:
            self.identifier(qualifier)
            while found is not None and qualifier.name not in found.sources:
                found = found.outer
            if found is None or name.name not in found.sources[qualifier.name]:
                raise Uncommon
            return
        while found is not None:
            owners = [alias for alias, columns in found.sources.items() if name.name in columns]
            if len(owners) > 1 or (not owners and name.name in found.outputs):
                raise Uncommon
            if owners:
                node.set("table", exp.Identifier(this=owners[0], quoted=True))
                return
            found = found.outer
        raise Uncommon

    def identifier(self, node: exp.Expr) -> None:
        if not (self.keeps_quoted and node.args.get("quoted")):
            node.args["this"] = node.this.lower()
        node.args["quoted"] = True
