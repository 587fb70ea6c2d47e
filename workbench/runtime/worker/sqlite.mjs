// SQLite: Drizzle through its proxy driver on Node's own SQLite (no native package), and drizzle-kit's functions for it.
import { DatabaseSync } from 'node:sqlite';
import { is } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { SQLiteCountBuilder } from 'drizzle-orm/sqlite-core/query-builders/count';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { Refusal } from './failures.mjs';

const SELECT = /^[\s(]*(select|with|values)\b/i;
const dialect = new SQLiteSyncDialect();

export const print = (text) => dialect.sqlToQuery(text);
export const isCount = (value) => is(value, SQLiteCountBuilder);
export const send = (db, text) => db.all(text);
export const withoutConnection = (schema) => drizzle(unconnected, { schema });

function unconnected() {
  throw new Error('this database has no connection: the query is compiled, not executed');
}

/** Calls `use(db, seen, database)` on a file that is opened for reading only; `seen` collects what was sent. */
export async function readOnly(schema, { settings, limits }, use) {
  const path = settings.path.startsWith('file:') ? new URL(settings.path) : settings.path;
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const seen = [];
    const db = drizzle((sql, params, method) => answered(database, seen, sql, params, method, limits), { schema });
    return await use(db, seen, database);
  } finally {
    database.close();
  }
}

const NESTED = { begin: 'SAVEPOINT nested', commit: 'RELEASE nested', rollback: 'ROLLBACK TO nested' };

/** Calls `use` with a database inside a transaction that is rolled back; transactions of its own become savepoints. */
export async function performing(schema, { settings }, use) {
  const database = new DatabaseSync(settings.path.startsWith('file:') ? new URL(settings.path) : settings.path);
  const nested = (sql) => NESTED[sql.trim().toLowerCase()] ?? sql;
  database.exec('BEGIN; PRAGMA defer_foreign_keys = ON; SAVEPOINT performed');
  try {
    return await use({
      db: drizzle((sql, params, method) => answered(database, [], nested(sql), params, method), { schema }),
      run: async (text) => database.exec(`${text}; SAVEPOINT performed`),
      read: async (text) => database.prepare(text).all().map((row) => Object.values(row)),
      settle: async () => settled(database),
      undo: async () => database.exec('ROLLBACK TO performed'),
    });
  } finally {
    database.exec('ROLLBACK');
    database.close();
  }
}

/** Foreign keys are checked where the transaction would end. */
function settled(database) {
  const [broken] = database.prepare('PRAGMA foreign_key_check').all();
  if (broken) throw Object.assign(new Error(`FOREIGN KEY of ${broken.table}`), { code: 'ERR_SQLITE_ERROR' });
}

function answered(database, seen, sql, params, method, limits) {
  if (limits && !SELECT.test(sql)) throw new Refusal('not-read', 'it is no SELECT: your database is only read');
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  seen.push({ sql, params, types: [] });
  const given = params.map(parameter);
  const found = limits ? [...first(statement.iterate(...given), limits)] : statement.all(...given);
  const rows = found.map((row) => row.map(value));
  return { rows: method === 'get' ? rows[0] : rows };
}

/** The first rows, and one more that says there are others; `timeout` in milliseconds. */
function* first(rows, { most, timeout }) {
  const deadline = performance.now() + timeout;
  let left = most;
  for (const row of rows) {
    yield row;
    if (left-- === 0) return;
    if (performance.now() > deadline) throw new Refusal('not-read', `it runs for more than ${timeout} ms`);
  }
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
