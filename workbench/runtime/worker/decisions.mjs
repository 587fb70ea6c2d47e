// decide: what the generated registries, guards, capabilities and filters answer, on contexts out of a real database.
import { urlOf } from './modules.mjs';
import { schema } from './schemas.mjs';

/** The answers: of all viewers in general; of the first `askers` about each object, by each layer, and of the filters. */
export async function decide({ key, users, askers, general, subjects, ...database }) {
  const { dialect, exported } = schema(key);
  const loaded = (path) => import(urlOf(key, path));
  const { can, denials } = await loaded('permissions/rules.ts');
  const { loadViewer } = await loaded('permissions/loading/viewer.ts');
  const told = {};
  denials.tell = (rule, why) => (told[rule] ??= String(why?.message ?? why));
  return dialect.readOnly(exported, database, async (db, seen) => {
    const viewers = [];
    for (const id of users) viewers.push(await loadViewer(db, id));
    const asked = await Promise.all(general.map(async ({ module, registry, rule }) => [(await loaded(module))[registry], rule]));
    return {
      general: viewers.map((viewer) => asked.map(([registry, rule]) => letter(can(registry, viewer, rule, undefined))).join('')),
      subjects: await inTurn(subjects, (subject) => about(subject, viewers.slice(0, askers), db, seen, loaded)),
      told,
    };
  });
}

const letter = (allowed) => (allowed === true ? '1' : '0');

/** One after the other: a connection runs one query at a time. */
async function inTurn(things, ask) {
  const answers = [];
  for (const thing of things) answers.push(await ask(thing));
  return answers;
}

async function about(subject, viewers, db, seen, loaded) {
  const { module, registry, loader, keys, rules } = subject;
  const [rooms, { can }, guards] = await Promise.all([loaded(module), loaded('permissions/rules.ts'), loaded('permissions/guards.ts')]);
  const before = seen.length;
  const contexts = loader ? await (await loaded(loader.module))[loader.contexts](db, keys) : new Map(keys.map((one) => [one, {}]));
  const queries = seen.length - before;
  const each = (answer) => viewers.map((viewer) => keys.map((one) => rules.map(({ rule }) => letter(answer(viewer, rule, contexts.get(one)))).join('')));
  const { capabilities } = await loaded('permissions/rules.ts');
  const asked = rooms[registry];
  return {
    can: each((viewer, rule, context) => context !== undefined && can(asked, viewer, rule, context)),
    write: each((viewer, rule, context) => context !== undefined && admitted(() => guards.requireRule(asked, viewer, rule, context))),
    shown: viewers.map((viewer) => keys.map((one) => shown(capabilities, asked, viewer, contexts.get(one), rules))),
    rows: await inTurn(viewers, (viewer) => inTurn(rules, ({ filter }) => (filter ? kept(db, subject, rooms[filter](viewer), loaded) : null))),
    queries,
  };
}

/** Whether a guard lets pass; what else it may throw is a fault of ours. */
function admitted(guard) {
  try {
    guard();
    return true;
  } catch (error) {
    if (![401, 403, 404].includes(error.status)) throw error;
    return false;
  }
}

/** The booleans for the interface, made once for an object. */
function shown(capabilities, registry, viewer, context, rules) {
  const all = context === undefined ? {} : capabilities(registry, viewer, context);
  return rules.map(({ rule }) => letter(all[rule])).join('');
}

/** The keys of the rows that a filter keeps. */
async function kept(db, { table, column, schema: path }, where, loaded) {
  const from = (await loaded(path))[table];
  const rows = await db.select({ key: from[column] }).from(from).where(where);
  return rows.map((row) => row.key);
}
