// The same rules as SQL: a WHERE that keeps the rows on which a predicate holds.
import { eq, isNull, sql, type Column, type SQL } from "drizzle-orm";
import { isActive, type Predicate, type User } from "./rules.ts";

const yes = sql`1 = 1`;
const no = sql`1 = 0`;

/** Where a predicate holds and where it fails; a row that is in neither is one on which it refuses to answer. */
export class Filter {
  readonly holds: SQL;
  readonly fails: SQL;
  /** Whether every row is in one of the two. */
  readonly total: boolean;

  private constructor(holds: SQL, fails: SQL, total: boolean) {
    this.holds = holds;
    this.fails = fails;
    this.total = total;
  }

  /** Of a condition; where SQL answers NULL, Python's answer is false. */
  static when(condition: SQL): Filter {
    return new Filter(sql`(${condition}) is true`, sql`(${condition}) is not true`, true);
  }

  static always(value: boolean): Filter {
    return value ? new Filter(yes, no, true) : new Filter(no, yes, true);
  }

  /** No row: the predicate has no answer. */
  static refused(): Filter {
    return new Filter(no, no, false);
  }

  /** Of a predicate that looks at the user only. */
  static user(predicate: Predicate<unknown>, user: User): Filter {
    try {
      return Filter.always(predicate.test(user, undefined));
    } catch {
      return Filter.refused();
    }
  }

  and(other: Filter): Filter {
    const holds = sql`(${this.holds} and ${other.holds})`;
    const after = this.total ? other.fails : sql`(${this.holds} and ${other.fails})`;
    return new Filter(holds, sql`(${this.fails} or ${after})`, this.total && other.total);
  }

  or(other: Filter): Filter {
    const after = this.total ? other.holds : sql`(${this.fails} and ${other.holds})`;
    const fails = sql`(${this.fails} and ${other.fails})`;
    return new Filter(sql`(${this.holds} or ${after})`, fails, this.total && other.total);
  }

  xor(other: Filter): Filter {
    return this.and(other.not()).or(this.not().and(other));
  }

  not(): Filter {
    return new Filter(this.fails, this.holds, this.total);
  }
}

/** Python's `==` between a column and a value: null equals null and nothing else. */
export const same = <T extends Column>(column: T, value: T["_"]["data"] | null): SQL =>
  value === null ? isNull(column) : eq(column, value);

/** A filter that needs somebody who is signed in; a visitor gets no answer. */
export const forSignedIn = (user: User, filter: Filter): Filter => (user.id === null ? Filter.refused() : filter);

/** The WHERE of a rule: a site admin sees every row. */
export const rowsWhere = (user: User, filter: Filter): SQL => (user.isSiteAdmin && isActive(user) ? yes : filter.holds);
