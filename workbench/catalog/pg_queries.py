"""What is asked of ``pg_catalog``: one query a kind of thing, each row beginning with its table."""

TABLES = """
select c.relname, obj_description(c.oid, 'pg_class'), ts.spcname
from pg_class c left join pg_tablespace ts on ts.oid = c.reltablespace
where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
order by c.relname
"""

COLUMNS = """
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

CONSTRAINTS = f"""
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

INDEXES = """
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

# what a table can have besides; two tables are equal only if these are
OTHERS = """
with own as (
  select * from pg_class where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace
)
select c.relname, 'trigger', pg_get_triggerdef(t.oid)
from own c join pg_trigger t on t.tgrelid = c.oid where not t.tgisinternal
union all
select c.relname, 'rule', pg_get_ruledef(r.oid) from own c join pg_rewrite r on r.ev_class = c.oid
union all
select c.relname, 'policy', format('%s for %s permissive %s using (%s) check (%s) to %s', p.polname, p.polcmd,
       p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), p.polroles)
from own c join pg_policy p on p.polrelid = c.oid
union all
select c.relname, 'row security', case when c.relforcerowsecurity then 'forced' else 'enabled' end
from own c where c.relrowsecurity or c.relforcerowsecurity
union all
select c.relname, 'persistence', c.relpersistence::text from own c where c.relpersistence <> 'p'
union all
select c.relname, 'partitioning', pg_get_partkeydef(c.oid) from own c where c.relkind = 'p'
union all
select c.relname, 'inherits', i.inhparent::regclass::text from own c join pg_inherits i on i.inhrelid = c.oid
union all
select c.relname, 'storage parameter', o from own c, unnest(c.reloptions) o
union all
select c.relname, 'column storage', format('%s %s %s', a.attname, a.attstorage, a.attcompression)
from own c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
where a.attnum > 0 and not a.attisdropped and (a.attstorage <> t.typstorage or a.attcompression <> '')
union all
select c.relname, 'constraint not validated', k.conname
from own c join pg_constraint k on k.conrelid = c.oid where not k.convalidated
union all
select c.relname, 'foreign key match', format('%s %s %s', k.conname, k.confmatchtype, k.confdelsetcols)
from own c join pg_constraint k on k.conrelid = c.oid
where k.contype = 'f' and (k.confmatchtype <> 's' or k.confdelsetcols is not null)
order by 1, 2, 3
"""
