// JavaScript values as JSON that keeps their type: the table is in workbench/runtime/observation.py.
import pgUtils from 'pg/lib/utils.js';

function tagged(kind, value) {
  return { $: kind, v: value };
}

function numberText(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}

const byType = {
  string: (value) => value,
  boolean: (value) => value,
  number: (value) => tagged('js-number', numberText(value)),
  bigint: (value) => tagged('js-bigint', String(value)),
  undefined: () => tagged('js-undefined', null),
  object: objectWire,
};

function objectWire(value) {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(toWire);
  if (value instanceof Date) return tagged('js-date', Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString());
  if (value instanceof Uint8Array) return tagged('bytes', Buffer.from(value).toString('hex'));
  return tagged('js-object', Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toWire(item)])));
}

export function toWire(value) {
  return (byType[typeof value] ?? ((other) => tagged('other', { type: typeof other, text: String(other) })))(value);
}

/** A parameter as the driver sends it: plain JSON where that is exact, else the text node-postgres makes of it. */
export function parameter(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : tagged('float', pythonFloat(value));
  if (typeof value === 'bigint') return tagged('js-bigint', String(value));
  if (value instanceof Uint8Array) return tagged('bytes', Buffer.from(value).toString('hex'));
  return pgUtils.prepareValue(value);
}

function pythonFloat(value) {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return numberText(value);
}
