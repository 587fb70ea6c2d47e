// The same rules as SQL: a WHERE that keeps the rows on which a predicate holds.
import { eq, inArray, isNull, sql, type Column, type SQL, type Table } from "drizzle-orm";
import { isActive, Refused, type Predicate, type User } from "./rules.ts";

const yes = sql`1 = 1`;
const no = sql`1 = 0`;

/** Where a predicate holds and where it fails; a row that is in neither is one on which it refuses to answer. */
export class Filter {
  readonly holds: SQL;
  readonly fails: SQL;
  /** Where it gives no answer, and a combination leaves it out; undefined: nowhere. */
  readonly skips: SQL | undefined;
  /** Whether every row is in `holds` or in `fails`. */
  readonly total: boolean;

  private constructor(holds: SQL, fails: SQL, total: boolean, skips?: SQL) {
    this.holds = holds;
    this.fails = fails;
    this.total = total;
    this.skips = skips;
  }

  /** Of a condition; where SQL answers NULL, Python's answer is false. */
  static when(condition: SQL): Filter {
    return new Filter(sql`(${condition}) is true`, sql`(${condition}) is not true`, true);
  }

  /** Of two conditions: where it holds and where it fails. On other rows there is no answer. */
  static partly(holds: SQL, fails: SQL): Filter {
    return new Filter(sql`(${holds}) is true`, sql`(${fails}) is true`, false);
  }

  static always(value: boolean | null): Filter {
    if (value === null) return Filter.skipped();
    return value ? new Filter(yes, no, true) : new Filter(no, yes, true);
  }

  /** No row: the predicate has no answer, and whoever asks is denied. */
  static refused(): Filter {
    return new Filter(no, no, false);
  }

  /** No answer on any row: a combination leaves the predicate out. */
  static skipped(): Filter {
    return new Filter(no, no, false, yes);
  }

  /** A filter out of what the user's own row says; a visitor has none, and gets no answer. */
  static known(make: () => Filter): Filter {
    try {
      return make();
    } catch (error) {
      if (error instanceof Refused) return Filter.refused();
      throw error;
    }
  }

  /** Of a predicate that looks at the user only. */
  static user(predicate: Predicate<unknown>, user: User): Filter {
    try {
      return Filter.always(predicate.test(user, undefined));
    } catch {
      return Filter.refused();
    }
  }

  /** `then` where the test holds, `otherwise` where it fails. */
  static choice(test: Filter, then: Filter, otherwise: Filter): Filter {
    const pick = (first: SQL, second: SQL): SQL => sql`((${test.holds} and ${first}) or (${test.fails} and ${second}))`;
    const skips = then.skips || otherwise.skips ? pick(then.skips ?? no, otherwise.skips ?? no) : undefined;
    const total = test.total && then.total && otherwise.total;
    return new Filter(pick(then.holds, otherwise.holds), pick(then.fails, otherwise.fails), total, skips);
  }

  and(other: Filter): Filter {
    if (this.skips || other.skips) return this.skipping(other, other.#within(this), Filter.always(false));
    const holds = sql`(${this.holds} and ${other.holds})`;
    const after = this.total ? other.fails : sql`(${this.holds} and ${other.fails})`;
    return new Filter(holds, sql`(${this.fails} or ${after})`, this.total && other.total);
  }

  or(other: Filter): Filter {
    if (this.skips || other.skips) return this.skipping(other, Filter.always(true), other.#within(this));
    const after = this.total ? other.holds : sql`(${this.fails} and ${other.holds})`;
    const fails = sql`(${this.fails} and ${other.fails})`;
    return new Filter(sql`(${this.holds} or ${after})`, fails, this.total && other.total);
  }

  xor(other: Filter): Filter {
    if (this.skips || other.skips) return this.skipping(other, other.not().#within(this), other.#within(this));
    return this.and(other.not()).or(this.not().and(other));
  }

  not(): Filter {
    return new Filter(this.fails, this.holds, this.total, this.skips);
  }

  /** The other where this gives no answer, else what comes after its answer. */
  private skipping(other: Filter, held: Filter, failed: Filter): Filter {
    const pick = (of: (filter: Filter) => SQL): SQL =>
      sql`((${this.holds} and ${of(held)}) or (${this.fails} and ${of(failed)}) or (${this.skips ?? no} and ${of(other)}))`;
    const skips = pick((filter) => filter.skips ?? no);
    return new Filter(pick((filter) => filter.holds), pick((filter) => filter.fails), false, skips);
  }

  /** This after the answer of another: that answer where this gives none. */
  #within(before: Filter): Filter {
    if (!this.skips) return this;
    const holds = sql`(${this.holds} or (${this.skips} and ${before.holds}))`;
    return new Filter(holds, sql`(${this.fails} or (${this.skips} and ${before.fails}))`, false);
  }
}

/** Python's `==` between a column and a value: null equals null and nothing else. */
export const same = <T extends Column>(column: T, value: T["_"]["data"] | null): SQL =>
  value === null ? isNull(column) : eq(column, value);

/** A filter that needs somebody who is signed in; a visitor gets no answer. */
export const forSignedIn = (user: User, filter: Filter): Filter => (user.id === null ? Filter.refused() : filter);

/** The WHERE of a rule: a site admin sees every row. */
export const rowsWhere = (user: User, filter: Filter): SQL => (user.isSiteAdmin && isActive(user) ? yes : filter.holds);

/** The same of what asks site admins as it asks everybody. */
export const rowsAsked = (_user: User, filter: Filter): SQL => filter.holds;

/** A question that no row can change, as SQL. */
export const said = (answer: boolean | null): SQL => (answer ? yes : no);

/** A value among others; none is among nothing. */
export const among = (column: Column, values: readonly string[]): SQL =>
  values.length === 0 ? no : inArray(column, [...values]);

/** Tests of a text's beginning, end and middle, the same in every dialect and for every character. */
export const startsWith = (column: Column, text: string): SQL =>
  sql`substr(${column}, 1, ${[...text].length}) = ${text}`;

export const endsWith = (column: Column, text: string): SQL =>
  sql`substr(${column}, length(${column}) - ${[...text].length - 1}) = ${text}`;

export const contains = (column: Column, text: string): SQL => sql`replace(${column}, ${text}, '') <> ${column}`;

/** The keys of a row and of those above it, as long as `climbs` holds of the row left behind; circles end. */
export function lineage(table: Table, climber: Table, key: Column, parent: Column, start: Column | SQL, climbs?: SQL): SQL {
  return sql`(with recursive climb(id) as (select ${start} union select ${parent} from climb join ${table} as ${climber} on ${key} = climb.id where ${climbs ?? yes}) select id from climb)`;
}

/** The keys of the rows above one. */
export function parentLineage(
  table: Table,
  climber: Table,
  key: Column,
  parent: Column,
  start: Column | SQL,
  climbs?: SQL,
): SQL {
  const first = sql`select ${parent} from ${table} as ${climber} where ${key} = ${start} and ${climbs ?? yes}`;
  return sql`(with recursive climb(id) as (${first} union select ${parent} from climb join ${table} as ${climber} on ${key} = climb.id where ${climbs ?? yes}) select id from climb)`;
}
