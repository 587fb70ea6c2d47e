// How long a warm decision takes in memory: node permission_decisions.mjs FOLDER < questions.json
import { readFileSync } from "node:fs";

const [folder] = process.argv.slice(2);
const { module, registry, rules, contexts, users } = JSON.parse(readFileSync(0, "utf8"));
const { can } = await import(`${folder}/permissions/rules.ts`);
const rooms = await import(`${folder}/${module}`);
const asked = rooms[registry];
const times = [];
for (let round = 0; round < 60; round += 1)
  for (const user of users)
    for (const context of contexts)
      for (const rule of rules) {
        const started = process.hrtime.bigint();
        can(asked, user, rule, context);
        if (round >= 10) times.push(Number(process.hrtime.bigint() - started) / 1000);
      }
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)];
process.stdout.write(JSON.stringify({ count: times.length, median: at(0.5), p95: at(0.95) }));
