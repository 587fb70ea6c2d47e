"""The hand-written half of the migration: what drizzle-kit cannot express, as SQL to run before and after its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlglot import exp

from workbench.catalog.table import Catalog, Check, Column, Dialect, Exclusion, ForeignKey, Index, Key, Table
from workbench.diagnostic import Origin
from workbench.targets.drizzle.keys import kit_can_carry, part_sql
from workbench.targets.drizzle.sqlite_tables import needs_rebuild, rebuilt
from workbench.targets.rendering import Artifact, Rendering

BEFORE = "drizzle/0000_django_before.sql"
AFTER = "drizzle/0002_django_parity.sql"  # drizzle-kit's own migration stands between the two

BREAKPOINT = "--> statement-breakpoint"  # how drizzle-kit separates the statements of a file


def render_supplement(catalog: Catalog, before: Sequence[str] = ()) -> Rendering:
    """The two migrations, each only where it has statements."""
    rules = _RULES[catalog.dialect]
    after = [(text, table.origin) for table in catalog.tables for rule in rules for text in rule(table)]
    after += [(text.strip().removesuffix(";"), None) for text in catalog.others]
    files = [_file(BEFORE, [(statement, None) for statement in before])] if before else []
    if after:
        files.append(_file(AFTER, after))
    return Rendering(tuple(files))


def before_statements(rendering: Rendering) -> tuple[str, ...]:
    """What to run before drizzle-kit's migration."""
    return _statements(rendering, BEFORE)


def after_statements(rendering: Rendering) -> tuple[str, ...]:
    """What to run after drizzle-kit's migration."""
    return _statements(rendering, AFTER)


def _file(path: str, statements: Sequence[tuple[str, Origin | None]]) -> Artifact:
    lines: list[str] = []
    origins: dict[int, Origin] = {}
    for number, (statement, origin) in enumerate(statements):
        if number:
            lines.append(BREAKPOINT)
        for line in f"{statement};".split("\n"):
            lines.append(line)
            if origin:
                origins[len(lines)] = origin
    return Artifact(path, "sql", "\n".join(lines) + "\n", origins)


def _statements(rendering: Rendering, path: str) -> tuple[str, ...]:
    found = [artifact.text for artifact in rendering.artifacts if artifact.path == path]
    return tuple(part.strip().removesuffix(";") for text in found for part in text.split(BREAKPOINT))


def _name(name: str | None) -> str:
    return exp.to_identifier(name or "", quoted=True).sql("postgres")


def _text(value: str) -> str:
    return exp.Literal.string(value).sql("postgres")


def _list(names: Sequence[str]) -> str:
    return ", ".join(_name(name) for name in names)


def _alter(table: Table, action: str) -> str:
    return f"ALTER TABLE {_name(table.name)} {action}"


def _collations(table: Table) -> Iterator[str]:
    """Before keys and indexes are made again: PostgreSQL rebuilds those that exist."""
    for column in table.columns:
        if column.collation is not None:
            type_ = f"{column.type} COLLATE {_name(column.collation)}"
            yield _alter(table, f"ALTER COLUMN {_name(column.name)} SET DATA TYPE {type_}")


def _deferred_foreign_keys(table: Table) -> Iterator[str]:
    for key in table.foreign_keys:
        if key.deferrable:
            yield _alter(table, f"ALTER CONSTRAINT {_name(key.name)}{_deferral(key)}")


def _deferral(item: Key | ForeignKey | Exclusion) -> str:
    words = {None: "", "deferred": " DEFERRABLE INITIALLY DEFERRED", "immediate": " DEFERRABLE INITIALLY IMMEDIATE"}
    return words[item.deferrable]


def _special_uniques(table: Table) -> Iterator[str]:
    """A unique constraint cannot be altered: it is made again."""
    for key in table.uniques:
        if key.deferrable or key.include:
            yield _alter(table, f"DROP CONSTRAINT {_name(key.name)}")
            yield _alter(table, f"ADD CONSTRAINT {_name(key.name)} UNIQUE{_unique_body(key)}")


