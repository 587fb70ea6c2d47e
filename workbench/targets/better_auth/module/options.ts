// Better Auth as the Django project signs in: its hashes, its inactive users, its sessions.
import type { BetterAuthOptions } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { and, eq, isNull } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { hashPassword, isDjangos, isTyped, verifyPassword } from "./django-passwords.ts";
import { accepted, cookies, passwords, sessions } from "./project.ts";
import * as schema from "./schema.ts";

export type Database = PgDatabase<PgQueryResultHKT, Record<string, unknown>>;

/** What differs from server to server; `secret` signs the cookies. */
export interface Server {
  readonly secret: string;
  readonly baseURL: string;
  readonly logger?: BetterAuthOptions["logger"];
}

/** Better Auth's own words: one answer for an unknown user, a wrong password and an inactive user, as in Django. */
export const refusal = (code: string, message: string) => new APIError("UNAUTHORIZED", { code, message });

// Python's str.strip(): what it takes for white space, JavaScript's trim() does not always, and the reverse
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");

/** A login name as Django's login form reads it: without white space at its ends, in Unicode's NFKC form. */
export const loginName = (typed: string): string => typed.replace(ENDS, "").normalize("NFKC");

/** Whether it can be a login name at all. */
export const isLoginName = (typed: unknown): typed is string => typeof typed === "string" && isTyped(typed);

/** Whether the account of that key may have a session: it is there, and not locked. */
async function isOpen(db: Database, userId: string): Promise<boolean> {
  const open = and(eq(schema.user.id, userId), isNull(schema.user.deactivatedAt));
  return (await db.select({ id: schema.user.id }).from(schema.user).where(open)).length === 1;
}

/** Replaces Django's hash by our own, unless the password was changed meanwhile. */
async function upgrade(db: Database, userId: string, password: string): Promise<void> {
  const { account } = schema;
  const mine = and(eq(account.userId, userId), eq(account.providerId, "credential"));
  const [stored] = await db.select({ id: account.id, hash: account.password }).from(account).where(mine);
  if (!stored?.hash || !isDjangos(stored.hash)) return;
  const unchanged = and(eq(account.id, stored.id), eq(account.password, stored.hash));
  await db.update(account).set({ password: await hashPassword(password), updatedAt: new Date() }).where(unchanged);
}

/** After a sign-in with a password. */
const upgraded = (db: Database) =>
  createAuthMiddleware(async (ctx) => {
    const password: unknown = ctx.body?.password;
    const signedIn = ctx.context.newSession;
    if (!ctx.path.startsWith("/sign-in/") || !signedIn || typeof password !== "string") return;
    await upgrade(db, signedIn.user.id, password);
  });

/** What django.contrib.auth has no page for: signing up, and giving oneself another login name. */
export const CLOSED = ["/sign-up/email", "/update-user"];

/** Everything but the way a user is named, which `auth.ts` adds. */
export const options = (db: Database, { secret, baseURL, logger }: Server, refused: () => APIError) =>
  ({
    secret,
    baseURL,
    logger,
    database: drizzleAdapter(db, { provider: "pg", schema }),
    emailAndPassword: {
      enabled: passwords.enabled,
      disableSignUp: true,
      minPasswordLength: passwords.minLength,
      maxPasswordLength: passwords.maxLength,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password, accepted),
      },
    },
    user: {
      additionalFields: {
        isSiteAdmin: { type: "boolean", required: true, defaultValue: false, input: false },
        isStaff: { type: "boolean", required: true, defaultValue: false, input: false },
        deactivatedAt: { type: "date", required: false, input: false },
      },
    },
    disabledPaths: CLOSED,
    session: { ...sessions },
    advanced: { ...cookies },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            if (!(await isOpen(db, session.userId))) throw refused();
          },
        },
      },
    },
    hooks: { after: upgraded(db) },
  }) satisfies BetterAuthOptions;
