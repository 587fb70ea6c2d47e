// Signs users in by their e-mail address and password: `auth.api.signInEmail`.
import { betterAuth } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import { eq } from "drizzle-orm";
import { isLoginName, loginName, options, refusal, type Database, type Server } from "./options.ts";
import { user } from "./schema.ts";

const PATH = "/sign-in/email";
const refused = () => refusal("INVALID_EMAIL_OR_PASSWORD", "Invalid email or password");

/** Whose address is spelled exactly so; Better Auth itself would take any case. */
async function addressOf(db: Database, typed: string): Promise<string | undefined> {
  const [found] = await db.select({ email: user.email }).from(user).where(eq(user.username, loginName(typed)));
  return found?.email;
}

const before = (db: Database) =>
  createAuthMiddleware(async (ctx) => {
    if (ctx.path !== PATH) return;
    const typed: unknown = ctx.body?.email;
    const email = isLoginName(typed) ? await addressOf(db, typed) : undefined;
    if (email !== undefined) return { context: { body: { ...ctx.body, email } } };
    await ctx.context.password.hash(String(ctx.body?.password)); // an unknown user costs as much time as a known one
    throw refused();
  });

export function createAuth(db: Database, server: Server) {
  const known = options(db, server, refused);
  const additionalFields = {
    ...known.user.additionalFields,
    username: { type: "string", required: false, unique: true, input: false },
  } as const;
  return betterAuth({ ...known, user: { additionalFields }, hooks: { ...known.hooks, before: before(db) } });
}

export type Auth = ReturnType<typeof createAuth>;
