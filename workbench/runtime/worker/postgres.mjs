// PostgreSQL: Drizzle through node-postgres, and drizzle-kit's functions for it.
import { is } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import { PgCountBuilder } from 'drizzle-orm/pg-core/query-builders/count';
import pg from 'pg';
import { connected, cut } from './own_postgres.mjs';

const dialect = new PgDialect();

export const print = (text) => dialect.sqlToQuery(text);
export const isCount = (value) => is(value, PgCountBuilder);
export const send = (db, text) => db.execute(text);
export const withoutConnection = (schema) => drizzle.mock({ schema });

/** Calls `use(db, seen)` inside a read-only transaction that is rolled back; `seen` collects what was sent. */
export async function readOnly(schema, { settings, time_zone: zone, statement_timeout, limits }, use) {
  if (limits) return readOwn(schema, settings, limits, use);
  const client = new pg.Client({ ...settings, statement_timeout, options: '-c datestyle=ISO -c intervalstyle=postgres' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query("SELECT set_config('TimeZone', $1, true)", [zone]);
    const seen = [];
    return await use(drizzle(recording(client, seen), { schema }), seen);
  } finally {
    await client.end(); // the server rolls back
  }
}

/** The same on a database of the user's. */
async function readOwn(schema, settings, limits, use) {
  const client = await connected(settings, limits);
  try {
    const seen = [];
    return await use(drizzle(cut(client, seen, limits), { schema }), seen);
  } finally {
    await client.end();
  }
}

// SELECT … FOR UPDATE is refused in a read-only transaction; the rollback ends its locks
const LOCKING = /\bfor (no key )?update\b|\bfor (key )?share\b/i;

/** The client, noting the text, the parameters and the output columns of every statement. */
function recording(client, seen) {
  const query = client.query.bind(client);
  client.query = async (config, values) => {
    if (!LOCKING.test(config.text ?? config)) await query('SET TRANSACTION READ ONLY');
    const entry = { sql: config.text ?? config, params: config.values ?? values ?? [], types: [] };
    seen.push(entry);
    const result = await query(config, values);
    entry.types = result.fields.map((field) => field.dataTypeID);
    return result;
  };
  return client;
}

export async function migrate({ generateDrizzleJson, generateMigration }, exported) {
  return generateMigration(generateDrizzleJson({}), generateDrizzleJson(exported));
}

export async function push({ pushSchema }, exported, db) {
  return pushSchema(exported, db);
}
