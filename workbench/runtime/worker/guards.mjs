// guards: generated guards are called as users of each kind; what they answer is told, and nothing else happens.
import { urlOf } from './modules.mjs';
import { schema } from './schemas.mjs';

/** For each call `[module, guard, user, about, own]` (the last two name contexts, or are null): "pass", the status of the refusal, or what was thrown instead. */
export async function answerGuards({ key, calls, contexts, ...database }) {
  const { denials } = await import(urlOf(key, 'permissions/rules.ts'));
  denials.tell = () => {}; // what a guard denies is its answer
  const loaded = contexts.length ? await load(key, contexts, database) : new Map();
  const modules = new Map();
  const answers = [];
  for (const [path, guard, user, about, own] of calls) {
    if (!modules.has(path)) modules.set(path, await import(urlOf(key, path)));
    const [object, row] = [about, own].map((name) => (name === null ? undefined : loaded.get(name)));
    answers.push(answer(modules.get(path)[guard], viewer(user, row), object));
  }
  return { answers };
}

function answer(guard, user, object) {
  try {
    guard(user, object);
    return 'pass';
  } catch (error) {
    return typeof error?.status === 'number' ? String(error.status) : `${error?.name}: ${error?.message}`;
  }
}

function viewer({ active, ...user }, own) {
  return { ...user, own, deactivatedAt: active ? null : new Date(0) };
}

/** The contexts of all objects asked about, by the generated loaders: `[name, loader, key of the object]`. */
async function load(key, contexts, database) {
  const { dialect, exported } = schema(key);
  const loaders = await import(urlOf(key, 'permissions/loading/contexts.ts'));
  return dialect.readOnly(exported, database, async (db) => {
    const found = new Map();
    for (const [name, loader, id] of contexts) found.set(name, (await loaders[loader](db, [id])).get(id));
    return found;
  });
}
