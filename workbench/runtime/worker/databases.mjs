// Drizzle databases by dialect: without a connection (for the SQL alone), and real ones that change nothing.
import { DatabaseSync } from 'node:sqlite';
import { drizzle as nodePostgres } from 'drizzle-orm/node-postgres';
import { drizzle as sqliteProxy } from 'drizzle-orm/sqlite-proxy';
import pg from 'pg';

function unconnected() {
  throw new Error('this database has no connection: the query is compiled, not executed');
}

export const withoutConnection = {
  postgres: (schema) => nodePostgres.mock({ schema }),
  sqlite: (schema) => sqliteProxy(unconnected, { schema }),
};

/** Calls `use(db, seen)` inside a read-only transaction that is rolled back; `seen` collects what was sent. */
export const readOnly = { postgres: onPostgres, sqlite: onSqlite };

async function onPostgres(schema, { settings, time_zone: zone, statement_timeout }, use) {
  const client = new pg.Client({ ...settings, statement_timeout, options: '-c datestyle=ISO -c intervalstyle=postgres' });
  await client.connect();
  try {
    await client.query('BEGIN READ ONLY');
    await client.query("SELECT set_config('TimeZone', $1, true)", [zone]);
    const seen = [];
    return await use(nodePostgres(recording(client, seen), { schema }), seen);
  } finally {
    await client.end(); // the server rolls back
  }
}

/** The client, noting the text, the parameters and the output columns of every statement. */
function recording(client, seen) {
  const send = client.query.bind(client);
  client.query = async (config, values) => {
    const entry = { sql: config.text ?? config, params: config.values ?? values ?? [] };
    seen.push(entry);
    const result = await send(config, values);
    entry.types = result.fields.map((field) => field.dataTypeID);
    entry.names = result.fields.map((field) => field.name);
    return result;
  };
  return client;
}

async function onSqlite(schema, { settings }, use) {
  const database = new DatabaseSync(settings.path, { readOnly: true });
  try {
    const seen = [];
    const proxy = sqliteProxy((sql, params, method) => answered(database, seen, sql, params, method), { schema });
    return await use(proxy, seen, database);
  } finally {
    database.close();
  }
}

function answered(database, seen, sql, params, method) {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  seen.push({ sql, params, names: statement.columns().map((column) => column.name), types: [] });
  const rows = statement.all(...params.map(sqliteParameter)).map((row) => row.map(sqliteValue));
  return { rows: method === 'get' ? rows[0] : rows };
}

const sqliteParameter = (value) => (typeof value === 'boolean' ? Number(value) : value);
const sqliteValue = (value) => (typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value);
