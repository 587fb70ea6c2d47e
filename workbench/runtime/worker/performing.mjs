// perform: a write run on a real database; what all tables hold then; everything is rolled back.
import { described } from './failures.mjs';
import { queryOf, schema } from './schemas.mjs';
import { toWire } from './wire.mjs';

/** `before`: statements run first. `dump`: the SELECT that reads all tables, as rows of arrays. */
export async function perform({ key, code, path, before, dump, ...database }) {
  const { dialect, exported } = schema(key);
  const query = await queryOf(key, code, path);
  return dialect.performing(exported, database, async ({ db, run, read, settle, undo }) => {
    for (const text of before) await run(text);
    let answer = null;
    let error = null;
    try {
      answer = toWire((await query(db)) ?? null);
      await settle();
    } catch (thrown) {
      error = described(thrown);
      await undo();
    }
    return { answer, error, rows: await read(dump) };
  });
}
