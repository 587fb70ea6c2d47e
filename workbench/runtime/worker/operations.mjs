// The operations of the worker: a table, one function each.
import { answerGuards } from './guards.mjs';
import { decide } from './decisions.mjs';
import { kit, migrate, pushDiff } from './kit.mjs';
import { perform } from './performing.mjs';
import { compile, run } from './queries.mjs';
import { dialects, load } from './schemas.mjs';

/** Imports what the first requests of a project will wait for. */
async function prepare({ dialect }) {
  await Promise.all([kit(), dialects[dialect]()]);
}

export const operations = {
  prepare,
  load,
  compile,
  run,
  perform,
  decide,
  migrate,
  push_diff: pushDiff,
  guards: answerGuards,
  ping: () => ({ node: process.versions.node }),
};
