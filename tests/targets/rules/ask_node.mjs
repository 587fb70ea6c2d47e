// Asks the generated registries and filters everything: node ask_node.mjs FOLDER DATABASE < questions.json
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { drizzle } from "drizzle-orm/sqlite-proxy";

const [folder, file] = process.argv.slice(2);
const { users, objects: keysOf, rules, pages } = JSON.parse(readFileSync(0, "utf8"));
const modules = { processn: await import(`${folder}/permissions/processn.ts`), protokolln: await import(`${folder}/permissions/protokolln.ts`) };
const { can } = await import(`${folder}/permissions/rules.ts`);
const schema = { ...(await import(`${folder}/schema/processn.ts`)), ...(await import(`${folder}/schema/protokolln.ts`)) };
const database = new DatabaseSync(file, { readOnly: true });
const db = drizzle(async (sql, params) => {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return { rows: statement.all(...params.map((value) => (typeof value === "boolean" ? Number(value) : value))) };
});
const { loadViewer } = await import(`${folder}/permissions/loading/viewer.ts`);
const loading = await import(`${folder}/permissions/loading/contexts.ts`);
const viewers = await Promise.all(users.map((user) => loadViewer(db, user.id)));
const objects = {};
for (const [table, keys] of Object.entries(keysOf)) {
  const contexts = await loading[`${table}Contexts`](db, keys);
  objects[table] = keys.map((key) => contexts.get(key));
}

const predicates = {};
const filters = {};
for (const { permission, module, registry, rule, filter, table } of rules) {
  predicates[permission] = viewers.map((viewer) => objects[table].map((thing) => can(modules[module][registry], viewer, rule, thing)));
  filters[permission] = await Promise.all(
    viewers.map(async (viewer) => {
      const where = modules[module][filter](viewer);
      const rows = await db.select({ id: schema[table].id }).from(schema[table]).where(where);
      return rows.map((row) => row.id);
    }),
  );
}
const views = await import(`${folder}/permissions/views.ts`);
const admitted = (guard, viewer, thing) => {
  try {
    views[guard](viewer, thing);
    return true;
  } catch (error) {
    if (![401, 403].includes(error.status)) throw error;
    return false;
  }
};
const guards = {};
for (const [guard, table] of pages)
  guards[guard] = viewers.map((viewer) => (objects[table] ?? [null]).map((thing) => admitted(guard, viewer, thing)));
process.stdout.write(JSON.stringify({ predicates, filters, guards }));
