// Asks the generated registries and filters everything: node ask_node.mjs FOLDER DATABASE < questions.json
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { drizzle } from "drizzle-orm/sqlite-proxy";

const [folder, file] = process.argv.slice(2);
const { users, objects: keysOf, rules, clock: microseconds } = JSON.parse(readFileSync(0, "utf8"));
const { can, denials } = await import(`${folder}/permissions/rules.ts`);
const { clock } = await import(`${folder}/permissions/values.ts`);
const { loadViewer } = await import(`${folder}/permissions/loading/viewer.ts`);
const loading = await import(`${folder}/permissions/loading/contexts.ts`);
const module = await import(`${folder}/permissions/gallery.ts`);
const schema = await import(`${folder}/schema/gallery.ts`);
clock.now = () => BigInt(microseconds);
const told = {};
denials.tell = (rule, why) => (told[rule] = String(why));

const database = new DatabaseSync(file, { readOnly: true });
let queries = 0;
const db = drizzle(async (sql, params) => {
  queries += 1;
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return { rows: statement.all(...params.map((value) => (typeof value === "boolean" ? Number(value) : value))) };
});
const viewers = [];
for (const user of users) viewers.push(await loadViewer(db, user.id));
const contexts = {};
const counts = {};
for (const [table, keys] of Object.entries(keysOf)) {
  queries = 0;
  contexts[table] = await loading[`${table}Contexts`](db, keys);
  counts[table] = [queries];
  queries = 0;
  await loading[`${table}Contexts`](db, keys.slice(0, 1));
  counts[table].push(queries);
}
const predicates = {};
const filters = {};
for (const { permission, registry, rule, filter, table } of rules) {
  predicates[permission] = viewers.map((viewer) =>
    keysOf[table].map((key) => can(module[registry], viewer, rule, contexts[table].get(key))),
  );
  filters[permission] = [];
  for (const viewer of viewers) {
    const rows = await db.select({ id: schema[table].id }).from(schema[table]).where(module[filter](viewer));
    filters[permission].push(rows.map((row) => row.id));
  }
}
process.stdout.write(JSON.stringify({ predicates, filters, told, counts }));
