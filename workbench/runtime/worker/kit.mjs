// drizzle-kit in process: the statements that make a schema, and those that would change a database into it.
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { readOnly } from './databases.mjs';
import { answerByFirstChoice } from './prompts.mjs';
import { schema } from './schemas.mjs';

const sqlite = new SQLiteSyncDialect();
let loaded;

/** 300 ms: only who needs it pays. */
function kit() {
  if (!loaded) {
    answerByFirstChoice();
    loaded = import('drizzle-kit/api');
  }
  return loaded;
}

const generate = {
  postgres: async (exported) => {
    const { generateDrizzleJson, generateMigration } = await kit();
    return generateMigration(generateDrizzleJson({}), generateDrizzleJson(exported));
  },
  sqlite: async (exported) => {
    const { generateSQLiteDrizzleJson, generateSQLiteMigration } = await kit();
    return generateSQLiteMigration(await generateSQLiteDrizzleJson({}), await generateSQLiteDrizzleJson(exported));
  },
};

const push = {
  postgres: async (exported, db) => (await kit()).pushSchema(exported, db),
  sqlite: async (exported, _, database) => (await kit()).pushSQLiteSchema(exported, rowsOf(database)),
};

/** What drizzle-kit asks of a SQLite database: rows as objects. It runs nothing (`apply` is never called). */
function rowsOf(database) {
  return { all: (text) => database.prepare(sqlite.sqlToQuery(text).sql).all(), run: refuse };
}

function refuse() {
  throw new Error('the database is read-only');
}

export async function migrate({ key }) {
  const { dialect, exported } = schema(key);
  return { statements: await generate[dialect](exported) };
}

export async function pushDiff({ key, ...database }) {
  const { dialect, exported } = schema(key);
  return readOnly[dialect](exported, database, async (db, _, database) => {
    const { statementsToExecute, warnings } = await push[dialect](exported, db, database);
    return { statements: statementsToExecute, warnings };
  });
}
