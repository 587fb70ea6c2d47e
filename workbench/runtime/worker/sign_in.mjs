// Real Better Auth on a scratch database: signs in, and asks the sessions it gave.
import { isAPIError } from 'better-auth/api';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { Refusal } from './failures.mjs';
import { define, urlOf } from './modules.mjs';

// A server that exists for the length of a test; its cookies protect nothing
const server = { secret: 'a-scratch-server-whose-sessions-protect-nothing', baseURL: 'http://localhost', logger: { disabled: true } };
const opened = new Map(); // key -> the modules of a project, its Better Auth and its connection

/** Evaluates the project's `auth/` modules and connects them with a database. */
async function open({ key, files, settings }) {
  await close({ key });
  for (const [path, text] of Object.entries(files)) define(key, path, text);
  const [{ createAuth }, session] = await Promise.all(['auth/auth.ts', 'auth/session.ts'].map((path) => import(urlOf(key, path))));
  const client = new pg.Client({ ...settings, options: '-c timezone=UTC' });
  await client.connect();
  opened.set(key, { auth: createAuth(drizzle(client), server), session, client });
}

async function close({ key }) {
  await opened.get(key)?.client.end();
  opened.delete(key);
}

function find(key) {
  const found = opened.get(key);
  if (!found) throw new Refusal('sign-in-not-open', `no sign-in of that key is open: ${key}`);
  return found;
}

/** Tries each [login, password] by itself: what a success writes is rolled back. */
async function attempt({ key, attempts }) {
  const { auth, client } = find(key);
  const answers = [];
  for (const [login, password] of attempts) {
    await client.query('BEGIN');
    try {
      answers.push(await signIn(auth, login, password));
    } finally {
      await client.query('ROLLBACK');
    }
  }
  return answers.map(({ accepted, status, code, user }) => ({ accepted, status, code, user }));
}

/** Signs in for good and comes back with the cookie: what each guard lets through. */
async function enter({ key, login, password }) {
  const { auth, session } = find(key);
  const { cookie, ...answer } = await signIn(auth, login, password);
  const headers = new Headers(cookie ? { cookie } : {});
  return {
    ...answer,
    cookie: cookie ?? null,
    session: await guarded(() => session.requireSession(auth, headers)),
    siteAdmin: await guarded(() => session.requireSiteAdmin(auth, headers)),
  };
}

/** What the guards say of a cookie that was given out before. */
async function ask({ key, cookie }) {
  const { auth, session } = find(key);
  const headers = new Headers(cookie ? { cookie } : {});
  const current = await session.currentSession(auth, headers);
  return { current: current?.user.id ?? null, session: await guarded(() => session.requireSession(auth, headers)) };
}

/** By the name a user has in this project: Better Auth's own endpoint for it. */
async function signIn(auth, login, password) {
  const { signInUsername, signInEmail } = auth.api;
  const body = signInUsername ? { username: login, password } : { email: login, password };
  const response = await (signInUsername ?? signInEmail)({ body, asResponse: true }).catch(refused);
  const { user, code } = await response.json();
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  return { accepted: response.ok, status: response.status, code: code ?? null, user: user?.id ?? null, cookie };
}

/** What a hook throws, as the answer that a browser would get; any other error is no answer. */
function refused(error) {
  if (!isAPIError(error)) throw error;
  return Response.json(error.body, { status: error.statusCode });
}

/** The id of the session's user, or the status of the denial. */
async function guarded(require) {
  try {
    return { user: (await require()).user.id };
  } catch (error) {
    if (error.status !== 401 && error.status !== 403) throw error;
    return { denied: error.status };
  }
}

/** The verdict of the password module alone, for stored hashes of any kind. */
async function verify({ key, cases, accepted }) {
  const { verifyPassword } = await import(urlOf(key, 'auth/django-passwords.ts'));
  const answers = [];
  for (const [stored, password] of cases) answers.push(await verifyPassword(stored, password, accepted));
  return answers;
}

/** The status of a POST to one of Better Auth's own endpoints, as a browser would send it. */
async function post({ key, path, body }) {
  const headers = { 'content-type': 'application/json', origin: server.baseURL };
  const request = new Request(`${server.baseURL}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await find(key).auth.handler(request)).status;
}

export const operations = { open, close, attempt, enter, ask, verify, post };
