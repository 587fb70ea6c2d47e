// TypeScript's checker on modules that exist in memory only.
// Each schema is a project of its own below the folder of our npm packages, so that `drizzle-orm` is found by walking up.
import { API, DiagnosticCategory } from 'typescript/unstable/sync';
import { Refusal } from './failures.mjs';

const root = `${process.env.WORKBENCH_PACKAGES}/checks`;
const config = JSON.stringify({
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['**/*.ts'],
});
const noTruncation = 1 | 8388608; // NodeBuilderFlags: NoTruncation, InTypeAlias (a type is not printed as its alias)
const files = new Map(); // path -> text
const folders = new Set();
let snapshot;

const inside = (path) => path === root || path.startsWith(`${root}/`);
const api = new API({
  cwd: root,
  fs: {
    readFile: (path) => (inside(path) ? (files.get(path) ?? null) : undefined),
    fileExists: (path) => (inside(path) ? files.has(path) : undefined),
    directoryExists: (path) => (inside(path) ? folders.has(path) : undefined),
    getAccessibleEntries: (path) => (inside(path) ? entries(path) : undefined),
    realpath: (path) => (inside(path) ? path : undefined),
  },
});

function entries(folder) {
  const child = (path) => (path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/') ? [path.slice(folder.length + 1)] : []);
  return { files: [...files.keys()].flatMap(child), directories: [...folders].flatMap(child) };
}

function write(path, text) {
  files.set(path, text);
  for (let folder = path; inside(folder); ) folders.add((folder = folder.slice(0, folder.lastIndexOf('/'))));
}

/** Makes the project known; a second call with the same key replaces its files. */
export function open({ key, files: given }) {
  const folder = `${root}/${key}`;
  const known = files.has(`${folder}/tsconfig.json`);
  write(`${folder}/tsconfig.json`, config);
  for (const [path, text] of Object.entries(given)) write(`${folder}/${path}`, text);
  update(known ? { fileChanges: { invalidateAll: true } } : { openProjects: [`${folder}/tsconfig.json`] });
  return null;
}

function update(params) {
  const previous = snapshot;
  snapshot = api.updateSnapshot(params);
  previous?.dispose();
}

function projectOf(key) {
  const project = snapshot?.getProject(`${root}/${key}/tsconfig.json`);
  if (!project) throw Object.assign(new Refusal('schema-missing', `schema ${key} is not open`), { open: snapshot?.getProjects().length ?? 0 });
  return project;
}

/** All errors of the named files. */
export function check({ key, paths }) {
  const { program } = projectOf(key);
  const asked = paths.map((path) => `${root}/${key}/${path}`);
  const found = asked.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]);
  return found.filter((one) => one.category === DiagnosticCategory.Error).map((one) => described(key, one));
}

/** Replaces single files of an open project. */
function edit({ key, files: given }) {
  projectOf(key);
  const paths = Object.keys(given).map((path) => `${root}/${key}/${path}`);
  const created = paths.filter((path) => !files.has(path));
  const changed = paths.filter((path) => files.has(path));
  for (const [path, text] of Object.entries(given)) write(`${root}/${key}/${path}`, text);
  update({ fileChanges: { changed, created } });
}

/** The printed type of a type alias, and of each of its properties. */
function alias({ key, path, name }) {
  const { checker } = projectOf(key);
  const file = `${root}/${key}/${path}`;
  const type = checker.getTypeAtPosition(file, files.get(file).indexOf(`type ${name} `) + 'type '.length);
  const print = (one) => checker.typeToString(one, undefined, noTruncation);
  const text = print(type);
  const properties = text.startsWith('{') ? checker.getPropertiesOfType(type) : []; // those of `number` are its methods
  const types = checker.getTypeOfSymbol(properties);
  return { text, properties: properties.map((property, index) => [property.name, print(types[index])]) };
}

/** One query's module in its schema: its errors, and the type of a row of its answer where it has none. */
export function query({ key, code, path, probe }) {
  edit({ key, files: { [path]: code } });
  const errors = check({ key, paths: [path] });
  return { errors, row: errors.length ? null : alias({ key, path: probe, name: 'Row' }) };
}

/** The message and those it is explained by, to the innermost: the last one says what is wrong. */
function sentences({ text, messageChain }) {
  return [text, ...(messageChain ?? []).flatMap(sentences)];
}

function described(key, diagnostic) {
  const path = diagnostic.fileName ?? '';
  const before = (files.get(path) ?? '').slice(0, diagnostic.pos).split('\n');
  return {
    file: path.replace(`${root}/${key}/`, ''),
    line: before.length,
    column: before.at(-1).length + 1,
    code: diagnostic.code,
    message: sentences(diagnostic).join(' '),
  };
}
