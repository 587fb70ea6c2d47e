"""Gives every source of a query an alias of its own, so that rules can move parts without capture."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from workbench.equivalence.walking import children


def unique_aliases(tree: exp.Query) -> None:
    """Rename every FROM source to q1, q2 … and the columns that name it, by lexical scope; in place."""
    _Renamer().query(tree, {}, frozenset())


def _within(source: exp.Expr) -> Iterator[exp.Expr]:
    """The sources whose names a source brings along: those of a join in parentheses, else itself."""
    inner = source.this if isinstance(source, exp.Subquery) else None
    if isinstance(inner, (exp.Table, exp.Subquery)):
        yield from _within(inner)
    else:
        yield source
    for join in source.args.get("joins") or ():
        yield from _within(join.this)


class _Renamer:
    def __init__(self) -> None:
        self.count = 0

    def query(self, query: exp.Expr, outer: dict[str, str], ctes: frozenset[str]) -> None:
        with_ = query.args.get("with_")
        if with_:
            if with_.args.get("recursive"):
                ctes |= {cte.alias for cte in with_.expressions}
            for cte in with_.expressions:  # without RECURSIVE a CTE sees only those before it
                self.query(cte.this, outer, ctes)
                ctes |= {cte.alias}
        if isinstance(query, exp.Select):
            self.select(query, outer, ctes)
        else:
            self.inside(query, outer, ctes, skip=with_)

    def select(self, select: exp.Select, outer: dict[str, str], ctes: frozenset[str]) -> None:
        sources = [select.args["from_"].this] if select.args.get("from_") else []
        sources += [join.this for join in select.args.get("joins") or ()]
        sources += list(select.args.get("laterals") or ())
        own: dict[str, str] = {}
        for source in (nested for listed in sources for nested in _within(listed)):
            if isinstance(source, exp.Table) and source.name in ctes and not source.args.get("db"):
                source.meta["cte"] = True
            written = source.alias_or_name
            own[written] = self.rename(source)
        scope = {**outer, **own}
        for child in children(select):
            if child is not select.args.get("with_"):
                self.node(child, scope, ctes)

    def rename(self, source: exp.Expr) -> str:
        self.count += 1
        alias = source.args.get("alias")
        name = f"q{self.count}"
        if alias is None:
            source.set("alias", exp.TableAlias(this=exp.to_identifier(name, quoted=True)))
        else:
            alias.set("this", exp.to_identifier(name, quoted=True))
        return name

    def node(self, node: exp.Expr, scope: dict[str, str], ctes: frozenset[str]) -> None:
        if isinstance(node, (exp.Select, exp.SetOperation)):
            self.query(node, scope, ctes)
            return
        if isinstance(node, exp.Column) and node.table in scope:
            node.set("table", exp.to_identifier(scope[node.table], quoted=True))
            return
        self.inside(node, scope, ctes)

    def inside(self, node: exp.Expr, scope: dict[str, str], ctes: frozenset[str], skip: exp.Expr | None = None) -> None:
        for child in children(node):
            if child is not skip:
                self.node(child, scope, ctes)
