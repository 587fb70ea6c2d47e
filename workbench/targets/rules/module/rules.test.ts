// Deny by default: whatever no rule decides is denied, and told to the application's logger.
import { afterEach, beforeEach, expect, test } from "vitest";
import { Denied, requireNothingKnown, requireRule, requireSession, requireTest } from "./guards.ts";
import {
  can,
  capabilities,
  denials,
  granted,
  predicate,
  Refused,
  Registry,
  there,
  type User,
  untranslated,
  visitor,
} from "./rules.ts";

interface Task {
  readonly owner: { readonly id: number } | null;
}
const user: User = { ...visitor, id: 1, permissions: ["tasks.add_task"] };
const admin: User = { ...user, id: 2, isSiteAdmin: true };
const mine: Task = { owner: { id: 1 } };
const nobodys: Task = { owner: null };

const owns = predicate<Task>("owns", (user, task) => there(task.owner).id === user.id);
const broken = predicate<Task>("broken", () => {
  throw new Error("the disk is full");
});
const unread = untranslated("by_moon", "`moon()` has no translation");
const rules = new Registry<User, Task>()
  .add("task.change", owns)
  .add("task.break", broken)
  .add("task.moon", unread)
  .add("task.sun", unread.not())
  .add("task.either", unread.or(owns))
  .add("task.add", granted("tasks.add_task"));

const told: [string, string][] = [];
const { tell } = denials;
beforeEach(() => {
  told.length = 0;
  denials.tell = (rule, why) => void told.push([rule, String(why)]);
});
afterEach(() => {
  denials.tell = tell;
});

const status = (guard: () => void): number | undefined => {
  try {
    guard();
    return undefined;
  } catch (error) {
    if (error instanceof Denied) return error.status;
    throw error;
  }
};

test("what a rule allows is allowed, and nothing is told", () => {
  expect(can(rules, user, "task.change", mine)).toBe(true);
  expect(status(() => requireRule(rules, user, "task.change", mine))).toBeUndefined();
  expect(told).toEqual([]);
});

test("a name that nobody added is denied to everybody, and told", () => {
  expect(can(rules, user, "task.chnage", mine)).toBe(false);
  expect(can(rules, admin, "task.chnage", mine)).toBe(false);
  expect(status(() => requireRule(rules, admin, "task.chnage", mine))).toBe(403);
  expect(told).toEqual(Array(3).fill(["task.chnage", "Error: there is no such rule"]));
});

test("a context that is missing is denied, and told", () => {
  for (const missing of [undefined, null]) {
    expect(can(rules, user, "task.change", missing as unknown as Task)).toBe(false);
  }
  expect(told.map(([rule]) => rule)).toEqual(["task.change", "task.change"]);
  expect(told.every(([, why]) => why.startsWith("TypeError"))).toBe(true);
});

test("a predicate that throws is denied, and told; where Python raises as well there is nothing to tell", () => {
  expect(can(rules, user, "task.break", mine)).toBe(false);
  expect(told).toEqual([["task.break", "Error: the disk is full"]]);
  expect(can(rules, user, "task.change", nobodys)).toBe(false);
  expect(told).toHaveLength(1);
});

test("a predicate without a translation is denied, under `not` and beside others, and told", () => {
  for (const name of ["task.moon", "task.sun", "task.either"]) expect(can(rules, user, name, mine)).toBe(false);
  const why = "Error: by_moon is not translated: `moon()` has no translation";
  expect(told).toEqual([
    ["task.moon", why],
    ["task.sun", why],
    ["task.either", why],
  ]);
});

test("the booleans of the interface deny likewise, all others stay", () => {
  expect(capabilities(rules, user, mine)).toEqual({
    "task.change": true,
    "task.break": false,
    "task.moon": false,
    "task.sun": false,
    "task.either": false,
    "task.add": false,
  });
  expect(told.map(([rule]) => rule)).toEqual(["task.break", "task.moon", "task.sun", "task.either"]);
});

test("a guard whose test throws refuses, and tells", () => {
  const asked = (user: User): boolean => (user.own as { name: string }).name === "keeper";
  expect(status(() => requireTest(user, asked))).toBe(403);
  expect(status(() => requireTest(visitor, asked))).toBe(401);
  expect(told.map(([, why]) => why.split(":")[0])).toEqual(["TypeError", "TypeError"]);
  const raising = (): boolean => {
    throw new Refused("nothing is known of this user");
  };
  expect(status(() => requireTest(user, raising))).toBe(403);
  expect(told).toHaveLength(2);
});

test("a guard without a translation refuses site admins, too, and tells why", () => {
  expect(status(() => requireNothingKnown(admin, "dispatch does more"))).toBe(403);
  expect(status(() => requireNothingKnown(visitor, "dispatch does more"))).toBe(401);
  expect(told).toEqual(Array(2).fill(["guard", "dispatch does more"]));
});

test("a locked account has no session and passes no guard", () => {
  const locked: User = { ...admin, deactivatedAt: new Date(0) };
  expect(status(() => requireSession(locked))).toBe(401);
  expect(status(() => requireTest(locked, (user) => user.isSiteAdmin))).toBe(401);
  expect(can(rules, locked, "task.add", mine)).toBe(false);
});

test("a rule is added once", () => {
  expect(() => rules.add("task.change", owns)).toThrow("exists already");
});
