// PostgreSQL: Drizzle through node-postgres, and drizzle-kit's functions for it.
import { is } from 'drizzle-orm';
import { drizzle, NodePgDatabase, NodePgDriver } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import { PgCountBuilder } from 'drizzle-orm/pg-core/query-builders/count';
import pg from 'pg';
import { connected, cut } from './own_postgres.mjs';

const dialect = new PgDialect();

export const print = (text) => dialect.sqlToQuery(text);
export const isCount = (value) => is(value, PgCountBuilder);
export const send = (db, text) => db.execute(text);

const relations = new WeakMap(); // a schema's exports -> what Drizzle read of them: 6 ms for 270 tables, so once

export function withoutConnection(schema) {
  const mock = drizzle.mock({ schema });
  relations.set(schema, mock._);
  return mock;
}

/** What `drizzle(client, { schema })` gives. */
function drizzleOn(client, schema) {
  const known = relations.get(schema);
  const db = new NodePgDatabase(dialect, new NodePgDriver(client, dialect).createSession(known), known);
  return Object.assign(db, { $client: client, $cache: undefined });
}

/** Calls `use(db, seen)` inside a read-only transaction that is rolled back; `seen` collects what was sent. */
export async function readOnly(schema, { settings, time_zone: zone, statement_timeout, limits }, use) {
  if (limits) return readOwn(schema, settings, limits, use);
  const lent = await begun({ ...settings, statement_timeout }, zone);
  const seen = [];
  const client = recording(lent.client, seen);
  try {
    return await use(drizzleOn(client, schema), seen);
  } finally {
    client.over = true; // code that goes on by itself finds no connection
    await giveBack(lent, client.named);
  }
}

/** The same on a database of the user's. */
async function readOwn(schema, settings, limits, use) {
  const client = await connected(settings, limits);
  try {
    const seen = [];
    return await use(drizzleOn(cut(client, seen, limits), schema), seen);
  } finally {
    await client.end();
  }
}

/** Calls `use` with a database inside a transaction that is rolled back; transactions of its own become savepoints. */
export async function performing(schema, { settings, time_zone: zone, statement_timeout }, use) {
  const lent = await begun({ ...settings, statement_timeout }, zone);
  const nested = nesting(lent.client);
  try {
    return await use({
      db: drizzleOn(nested, schema),
      run: async (text) => lent.client.query(text).then(() => lent.client.query('SAVEPOINT performed')),
      read: async (text) => (await lent.client.query({ text, rowMode: 'array' })).rows,
      settle: () => lent.client.query('SET CONSTRAINTS ALL IMMEDIATE'),
      undo: () => lent.client.query('ROLLBACK TO SAVEPOINT performed'),
    });
  } finally {
    nested.over = true;
    await giveBack(lent, nested.named);
  }
}

const NESTED = { begin: 'SAVEPOINT nested', commit: 'RELEASE SAVEPOINT nested', rollback: 'ROLLBACK TO SAVEPOINT nested' };

/** The client, whose BEGIN, COMMIT and ROLLBACK are those of a savepoint, until it is `over`. */
function nesting(client) {
  const inner = Object.create(client);
  inner.query = async (config, values) => {
    if (inner.over) throw new Error('the write is over: its connection was given back');
    if (config.name) inner.named = true;
    const savepoint = NESTED[(config.text ?? config).trim().toLowerCase()];
    return savepoint ? client.query(savepoint) : client.query(config, values);
  };
  return inner;
}

// SELECT … FOR UPDATE is refused in a read-only transaction; the rollback ends its locks
const LOCKING = /\bfor (no key )?update\b|\bfor (key )?share\b/i;

/** The client, noting the text, the parameters and the output columns of every statement until it is `over`. */
function recording(client, seen) {
  const noting = Object.create(client);
  noting.query = async (config, values) => {
    if (noting.over) throw new Error('the query is over: its connection was given back');
    if (config.name) noting.named = true; // a prepared statement stays with its connection
    if (!LOCKING.test(config.text ?? config)) await client.query('SET TRANSACTION READ ONLY');
    const entry = { sql: config.text ?? config, params: config.values ?? values ?? [], types: [] };
    seen.push(entry);
    const result = await client.query(config, values);
    entry.types = result.fields.map((field) => field.dataTypeID);
    return result;
  };
  return noting;
}

let kept = null; // the connection of the last query: those of a batch run on one database, and connecting takes longest

/** A connection inside a transaction of its own. */
async function begun(settings, zone) {
  const begin = `BEGIN; SELECT set_config('TimeZone', ${pg.escapeLiteral(zone)}, true)`;
  const name = JSON.stringify(settings);
  const found = kept;
  kept = null;
  if (found?.name === name && !found.lost) {
    const again = await found.client.query(begin).then(() => true, () => false); // its server may just have ended
    if (again) return found;
  }
  found?.client.end().catch(() => {});
  const lent = { name, client: new pg.Client({ ...settings, options: '-c datestyle=ISO -c intervalstyle=postgres' }) };
  lent.client.on('error', () => (lent.lost = true)); // its database was dropped, or its server ended
  await lent.client.connect();
  await lent.client.query(begin);
  return lent;
}

/** Rolls back what the query did; a connection that holds anything of it is closed. */
async function giveBack(lent, named) {
  try {
    await lent.client.query('ROLLBACK');
    if (named) throw new Error('named');
    kept?.client.end().catch(() => {});
    kept = lent;
  } catch {
    await lent.client.end().catch(() => {});
  }
}

export async function migrate({ generateDrizzleJson, generateMigration }, exported) {
  return generateMigration(generateDrizzleJson({}), generateDrizzleJson(exported));
}

export async function push({ pushSchema }, exported, db) {
  return pushSchema(exported, db);
}
