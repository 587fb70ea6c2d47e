// Values as Python compares them: decimals and moments come from the database as text, with all their digits.

/** Where the time is taken from: put a fixed one here in tests. */
export const clock = {
  /** Microseconds since 1970, UTC. */
  now: (): bigint => BigInt(Date.now()) * 1000n,
};

/** Negative, zero or positive, as the first decimal is less than, equal to or greater than the second. */
export function decimals(first: string, second: string): number {
  const places = Math.max(fraction(first).length, fraction(second).length);
  return order(scaled(first, places), scaled(second, places));
}

/** The same of two moments, `2026-01-31 12:00:00.5+00` or with a `T` and a `Z`; without an offset they are UTC. */
export const instants = (first: string, second: string): number => order(microseconds(first), microseconds(second));

/** Python's `==` of two values that are compared by a function: null equals null and nothing else. */
export const sameValue = (
  compare: (first: string, second: string) => number,
  first: string | null,
  second: string | null,
): boolean => (first === null || second === null ? first === second : compare(first, second) === 0);

/** The current moment, moved by microseconds. */
export function now(offset = 0): string {
  const moment = clock.now() + BigInt(offset);
  const milliseconds = moment >= 0n ? moment / 1000n : (moment - 999n) / 1000n;
  const rest = String(moment - milliseconds * 1000n).padStart(3, "0");
  return `${new Date(Number(milliseconds)).toISOString().slice(0, 23).replace("T", " ")}${rest}+00`;
}

/** The current day in a time zone, moved by days. */
export function today(zone: string, offset = 0): string {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "numeric", day: "numeric" });
  const parts = Object.fromEntries(format.formatToParts(Number(clock.now() / 1000n)).map((part) => [part.type, part.value]));
  const day = new Date(Date.UTC(Number(parts.year), Number(parts.month) - 1, Number(parts.day) + offset));
  return day.toISOString().slice(0, 10);
}

/** The links of a chain up to the first that does not lead further, that one included. */
export function climbed<T>(chain: readonly T[], climbs: (link: T) => boolean): readonly T[] {
  const end = chain.findIndex((link) => !climbs(link));
  return end < 0 ? chain : chain.slice(0, end + 1);
}

const order = (first: bigint, second: bigint): number => (first < second ? -1 : first > second ? 1 : 0);

const fraction = (text: string): string => text.split(".")[1] ?? "";

const scaled = (text: string, places: number): bigint => {
  const [whole, digits = ""] = text.split(".");
  return BigInt(`${whole}${digits.padEnd(places, "0")}`);
};

function microseconds(text: string): bigint {
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(Z|[+-]\d{2}(?::?\d{2})?)?$/.exec(text);
  if (found === null) throw new Error(`${JSON.stringify(text)} is no moment`);
  const [, day, time, digits = "", zone = "Z"] = found;
  const offset = zone === "Z" ? "Z" : zone.length === 3 ? `${zone}:00` : zone;
  return BigInt(Date.parse(`${day}T${time}${offset}`)) * 1000n + BigInt(digits.padEnd(6, "0"));
}
