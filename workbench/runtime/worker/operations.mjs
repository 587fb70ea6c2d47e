// The operations of the worker: a table, one function each.
import { migrate, pushDiff } from './kit.mjs';
import { compile, run } from './queries.mjs';
import { load } from './schemas.mjs';

export const operations = {
  load,
  compile,
  run,
  migrate,
  push_diff: pushDiff,
  ping: () => ({ node: process.versions.node }),
};
