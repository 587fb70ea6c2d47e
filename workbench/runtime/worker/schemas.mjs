// The schemas that were loaded, by key: their modules' exports, and the module that speaks their dialect.
import { createHash } from 'node:crypto';
import * as orm from 'drizzle-orm';
import { Refusal } from './failures.mjs';
import { define, forget, urlOf } from './modules.mjs';

// 0.3 s each: a project speaks one of them
export const dialects = { postgres: () => import('./postgres.mjs'), sqlite: () => import('./sqlite.mjs') };
const schemas = new Map();
const queries = new Map(); // URL of a query's module -> its namespace
const limit = 5000; // modules are never unloaded: the Python side starts a fresh worker then

/** Evaluates the modules; every one is reachable as `./path` from a query's module. */
export async function load({ key, files, dialect }) {
  for (const [path, text] of Object.entries(files)) define(key, path, text);
  const exported = {};
  for (const path of Object.keys(files)) Object.assign(exported, await import(urlOf(key, path)));
  const spoken = await dialects[dialect]();
  schemas.set(key, { exported, dialect: spoken, mock: spoken.withoutConnection(exported) });
  return { exports: Object.keys(exported), operators: Object.keys(orm) };
}

export function schema(key) {
  const found = schemas.get(key);
  if (!found) throw new Refusal('schema-missing', `schema ${key} is not loaded`);
  return found;
}

/** The export `query` of the user's module (or its default). */
export async function queryOf(key, code, path) {
  const namespace = await evaluated(key, code, path);
  const query = namespace.query ?? namespace.default;
  if (query === undefined) throw new Refusal('no-query', 'the module exports no `query`');
  return query;
}

async function evaluated(key, code, path) {
  const name = createHash('sha256').update(`${path}\0${code}`).digest('hex').slice(0, 16);
  const url = define(key, `${path}?${name}`, code);
  if (queries.has(url)) return queries.get(url);
  if (queries.size >= limit) throw new Refusal('worker-full', `${limit} queries were evaluated`);
  try {
    const namespace = await import(url);
    queries.set(url, namespace);
    return namespace;
  } finally {
    forget(url);
  }
}