def _unique_body(key: Key) -> str:
    nulls = "" if key.nulls_distinct else " NULLS NOT DISTINCT"
    include = f" INCLUDE ({_list(key.include)})" if key.include else ""
    return f"{nulls} ({_list(key.columns)}){include}{_deferral(key)}"


def _checks(table: Table) -> Iterator[str]:
    for check in table.checks:
        if not kit_can_carry(check):
            yield _alter(table, f"ADD {_constraint(check)}CHECK ({check.expression})")


def _constraint(check: Check) -> str:
    return f"CONSTRAINT {_name(check.name)} " if check.name else ""


def _exclusions(table: Table) -> Iterator[str]:
    for item in table.exclusions:
        elements = ", ".join(f"{expression} WITH {operator}" for expression, operator in item.elements)
        include = f" INCLUDE ({_list(item.include)})" if item.include else ""
        where = f" WHERE ({item.condition})" if item.condition else ""
        body = f"EXCLUDE USING {item.method} ({elements}){include}{where}{_deferral(item)}"
        yield _alter(table, f"ADD CONSTRAINT {_name(item.name)} {body}")


def _special_indexes(table: Table) -> Iterator[str]:
    """An index that drizzle-kit makes without something it has no word for is made again."""
    for index in table.indexes:
        carried = kit_can_carry(index)
        if carried and not _needs_more(index):
            continue
        if carried:
            yield f"DROP INDEX {_name(index.name)}"
        yield index_sql(table.name, index)


def _needs_more(index: Index) -> bool:
    return bool(index.include) or not index.nulls_distinct or index.tablespace is not None


def index_sql(table: str, index: Index, dialect: Dialect = "postgres") -> str:
    """CREATE INDEX with everything the catalog knows of it."""
    unique = "UNIQUE " if index.unique else ""
    parts = ", ".join(part_sql(part) for part in index.parts)
    clauses = [
        f" INCLUDE ({_list(index.include)})" if index.include else "",
        "" if index.nulls_distinct else " NULLS NOT DISTINCT",
        f" WITH ({', '.join(index.options)})" if index.options else "",
        f" TABLESPACE {_name(index.tablespace)}" if index.tablespace else "",
        f" WHERE {index.condition}" if index.condition else "",
    ]
    using = f" USING {index.method}" if dialect == "postgres" else ""
    head = f"CREATE {unique}INDEX {_name(index.name)} ON {_name(table)}{using} ({parts})"
    return head + "".join(clauses)


def _comments(table: Table) -> Iterator[str]:
    if table.comment:
        yield f"COMMENT ON TABLE {_name(table.name)} IS {_text(table.comment)}"
    for column in table.columns:
        if column.comment:
            yield f"COMMENT ON COLUMN {_column(table, column)} IS {_text(column.comment)}"


def _column(table: Table, column: Column) -> str:
    return f"{_name(table.name)}.{_name(column.name)}"


def _tablespaces(table: Table) -> Iterator[str]:
    if table.tablespace:
        yield _alter(table, f"SET TABLESPACE {_name(table.tablespace)}")


def _sqlite_tables(table: Table) -> Iterator[str]:
    """Rebuilt where drizzle-kit's table is not enough; its indexes went with it."""
    again = needs_rebuild(table)
    if again:
        yield from rebuilt(table)
    for index in table.indexes:
        if again or not kit_can_carry(index, "sqlite"):
            yield index_sql(table.name, index, "sqlite")


_RULES: dict[Dialect, tuple[Callable[[Table], Iterator[str]], ...]] = {
    "postgres": (
        _collations,
        _deferred_foreign_keys,
        _special_uniques,
        _checks,
        _exclusions,
        _special_indexes,
        _comments,
        _tablespaces,
    ),
    "sqlite": (_sqlite_tables,),
}
