// Rules of who may do what: predicates over a user and a context, combined and asked by name.
// Deny by default: an unknown name, a missing context, an exception, an untranslated rule: denied.

/** Who asks. A visitor who is not signed in is `visitor`. */
export interface User {
  readonly id: number | null;
  /** Set: the account is locked out (Django's `is_active` is false). */
  readonly deactivatedAt: Date | null;
  readonly isStaff: boolean;
  /** Django's `is_superuser`. */
  readonly isSiteAdmin: boolean;
  readonly groups: readonly string[];
  /** Granted in general, directly or by groups: `app.codename`. */
  readonly permissions: readonly string[];
  /** What rules read of the user's own row (`Own` of own.ts); a visitor has none. */
  readonly own?: unknown;
}

export const visitor: User = {
  id: null,
  deactivatedAt: null,
  isStaff: false,
  isSiteAdmin: false,
  groups: [],
  permissions: [],
};

export const isAuthenticated = (user: User): boolean => user.id !== null;

export const isActive = (user: User): boolean => user.id !== null && user.deactivatedAt === null;

export const inSomeGroup = (user: User, names: readonly string[]): boolean =>
  names.some((name) => user.groups.includes(name));

export const inEveryGroup = (user: User, names: readonly string[]): boolean =>
  names.every((name) => user.groups.includes(name));

/** A permission granted in general, as Django's `user.has_perm("app.codename")` answers without an object. */
export const isGranted = (user: User, permission: string): boolean =>
  isActive(user) && (user.isSiteAdmin || user.permissions.includes(permission));

/** No answer can be given: whoever asks is denied, whatever else the rule says. */
export class Refused extends Error {}

/** The object at the end of a reference, or the value of a field. Python raises where there is none: so does this. */
export function there<T>(value: T): NonNullable<T> {
  if (value === null || value === undefined) throw new Refused("nothing stands there");
  return value;
}

/** Whether the one row that is looked for passes a test. Python raises where there is none: so does this. */
export const picked = <R>(row: R | undefined, test: (row: R) => boolean): boolean => test(there(row));

/** Where denials are told that no rule decided: put the application's own logger here. */
export const denials = {
  tell: (rule: string, why: unknown): void => console.error(`rule ${JSON.stringify(rule)}: denied`, why),
};

/** True for whoever is signed in. Django raises where a visitor is the value of a filter: so does this. */
export function signedIn(user: User): true {
  if (user.id === null) throw new Refused("a visitor is no value of a filter");
  return true;
}

/** `null`: no answer. A combination leaves such a part out, as django-rules does. */
type Answer = boolean | null;
type Test<C> = (user: User, context: C) => Answer;

const combined = (
  first: Answer,
  second: () => Answer,
  decided: boolean | undefined,
  combine: (first: boolean, second: boolean) => boolean,
): Answer => {
  if (first === null) return second();
  if (first === decided) return first;
  const other = second();
  return other === null ? first : combine(first, other);
};

const both = (first: boolean, second: boolean): boolean => first && second;
const either = (first: boolean, second: boolean): boolean => first || second;
const one = (first: boolean, second: boolean): boolean => first !== second;

/** A question with a name; `and` and `or` ask their second part only where the first leaves the answer open. */
export class Predicate<C> {
  readonly name: string;
  readonly test: Test<C>;

  constructor(name: string, test: Test<C>) {
    this.name = name;
    this.test = test;
  }

  and<D>(other: Predicate<D>): Predicate<C & D> {
    const test: Test<C & D> = (user, context) =>
      combined(this.test(user, context), () => other.test(user, context), false, both);
    return new Predicate(`(${this.name} & ${other.name})`, test);
  }

  or<D>(other: Predicate<D>): Predicate<C & D> {
    const test: Test<C & D> = (user, context) =>
      combined(this.test(user, context), () => other.test(user, context), true, either);
    return new Predicate(`(${this.name} | ${other.name})`, test);
  }

  xor<D>(other: Predicate<D>): Predicate<C & D> {
    const test: Test<C & D> = (user, context) =>
      combined(this.test(user, context), () => other.test(user, context), undefined, one);
    return new Predicate(`(${this.name} ^ ${other.name})`, test);
  }

  not(): Predicate<C> {
    const test: Test<C> = (user, context) => {
      const answer = this.test(user, context);
      return answer === null ? null : !answer;
    };
    return new Predicate(`~${this.name}`, test);
  }
}

export const predicate = <C = unknown>(name: string, test: Test<C>): Predicate<C> => new Predicate(name, test);

/** A permission that no rule decides, granted in general: asked about an object, Django's own backend says no. */
export const granted = (permission: string): Predicate<unknown> =>
  predicate(permission, (user, context) => context === undefined && isGranted(user, permission));

/** Grants nothing: where the user model itself answers, as its predicate beside this says. */
export const nothing: Predicate<unknown> = predicate("nothing", () => false);

/** What a backend says without an object: of an object it says nothing. */
export const inGeneral = (test: Predicate<unknown>): Predicate<unknown> =>
  predicate(test.name, (user, context) => context === undefined && test.test(user, undefined));

/** Stands for a predicate whose Python has no translation: whoever asks is denied, also under `not`. */
export const untranslated = (name: string, reason: string): Predicate<unknown> =>
  new Predicate(name, () => {
    throw new Error(`${name} is not translated: ${reason}`);
  });

/** Rules by name. */
export class Registry<U extends User, C> {
  readonly #rules = new Map<string, Predicate<C>>();
  /** Whether a site admin may whatever has a rule, unasked. */
  readonly above: boolean;

  constructor(above = true) {
    this.above = above;
  }

  /** Adds a rule; throws where the name is taken. */
  add(name: string, rule: Predicate<C>): this {
    if (this.#rules.has(name)) throw new Error(`a rule named ${JSON.stringify(name)} exists already`);
    this.#rules.set(name, rule);
    return this;
  }

  has(name: string): boolean {
    return this.#rules.has(name);
  }

  /** The rules' names, in the order they were added. */
  names(): string[] {
    return [...this.#rules.keys()];
  }

  /** What the rule alone answers; false where there is no such rule or no answer. */
  test(name: string, user: U, context: C): boolean {
    const rule = this.#rules.get(name);
    try {
      if (rule === undefined) throw new Error("there is no such rule");
      return rule.test(user, context) === true;
    } catch (error) {
      if (!(error instanceof Refused)) denials.tell(name, error);
      return false;
    }
  }
}

/** Whether the user may: a site admin may whatever has a rule, others what the rule says. */
export const can = <U extends User, C>(registry: Registry<U, C>, user: U, name: string, context: C): boolean =>
  (registry.above && registry.has(name) && user.isSiteAdmin && isActive(user)) || registry.test(name, user, context);

/** What the user may do with one object, rule by rule: booleans for the interface. */
export const capabilities = <U extends User, C>(
  registry: Registry<U, C>,
  user: U,
  context: C,
): Readonly<Record<string, boolean>> =>
  Object.fromEntries(registry.names().map((name) => [name, can(registry, user, name, context)]));
