// compile: what SQL a query is. run: what it answers on a real database.
import { is, SQL } from 'drizzle-orm';
import { orderSelectedFields } from 'drizzle-orm/utils';
import { Refusal } from './failures.mjs';
import { queryOf, schema } from './schemas.mjs';
import { parameter, toWire } from './wire.mjs';

export async function compile({ key, code, path }) {
  const { dialect, mock } = schema(key);
  const built = applied(await queryOf(key, code, path), mock);
  const { sql, params } = printed(built, dialect);
  return { sql, params: params.map(parameter), columns: columnsOf(built.value)?.map((column) => column.join('.')) ?? [] };
}

export async function run({ key, code, path, ...database }) {
  const { dialect, exported } = schema(key);
  const query = await queryOf(key, code, path);
  return dialect.readOnly(exported, database, async (db, seen) => {
    const { value } = applied(query, db);
    const columns = columnsOf(value);
    const answer = await (isText(value, dialect) ? dialect.send(db, value) : value);
    if (seen.length === 0) throw new Refusal('no-query', '`query` sent nothing to the database');
    return observation(answer, columns, seen);
  });
}

/** The query, wrapped: a Drizzle query is a promise, and awaiting it would send it. */
function applied(query, db) {
  return { value: typeof query === 'function' ? query(db) : query };
}

/** A bare sql`…` is a text, not a query. `db.$count(…)` looks like one, and sends another text. */
function isText(value, dialect) {
  return is(value, SQL) && !dialect.isCount(value);
}

function printed({ value }, dialect) {
  if (dialect.isCount(value)) return dialect.print(value.sql);
  if (typeof value?.toSQL === 'function') return value.toSQL();
  if (typeof value?.getQuery === 'function') return value.getQuery();
  if (isText(value, dialect)) return dialect.print(value);
  throw new Refusal('no-query', '`query` is not a Drizzle query: it has no toSQL()');
}

/** The paths of the selected fields in the order of the SELECT list; null where the query has no such list. */
function columnsOf(value) {
  const { fields, returning } = value?.config ?? {};
  if (returning) return returning.map((field) => field.path);
  return fields ? orderSelectedFields(fields).map((field) => field.path) : null;
}

function observation(answer, columns, seen) {
  const { sql, params, types } = seen.at(-1);
  const rows = [isDriverResult(answer) ? answer.rows : answer].flat();
  return {
    sql,
    params: params.map(parameter),
    columns: columns ? columns.map((path) => path.join('.')) : [],
    rows: rows.map((row) => (columns ? columns.map((path) => toWire(dig(row, path))) : [toWire(row)])),
    types,
    statements: seen.length,
  };
}

/** What `db.execute` gives: node-postgres' own result. */
function isDriverResult(answer) {
  return Array.isArray(answer?.fields) && Array.isArray(answer.rows);
}

/** The value at a path; null under a table that an outer join left empty. */
function dig(row, path) {
  return path.reduce((value, key) => (value === null || value === undefined ? value : value[key]), row);
}
