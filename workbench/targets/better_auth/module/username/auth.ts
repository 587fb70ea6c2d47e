// Signs users in by their login name and password: `auth.api.signInUsername`.
import { betterAuth } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import { username } from "better-auth/plugins";
import { CLOSED, isLoginName, loginName, options, refusal, type Database, type Server } from "./options.ts";

/** In Django an e-mail address signs nobody in, and nobody may ask which names are taken. */
const NOT_HERE = ["/sign-in/email", "/is-username-available"];

const refused = () => refusal("INVALID_USERNAME_OR_PASSWORD", "Invalid username or password");

const before = createAuthMiddleware(async (ctx) => {
  if (NOT_HERE.includes(ctx.path)) throw refused();
  if (ctx.path === "/sign-in/username" && !isLoginName(ctx.body?.username)) throw refused();
});

export function createAuth(db: Database, server: Server) {
  const known = options(db, server, refused);
  const named = username({
    minUsernameLength: 1,
    maxUsernameLength: 1000, // the database decides
    usernameValidator: () => true,
    usernameNormalization: loginName,
  });
  const disabledPaths = [...CLOSED, ...NOT_HERE];
  return betterAuth({ ...known, hooks: { ...known.hooks, before }, disabledPaths, plugins: [named] });
}

export type Auth = ReturnType<typeof createAuth>;
