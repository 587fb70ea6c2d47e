// A PostgreSQL of the user's: one read-only transaction of a given snapshot; every statement is a cursor, cut short.
import pg from 'pg';
import { Refusal } from './failures.mjs';

const SELECT = /^[\s(]*(select|with|values)\b/i;
const NAME = /"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*)/gu;
const patience = 10_000; // milliseconds to connect

/** A client in its transaction. What goes wrong on the way there is said as the driver's. */
export async function connected(settings, { snapshot, session }) {
  const client = new pg.Client({ ...settings, ssl: checked(settings.ssl), connectionTimeoutMillis: patience });
  client.on('error', () => {}); // a connection that is lost between two statements: the next one says so
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(snapshot)}`);
    const calls = Object.keys(session).map((_, at) => `set_config($${2 * at + 1}, $${2 * at + 2}, true)`);
    await client.query(`SELECT ${calls.join(', ')}`, Object.entries(session).flat());
  } catch (error) {
    await client.end().catch(() => {});
    throw new Refusal('not-read', `node-postgres cannot read it: ${error.message}`);
  }
  return client;
}

/** The certificate's name counts unless `anyName` says that it does not. */
function checked(ssl) {
  return ssl?.anyName ? { ...ssl, checkServerIdentity: () => undefined } : (ssl ?? false);
}

/** The client, noting every statement. The extended protocol takes one at a time: none can end the transaction. */
export function cut(client, seen, { most, outside }) {
  const query = client.query.bind(client);
  client.query = async (given, values) => {
    const config = typeof given === 'string' ? { text: given } : given;
    if (!SELECT.test(config.text)) throw new Refusal('not-read', 'it is no SELECT: your database is only read');
    await insideOnly(query, config.text, outside);
    const entry = { sql: config.text, params: config.values ?? values ?? [], types: [] };
    const cursor = `workbench_${seen.push(entry)}`;
    const declare = `DECLARE ${cursor} NO SCROLL CURSOR FOR ${config.text}`;
    try {
      await query({ text: declare, values: entry.params, queryMode: 'extended' });
      const result = await query({ ...config, name: undefined, values: [], text: `FETCH ${most + 1} FROM ${cursor}` });
      entry.types = result.fields.map((field) => field.dataTypeID);
      return result;
    } catch (error) {
      throw said(error);
    }
  };
  return client;
}

/** See workbench/runtime/own_functions.py, whose query `outside` is. */
async function insideOnly(query, text, outside) {
  if (/u&"/i.test(text)) throw new Refusal('not-read', 'it has an identifier written with U&"…": what it calls cannot be told');
  const names = [...text.matchAll(NAME)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain.toLowerCase());
  const { rows } = await query(outside, [names]);
  if (rows.length) throw new Refusal('not-read', `it calls ${rows[0].proname}(), which may act outside of the read-only transaction`);
}

/** The database's own word; a connection that was lost is told apart from one to the scratch server. */
function said(error) {
  const refused = error instanceof pg.DatabaseError && !error.code?.startsWith('57P');
  return refused ? error : new Refusal('not-read', `the connection was lost: ${error.message}`);
}
