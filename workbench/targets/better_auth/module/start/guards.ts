// The guards of a TanStack Start app. A route's `beforeLoad` redirects a visitor and protects nothing: a server
// function is an endpoint of its own. So a page that needs a session lies below `_authed`, and every server function
// that it calls uses `requireAuth`.
import { createMiddleware, createServerFn } from "@tanstack/react-start";
import { getRequest, setResponseStatus } from "@tanstack/react-start/server";
import type { Auth } from "../auth/auth.ts";
import { auth } from "../auth/server.ts";
import { currentSession, Denied, requireSession, requireSiteAdmin, type Session } from "../auth/session.ts";

type Guard = (auth: Auth, headers: Headers) => Promise<Session>;

/** The session that a guard lets through; a denial has its status, 401 or 403. */
async function admitted(guard: Guard): Promise<Session> {
  try {
    return await guard(auth, getRequest().headers);
  } catch (error) {
    if (error instanceof Denied) setResponseStatus(error.status);
    throw error;
  }
}

/** Django's `login_required`, for a server function: its context has the session. */
export const requireAuth = createMiddleware({ type: "function" }).server(async ({ next }) =>
  next({ context: { session: await admitted(requireSession) } }),
);

/** Django's `is_superuser`, for a server function. */
export const requireAdmin = createMiddleware({ type: "function" }).server(async ({ next }) =>
  next({ context: { session: await admitted(requireSiteAdmin) } }),
);

/** Who is signed in, as the browser may know it; null for a visitor. */
export const whoIsThere = createServerFn({ method: "GET" }).handler(async () => {
  const session = await currentSession(auth, getRequest().headers);
  return session && { id: session.user.id, name: session.user.name, isSiteAdmin: session.user.isSiteAdmin };
});
