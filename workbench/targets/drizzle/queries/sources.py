"""FROM: every source gets its name before anything that refers to it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries.scalars import Node
from workbench.targets.drizzle.queries.terms import Scope, Source, Term, Untranslatable
from workbench.targets.typescript import Const, Literal, Member, Name, call, method

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module


def bind(m: Module, node: exp.Select, scope: Scope) -> None:
    """The tables and subqueries of FROM and its joins."""
    origin = node.args.get("from_") or node.args.get("from")
    if origin is None:
        return
    _bind(m, origin.this, scope, False)
    for join in node.args.get("joins") or []:
        if join.side not in ("", "LEFT") or join.kind not in ("", "INNER", "OUTER", "CROSS") or join.args.get("using"):
            raise Untranslatable(join.sql("postgres"), "Django's ORM writes no such join")
        _whole(join)
        _bind(m, join.this, scope, join.side == "LEFT")


_KNOWN = {exp.Table: ("this", "alias"), exp.Subquery: ("this", "alias"), exp.Join: ("this", "on", "side", "kind")}


def _whole(node: Node) -> None:
    """Untranslatable where a source says more than its name: a sample, a schema, a list of columns."""
    alias = node.args.get("alias")
    extra = [key for key, value in node.args.items() if value and key not in _KNOWN.get(type(node), ())]
    if extra or (alias is not None and alias.args.get("columns")):
        part = extra[0].upper() if extra else "COLUMNS"
        raise Untranslatable(node.sql("postgres"), f"this source's {part} has no form here")


def _bind(m: Module, node: Node, scope: Scope, nullable: bool) -> None:
    _whole(node)
    alias = node.alias_or_name
    if isinstance(node, exp.Subquery):
        scope.sources[alias] = _derived(m, node, scope, nullable)
        return
    if not isinstance(node, exp.Table) or node.name not in m.w.catalog:
        raise Untranslatable(node.sql("postgres"), "this is no table of the project's models")
    table = m.w.catalog.table(node.name)
    plain = not _in_use(m, scope, table.name)
    schema_name = m.w.schema(m.w.names.table(table.name))
    code = schema_name if plain else _alias(m, schema_name, table.name, alias)
    columns = m.w.columns(table, code)
    m.w.learn(alias, table, columns)
    scope.sources[alias] = Source(alias, code, columns, table, nullable)


def _in_use(m: Module, scope: Scope | None, table: str) -> bool:
    bare = m.w.names.table(table)
    while scope is not None:
        if any(source.code.text == bare for source in scope.sources.values()):
            return True
        scope = scope.parent
    return False


def _alias(m: Module, schema_name: Name, table: str, alias: str) -> Name:
    """A second use of a table goes by the relation that leads to it."""
    source = next((s for s in m.w.query.sources if (s.alias, s.table) == (alias, table)), None)
    wanted = source.path if source and source.path else f"other_{schema_name.text}"
    name = m.w.fresh(wanted)
    code = call(m.w.use(m.w.forms.core, "alias").text, schema_name, Literal(_snake(name)))
    m.w.aliases.append(Const(name, code))
    return Name(name)


def _derived(m: Module, node: exp.Subquery, scope: Scope, nullable: bool) -> Source:
    built = m.subselect(node.this, scope, named=True, derived=True)
    name = m.w.fresh(node.alias or "part")
    m.w.locals.append(Const(name, method(built.code, "as", Literal(_snake(name)))))
    columns = {}
    for term, path, column in zip(built.terms, built.paths, built.names, strict=True):
        columns[column] = Term(
            Member(Name(name), path), term.type, term.value_type, term.column, term.choices, kind=term.kind
        )
    return Source(node.alias, Name(name), columns, None, nullable)


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
