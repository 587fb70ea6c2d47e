// SQLite: Drizzle through its proxy driver on Node's own SQLite (no native package), and drizzle-kit's functions for it.
import { DatabaseSync } from 'node:sqlite';
import { is } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { SQLiteCountBuilder } from 'drizzle-orm/sqlite-core/query-builders/count';
import { drizzle } from 'drizzle-orm/sqlite-proxy';

const dialect = new SQLiteSyncDialect();

export const print = (text) => dialect.sqlToQuery(text);
export const isCount = (value) => is(value, SQLiteCountBuilder);
export const send = (db, text) => db.all(text);
export const withoutConnection = (schema) => drizzle(unconnected, { schema });

function unconnected() {
  throw new Error('this database has no connection: the query is compiled, not executed');
}

/** Calls `use(db, seen, database)` on a file that is opened for reading only; `seen` collects what was sent. */
export async function readOnly(schema, { settings }, use) {
  const database = new DatabaseSync(settings.path, { readOnly: true });
  try {
    const seen = [];
    const db = drizzle((sql, params, method) => answered(database, seen, sql, params, method), { schema });
    return await use(db, seen, database);
  } finally {
    database.close();
  }
}

function answered(database, seen, sql, params, method) {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  seen.push({ sql, params, types: [] });
  const rows = statement.all(...params.map(parameter)).map((row) => row.map(value));
  return { rows: method === 'get' ? rows[0] : rows };
}

const parameter = (given) => (typeof given === 'boolean' ? Number(given) : given);
const value = (read) => (typeof read === 'bigint' && Number.isSafeInteger(Number(read)) ? Number(read) : read);

export async function migrate({ generateSQLiteDrizzleJson, generateSQLiteMigration }, exported) {
  return generateSQLiteMigration(await generateSQLiteDrizzleJson({}), await generateSQLiteDrizzleJson(exported));
}

/** drizzle-kit asks for rows as objects. It runs nothing: `apply` is never called. */
export async function push({ pushSQLiteSchema }, exported, _, database) {
  return pushSQLiteSchema(exported, { all: (text) => database.prepare(print(text).sql).all(), run: refuse });
}

function refuse() {
  throw new Error('the database is read-only');
}
