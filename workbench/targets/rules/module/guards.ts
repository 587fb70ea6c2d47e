// What a server function asks before it does anything. A route's `beforeLoad` only redirects: both are needed.
import { can, denials, isActive, isGranted, Refused, type Registry, type User, visitor } from "./rules.ts";

type Status = 401 | 403 | 404;
const said = { 401: "sign in first", 403: "not allowed", 404: "not found" };

/** 401: sign in, or as somebody else. 403: whoever you are, you may not. 404: there is nothing for you here. */
export class Denied extends Error {
  readonly status: Status;

  constructor(status: Status) {
    super(said[status]);
    this.status = status;
  }
}

/** Who a session stands for: a locked account has none, as in Django. */
const present = (user: User): User => (isActive(user) ? user : visitor);

const admit = (user: User, allowed: boolean): void => {
  if (!allowed) throw new Denied(isActive(user) ? 403 : 401);
};

/** Somebody is signed in: Django's `login_required`. */
export function requireSession(user: User): User & { readonly id: number } {
  if (user.id === null || !isActive(user)) throw new Denied(401);
  return { ...user, id: user.id };
}

const refusedWith =
  (status: Status) =>
  (check: () => void): void => {
    try {
      check();
    } catch (error) {
      throw error instanceof Denied ? new Denied(status) : error;
    }
  };

/** Whoever is refused is asked to sign in, also who is signed in: so do Django's decorators. */
export const orLogin = refusedWith(401);

/** Whoever is refused learns that they may not, visitors too: Django's `raise_exception`. */
export const orForbidden = refusedWith(403);

/** Whoever is refused finds nothing: guardian's `return_404`. */
export const orNotFound = refusedWith(404);

/** Django's `staff_member_required`: others are sent to the login page of the admin. */
export function requireStaff(user: User): void {
  if (!isActive(user) || !user.isStaff) throw new Denied(401);
}

/** Django's `is_superuser`. */
export const requireSiteAdmin = (user: User): void => admit(user, isActive(user) && user.isSiteAdmin);

/** Django's `permission_required`: all of the permissions are granted in general. */
export const requirePermission = (user: User, ...names: readonly [string, ...string[]]): void =>
  admit(
    user,
    names.every((name) => isGranted(user, name)),
  );

/** One of the permissions is granted in general. */
export const requireSomePermission = (user: User, ...names: readonly [string, ...string[]]): void =>
  admit(
    user,
    names.some((name) => isGranted(user, name)),
  );

/** Django's `user_passes_test`: a test of the user; where it has no answer, nobody passes. */
export function requireTest(user: User, test: (user: User) => boolean): void {
  let allowed = false;
  try {
    allowed = test(present(user));
  } catch (error) {
    if (!(error instanceof Refused)) denials.tell("guard", error);
  }
  admit(user, allowed);
}

/** A rule about an object: django-rules' and guardian's `permission_required`. */
export const requireRule = <C>(registry: Registry<User, C>, user: User, name: string, context: C): void =>
  admit(user, can(registry, present(user), name, context));

/** The object that the address names is there: Django's `get_object_or_404`. */
export function requireFound<C>(object: C | undefined): asserts object is C {
  if (object === undefined) throw new Denied(404);
}

/** A guard whose Python has no translation: nobody passes. */
export const requireNothingKnown = (user: User, reason: string): void => {
  denials.tell("guard", reason);
  admit(user, false);
};
