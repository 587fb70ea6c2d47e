// What the suite asks of vitest, by Node's own test runner: the tests need no packages of their own.
import assert from "node:assert/strict";
import test, { afterEach, beforeEach } from "node:test";

export { afterEach, beforeEach, test };

export const expect = (found) => ({
  toBe: (wanted) => assert.equal(found, wanted),
  toBeUndefined: () => assert.equal(found, undefined),
  toEqual: (wanted) => assert.deepEqual(found, wanted),
  toHaveLength: (wanted) => assert.equal(found.length, wanted),
  toThrow: (text) => assert.throws(found, (error) => error.message.includes(text)),
});
