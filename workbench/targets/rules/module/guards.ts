// What a server function asks before it does anything. A route's `beforeLoad` only redirects: both are needed.
import { can, isActive, isAuthenticated, isGranted, type Registry, type User } from "./rules.ts";

/** 401: nobody is signed in. 403: somebody is, and may not. */
export class Denied extends Error {
  readonly status: 401 | 403;

  constructor(status: 401 | 403) {
    super(status === 401 ? "sign in first" : "not allowed");
    this.status = status;
  }
}

/** Somebody is signed in: Django's `login_required`. A locked account has no session. */
export function requireSession(user: User): User & { readonly id: number } {
  if (user.id === null || !isActive(user)) throw new Denied(401);
  return { ...user, id: user.id };
}

const admit = (user: User, allowed: boolean): void => {
  if (!allowed) throw new Denied(isAuthenticated(user) ? 403 : 401);
};

/** Django's `staff_member_required`. */
export const requireStaff = (user: User): void => admit(user, isActive(user) && user.isStaff);

/** Django's `is_superuser`. */
export const requireSiteAdmin = (user: User): void => admit(user, isActive(user) && user.isSiteAdmin);

/** Django's `permission_required`: the permission is granted in general. */
export const requirePermission = (user: User, ...names: readonly string[]): void =>
  admit(
    user,
    names.every((name) => isGranted(user, name)),
  );

/** Django's `user_passes_test`: a test of the user; where it has no answer, nobody passes. */
export function requireTest(user: User, test: (user: User) => boolean): void {
  let allowed = false;
  try {
    allowed = test(user);
  } catch {
    allowed = false;
  }
  admit(user, allowed);
}

/** A rule about an object: django-rules' and guardian's `permission_required`. */
export const requireRule = <C>(registry: Registry<User, C>, user: User, name: string, context: C): void =>
  admit(user, can(registry, user, name, context));

/** A guard whose Python has no translation: nobody passes. */
export const requireNothingKnown = (user: User, _reason: string): void => admit(user, false);
