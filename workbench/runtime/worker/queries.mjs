// compile: what SQL a query is. run: what it answers on a real database.
import { is, SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { PgCountBuilder } from 'drizzle-orm/pg-core/query-builders/count';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { SQLiteCountBuilder } from 'drizzle-orm/sqlite-core/query-builders/count';
import { orderSelectedFields } from 'drizzle-orm/utils';
import { readOnly } from './databases.mjs';
import { Refusal } from './failures.mjs';
import { queryOf, schema } from './schemas.mjs';
import { parameter, toWire } from './wire.mjs';

const dialects = { postgres: new PgDialect(), sqlite: new SQLiteSyncDialect() };

/** `db.$count(…)` is an expression that prints as a subquery, and a promise that sends another text. */
const isCount = (value) => is(value, PgCountBuilder) || is(value, SQLiteCountBuilder);
const isText = (value) => is(value, SQL) && !isCount(value);

/** A bare sql`…` is a text, not a query: the database has to be told to run it. */
const send = { postgres: (db, text) => db.execute(text), sqlite: (db, text) => db.all(text) };

export async function compile({ key, code, path }) {
  const { dialect, mock } = schema(key);
  const built = applied(await queryOf(key, code, path), mock);
  const { sql, params } = printed(built, dialect);
  return { sql, params: params.map(parameter), columns: columnsOf(built.value)?.map((column) => column.join('.')) ?? [] };
}

export async function run({ key, code, path, ...database }) {
  const { dialect, exported } = schema(key);
  const query = await queryOf(key, code, path);
  return readOnly[dialect](exported, database, async (db, seen) => {
    const built = applied(query, db);
    const columns = columnsOf(built.value);
    const answer = await (isText(built.value) ? send[dialect](db, built.value) : built.value);
    if (seen.length === 0) throw new Refusal('no-query', '`query` sent nothing to the database');
    return observation(answer, columns, seen);
  });
}

/** The query, wrapped: a Drizzle query is a promise, and awaiting it would send it. */
function applied(query, db) {
  return { value: typeof query === 'function' ? query(db) : query };
}

function printed({ value }, dialect) {
  if (isCount(value)) return dialects[dialect].sqlToQuery(value.sql);
  if (typeof value?.toSQL === 'function') return value.toSQL();
  if (typeof value?.getQuery === 'function') return value.getQuery();
  if (isText(value)) return dialects[dialect].sqlToQuery(value);
  throw new Refusal('no-query', '`query` is not a Drizzle query: it has no toSQL()');
}

/** The paths of the selected fields in the order of the SELECT list; null where the query has no such list. */
function columnsOf(value) {
  const { fields, returning } = value?.config ?? {};
  if (returning) return returning.map((field) => field.path);
  return fields ? orderSelectedFields(fields).map((field) => field.path) : null;
}

function observation(answer, columns, seen) {
  const last = seen.at(-1);
  const rows = Array.isArray(answer) ? answer : Array.isArray(answer?.rows) ? answer.rows : [answer];
  const flat = columns ? rows.map((row) => columns.map((path) => toWire(dig(row, path)))) : rows.map((row) => [toWire(row)]);
  const names = columns ? columns.map((path) => path.join('.')) : [];
  return { sql: last.sql, params: last.params.map(parameter), columns: names, rows: flat, types: last.types, statements: seen.length };
}

/** The value at a path; null under a table that an outer join left empty. */
function dig(row, path) {
  return path.reduce((value, key) => (value === null || value === undefined ? value : value[key]), row);
}
