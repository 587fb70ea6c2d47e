// drizzle-kit in process: the statements that make a schema, and those that would change a database into it.
import { answerByFirstChoice } from './prompts.mjs';
import { schema } from './schemas.mjs';

let loaded;

/** 300 ms: only who needs it pays. */
export function kit() {
  if (!loaded) {
    answerByFirstChoice();
    loaded = import('drizzle-kit/api');
  }
  return loaded;
}

export async function migrate({ key }) {
  const { dialect, exported } = schema(key);
  return { statements: await dialect.migrate(await kit(), exported) };
}

export async function pushDiff({ key, ...database }) {
  const { dialect, exported } = schema(key);
  const { statementsToExecute, warnings } = await dialect.readOnly(exported, database, async (db, _, opened) =>
    dialect.push(await kit(), exported, db, opened),
  );
  return { statements: statementsToExecute, warnings };
}
