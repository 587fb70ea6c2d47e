"""A PostgreSQL database (14 or later) read from its own ``pg_catalog``, every attribute as the server prints it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias

from workbench.catalog.sql_text import SqlText
from workbench.catalog.table import Catalog, Check, Column, Exclusion, ForeignKey, Index, IndexPart, Key, Table

Fetch: TypeAlias = Callable[[str], Sequence[tuple[Any, ...]]]

_TABLES = """
select c.relname, obj_description(c.oid, 'pg_class'), ts.spcname
from pg_class c left join pg_tablespace ts on ts.oid = c.reltablespace
where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
order by c.relname
"""

_COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
       case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
       a.attidentity::text,
       case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end,
       a.attgenerated::text <> 'v',
       case when a.attcollation <> t.typcollation then co.collname end,
       col_description(c.oid, a.attnum),
       s.text
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
left join pg_collation co on co.oid = a.attcollation
left join lateral (
  select format('%s start %s increment %s min %s max %s cache %s%s', sc.relname, q.seqstart, q.seqincrement, q.seqmin,
                q.seqmax, q.seqcache, case when q.seqcycle then ' cycle' else '' end) as text
  from pg_depend dep join pg_class sc on sc.oid = dep.objid join pg_sequence q on q.seqrelid = sc.oid
  where dep.refobjid = c.oid and dep.refobjsubid = a.attnum and dep.deptype in ('a', 'i')
        and dep.classid = 'pg_class'::regclass limit 1) s on true
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')
      and c.relnamespace = current_schema()::regnamespace
order by c.relname, a.attnum
"""

_NAMES_OF = """array(select att.attname::text from unnest({keys}) with ordinality k(num, place)
  join pg_attribute att on att.attrelid = {table} and att.attnum = k.num order by k.place)"""

_CONSTRAINTS = f"""
select c.relname, con.conname, con.contype::text, pg_get_constraintdef(con.oid),
       {_NAMES_OF.format(keys="con.conkey", table="con.conrelid")},
       f.relname, {_NAMES_OF.format(keys="con.confkey", table="con.confrelid")},
       con.confdeltype::text, con.confupdtype::text,
       case when con.condeferrable then case when con.condeferred then 'deferred' else 'immediate' end end,
       con.convalidated
from pg_constraint con
join pg_class c on c.oid = con.conrelid
left join pg_class f on f.oid = con.confrelid
where con.contype in ('p', 'u', 'f', 'c', 'x') and c.relnamespace = current_schema()::regnamespace
order by c.relname, con.conname
"""

_INDEXES = """
select c.relname, ic.relname, i.indisunique, am.amname, pg_get_expr(i.indpred, i.indrelid),
       pg_get_indexdef(i.indexrelid) like '%NULLS NOT DISTINCT%',
       ic.reloptions, ts.spcname, k.place, k.place <= i.indnkeyatts, i.indkey[k.place - 1] <> 0,
       coalesce((select att.attname::text from pg_attribute att
                 where att.attrelid = i.indrelid and att.attnum = i.indkey[k.place - 1] and att.attnum <> 0),
                pg_get_indexdef(i.indexrelid, k.place, false)),
       (select oc.opcname::text from pg_opclass oc where oc.oid = i.indclass[k.place - 1] and not oc.opcdefault),
       (select co.collname::text from pg_collation co
        where co.oid = i.indcollation[k.place - 1] and co.collname <> 'default'
              and co.oid is distinct from (select att.attcollation from pg_attribute att
                where att.attrelid = i.indrelid and att.attnum = i.indkey[k.place - 1])),
       coalesce((i.indoption[k.place - 1] & 1)::int::bool, false),
       coalesce((i.indoption[k.place - 1] & 2)::int::bool, false)
from pg_index i
join pg_class c on c.oid = i.indrelid
join pg_class ic on ic.oid = i.indexrelid
join pg_am am on am.oid = ic.relam
left join pg_tablespace ts on ts.oid = ic.reltablespace
cross join lateral generate_series(1, i.indnatts) k(place)
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_constraint con
                      where con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x'))
order by c.relname, ic.relname, k.place
"""

_ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_IDENTITIES: dict[str, Literal["by default", "always"] | None] = {"": None, "d": "by default", "a": "always"}


