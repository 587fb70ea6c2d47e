// TypeScript modules that exist in memory only, under `workbench:///<schema key>/<path>`.
// Node strips their types. Bare imports are resolved from the folder that holds our npm packages.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const packages = pathToFileURL(`${process.env.WORKBENCH_PACKAGES}/importer.mjs`).href;
const ours = new URL('.', import.meta.url).href;
const sources = new Map();

export const scheme = 'workbench:///';

export function urlOf(key, path) {
  return new URL(path, `${scheme}${key}/`).href;
}

export function define(key, path, text) {
  const url = urlOf(key, path);
  sources.set(url, text);
  return url;
}

export function forget(url) {
  sources.delete(url);
}

/** What an import may mean: the path itself, or with the ending that TypeScript lets one leave out. */
function candidates(url) {
  const bare = url.replace(/\.js$/, '');
  return [url, `${bare}.ts`, `${bare}/index.ts`];
}

function missing(specifier, parent) {
  const error = new Error(`Cannot find module '${specifier}'`);
  const before = (sources.get(parent) ?? '').split(specifier)[0].split('\n');
  const file = parent?.slice(scheme.length).replace(/^[^/]+\//, '').replace(/\?.*/, '');
  error.place = { file, line: before.length, column: before.at(-1).length + 1 };
  return error;
}

function inMemory(specifier, parent) {
  const url = new URL(specifier, parent).href;
  const found = candidates(url).find((candidate) => sources.has(candidate));
  if (!found) throw missing(specifier, parent);
  return { url: found, format: 'module-typescript', shortCircuit: true };
}

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? '';
    if (specifier.startsWith(scheme)) return inMemory(specifier);
    if (parent.startsWith(scheme) && /^\.{0,2}\//.test(specifier)) return inMemory(specifier, parent);
    const bare = !/^(\.{0,2}\/|[a-z]+:)/.test(specifier);
    if (bare && (parent.startsWith(scheme) || parent.startsWith(ours))) {
      return next(specifier, { ...context, parentURL: packages });
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    const source = sources.get(url);
    return source === undefined ? next(url, context) : { format: 'module-typescript', source, shortCircuit: true };
  },
});
