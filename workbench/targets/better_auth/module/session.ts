// Who asks, by the session cookie. A locked account is signed out at its next request.
import type { Auth } from "./auth.ts";

/** 401: nobody is signed in. 403: somebody is, and may not. */
export class Denied extends Error {
  readonly status: 401 | 403;

  constructor(status: 401 | 403) {
    super(status === 401 ? "sign in first" : "not allowed");
    this.status = status;
  }
}

export type Session = NonNullable<Awaited<ReturnType<Auth["api"]["getSession"]>>>;

/** The session of a request; null for a visitor, and for an account that was locked since. */
export async function currentSession(auth: Auth, headers: Headers): Promise<Session | null> {
  const found = await auth.api.getSession({ headers });
  return found && found.user.deactivatedAt === null ? found : null;
}

/** Django's `login_required`: the session, or `Denied`. */
export async function requireSession(auth: Auth, headers: Headers): Promise<Session> {
  const session = await currentSession(auth, headers);
  if (!session) throw new Denied(401);
  return session;
}

/** Django's `is_superuser`: the session of a site admin, or `Denied`. */
export async function requireSiteAdmin(auth: Auth, headers: Headers): Promise<Session> {
  const session = await requireSession(auth, headers);
  if (session.user.isSiteAdmin !== true) throw new Denied(403);
  return session;
}