def read_database(fetch: Fetch) -> Catalog:
    """All tables of the current schema. ``fetch`` runs one SELECT and returns its rows."""
    columns, constraints, indexes = (
        _by_table(fetch(_COLUMNS)),
        _by_table(fetch(_CONSTRAINTS)),
        _by_table(fetch(_INDEXES)),
    )
    return Catalog(
        "postgres",
        tuple(
            _table(name, comment, tablespace, columns[name], constraints[name], indexes[name])
            for name, comment, tablespace in fetch(_TABLES)
        ),
    )


def _by_table(rows: Iterable[tuple[Any, ...]]) -> defaultdict[str, list[tuple[Any, ...]]]:
    tables: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for table, *row in rows:
        tables[table].append(tuple(row))
    return tables


def _table(
    name: str,
    comment: str | None,
    tablespace: str | None,
    columns: list[tuple[Any, ...]],
    constraints: list[tuple[Any, ...]],
    indexes: list[tuple[Any, ...]],
) -> Table:
    of_type: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in constraints:
        of_type[row[1]].append(row)
    return Table(
        name,
        tuple(_column(*row) for row in columns),
        next((_key(row) for row in of_type["p"]), None),
        tuple(_key(row) for row in of_type["u"]),
        tuple(_foreign_key(row) for row in of_type["f"]),
        tuple(Check(_check_text(row[2]), row[0]) for row in of_type["c"]),
        tuple(_exclusion(row) for row in of_type["x"]),
        _indexes(indexes),
        comment,
        tablespace,
    )


def _column(name: str, type_: str, nullable: bool, default: str | None, identity: str, *rest: Any) -> Column:
    generated, stored, collation, comment, sequence = rest
    return Column(
        name,
        type_,
        nullable,
        default,
        _IDENTITIES[identity],
        generated,
        stored,
        collation,
        comment,
        sequence=sequence,
    )


def _key(row: tuple[Any, ...]) -> Key:
    name, _, definition, columns, *_, deferrable, _ = row
    return Key(
        tuple(columns),
        name,
        deferrable,
        "NULLS NOT DISTINCT" not in definition,
        _included(SqlText(definition)),
    )


def _included(text: SqlText) -> tuple[str, ...]:
    text.take_until(("INCLUDE",))
    return tuple(part.take_name() for part in text.take_group().items()) if text.accept("INCLUDE") else ()


def _foreign_key(row: tuple[Any, ...]) -> ForeignKey:
    name, _, _, columns, target, target_columns, on_delete, on_update, deferrable, _ = row
    actions = _ACTIONS[on_delete], _ACTIONS[on_update]
    return ForeignKey(tuple(columns), target, tuple(target_columns), name, *actions, deferrable)


def _check_text(definition: str) -> str:
    """The server's text: ``CHECK ((price >= 0))`` without its word and outer parentheses; suffixes stay."""
    text = SqlText(definition)
    text.expect("CHECK")
    inner = str(text.take_group())
    return f"{inner} {text}".strip()


def _exclusion(row: tuple[Any, ...]) -> Exclusion:
    text = SqlText(row[2])
    text.expect("EXCLUDE")
    text.expect("USING")
    method = text.take_name()
    elements = tuple((part.take_until(("WITH",)), _operator(part)) for part in text.take_group().items())
    include = tuple(part.take_name() for part in text.take_group().items()) if text.accept("INCLUDE") else ()
    condition = str(text.take_group()) if text.accept("WHERE") else None
    return Exclusion(row[0], method, elements, condition, row[8], include)


def _operator(part: SqlText) -> str:
    part.expect("WITH")
    return str(part)


def _indexes(rows: list[tuple[Any, ...]]) -> tuple[Index, ...]:
    grouped: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return tuple(_index(name, parts) for name, parts in grouped.items())


def _index(name: str, rows: list[tuple[Any, ...]]) -> Index:
    _, unique, method, condition, together, options, tablespace, *_ = rows[0]
    parts = tuple(_part(*row[9:]) for row in rows if row[8])
    include = tuple(row[10] for row in rows if not row[8])
    return Index(name, parts, unique, method, condition, include, not together, tuple(options or ()), tablespace)


def _part(is_column: bool, text: str, opclass: str | None, collation: str | None, down: bool, first: bool) -> IndexPart:
    return IndexPart(text, is_column, opclass, collation, down, None if first is down else first)
