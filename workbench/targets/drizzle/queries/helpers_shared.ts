// What Drizzle has no function for, each as one typed `sql` template. The type argument is the type of the value.
import { Column, is, type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** A column, an expression, a subquery, or a value that becomes a parameter. */
export type Operand = SQLWrapper | string | number | bigint | boolean | Uint8Array | null;

// An operand in a template of its own: in a query of one table Drizzle prints the columns of a selected template without
// their table, and a subquery inside it would take an outer column for its own.
const nested = (value: Operand | undefined) => sql`${value}`;

const list = (values: readonly Operand[]) => sql.join(values.map(nested), sql`, `);

const named =
  (name: string) =>
  <T = unknown>(...values: Operand[]): SQL<T> =>
    sql<T>`${sql.raw(name)}(${list(values)})`;

const infix =
  (operator: string) =>
  <T = unknown>(left: Operand, right: Operand): SQL<T> =>
    sql<T>`(${nested(left)} ${sql.raw(operator)} ${nested(right)})`;

export const add = infix("+");
export const subtract = infix("-");
export const multiply = infix("*");
export const divide = infix("/");
export const modulo = infix("%");
export const joined = infix("||");
export const bitAnd = infix("&");
export const bitOr = infix("|");
export const shiftLeft = infix("<<");
export const shiftRight = infix(">>");
export const negate = <T = unknown>(value: Operand): SQL<T> => sql<T>`(-${nested(value)})`;

export const abs = named("abs");
export const acos = named("acos");
export const asin = named("asin");
export const atan = named("atan");
export const atan2 = named("atan2");
export const coalesce = named("coalesce");
export const cos = named("cos");
export const cumeDist = named("cume_dist");
export const degrees = named("degrees");
export const denseRank = named("dense_rank");
export const exponential = named("exp");
export const firstValue = named("first_value");
export const floor = named("floor");
export const lag = named("lag");
export const lastValue = named("last_value");
export const lead = named("lead");
export const length = named("length");
export const log = named("log");
export const lower = named("lower");
export const ltrim = named("ltrim");
export const naturalLog = named("ln");
export const nthValue = named("nth_value");
export const ntile = named("ntile");
export const nullIf = named("nullif");
export const percentRank = named("percent_rank");
export const pi = named("pi");
export const power = named("power");
export const radians = named("radians");
export const rank = named("rank");
export const replace = named("replace");
export const round = named("round");
export const rowNumber = named("row_number");
export const rtrim = named("rtrim");
export const sign = named("sign");
export const sin = named("sin");
export const sqrt = named("sqrt");
export const tan = named("tan");
export const upper = named("upper");

/** A function of the project's own, by its name. */
export const call = <T = unknown>(name: string, ...values: Operand[]): SQL<T> => sql<T>`${sql.raw(name)}(${list(values)})`;

/** `collate`: the order of texts. */
export const collate = <T = string>(text: Operand, collation: string): SQL<T> =>
  sql<T>`(${nested(text)} collate ${sql.identifier(collation)})`;

export const currentTimestamp = <T = string>(): SQL<T> => sql<T>`current_timestamp`;
export const currentDate = <T = string>(): SQL<T> => sql<T>`current_date`;

/** `cast(… as type)`; the type is written as PostgreSQL names it. */
export const cast = <T = unknown>(value: Operand, type: string): SQL<T> => sql<T>`cast(${nested(value)} as ${sql.raw(type)})`;

/** `case when … then … else … end`. */
export const caseWhen = <T = unknown>(
  branches: readonly (readonly [SQLWrapper | undefined, Operand])[],
  otherwise: Operand = null,
): SQL<T> => {
  const whens = branches.map(([condition, value]) => sql`when ${condition} then ${value}`);
  return sql<T>`case ${sql.join(whens, sql` `)} else ${nested(otherwise)} end`;
};

export const row = <T = unknown>(...values: Operand[]): SQL<T> => sql<T>`(${list(values)})`;

/** A subquery of one row and one column, as a value. */
export const scalar = <T = unknown>(query: SQLWrapper): SQL<T> => sql<T>`${nested(query)}`;

/** A value of a set operation whose other side gives another type; it is read as this side's is. */
export const widened = <T>(value: Column | SQL): SQL<T> =>
  (is(value, Column) ? sql`${value}`.mapWith(value) : value) as SQL<T>;

export const isTrue = (condition: Operand): SQL<boolean> => sql<boolean>`(${nested(condition)} is true)`;
export const isNotTrue = (condition: Operand): SQL<boolean> => sql<boolean>`(${nested(condition)} is not true)`;
export const isFalse = (condition: Operand): SQL<boolean> => sql<boolean>`(${nested(condition)} is false)`;
export const isNotFalse = (condition: Operand): SQL<boolean> => sql<boolean>`(${nested(condition)} is not false)`;

/** An aggregate over the rows that meet a condition. */
export const filtered = <T = unknown>(aggregate: SQLWrapper, condition: SQLWrapper | undefined): SQL<T> =>
  sql<T>`${aggregate} filter (where ${condition})`;

/** An aggregate with what stands inside of its parentheses: `string_agg(distinct a, ',' order by a)`. */
export const aggregate = <T = unknown>(
  name: string,
  values: readonly Operand[],
  options: { distinct?: true; orderBy?: readonly SQLWrapper[] } = {},
): SQL<T> => {
  const distinct = options.distinct ? sql`distinct ` : sql``;
  const order = options.orderBy?.length ? sql` order by ${list(options.orderBy)}` : sql``;
  return sql<T>`${sql.raw(name)}(${distinct}${list(values)}${order})`;
};

type Bound =
  | "unbounded preceding"
  | `${number} preceding`
  | "current row"
  | `${number} following`
  | "unbounded following";
type Bounds = readonly [from: Bound, to?: Bound];
type Exclusion = "current row" | "group" | "ties" | "no others";

interface Window {
  partitionBy?: readonly SQLWrapper[];
  orderBy?: readonly SQLWrapper[];
  rows?: Bounds;
  range?: Bounds;
  groups?: Bounds;
  exclude?: Exclusion;
}

const frame = (kind: string, bounds?: Bounds) => {
  if (!bounds) return sql``;
  const [from, to] = bounds;
  return sql.raw(to ? ` ${kind} between ${from} and ${to}` : ` ${kind} ${from}`);
};

/** A function over a window. */
export const over = <T = unknown>(value: SQLWrapper, window: Window = {}): SQL<T> => {
  const partition = window.partitionBy?.length ? sql`partition by ${list(window.partitionBy)} ` : sql``;
  const order = window.orderBy?.length ? sql`order by ${list(window.orderBy)}` : sql``;
  const frames = sql`${frame("rows", window.rows)}${frame("range", window.range)}${frame("groups", window.groups)}`;
  const exclude = window.exclude ? sql.raw(` exclude ${window.exclude}`) : sql``;
  return sql<T>`${value} over (${partition}${order}${frames}${exclude})`;
};

/** A column of a query around this one, with its table's name even where Drizzle would leave it out. */
export const outer = <T>(column: { _: { data: T } } & SQLWrapper): SQL<T> => sql<T>`${nested(column)}`;

export const nullsFirst = (order: SQLWrapper): SQL => sql`${order} nulls first`;
export const nullsLast = (order: SQLWrapper): SQL => sql`${order} nulls last`;

/** The text for a LIKE pattern: what is special there is escaped. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** An output by its position, in `group by` and `order by`: the same expression with parameters would be another one. */
export const position = (index: number): SQL => sql.raw(String(index));

export const one = sql<number>`1`;
export const nothing = sql<null>`null`;

/** What a query without tables reads from: one row. */
export const oneRow = sql`(values (1)) as one_row`;

export const always = sql<boolean>`true`;
export const never = sql<boolean>`false`;

/** `null` where a value of the type may be null, and of a type that nobody knows. */
type OrNull<T> = null extends T ? null : never;

/** The driver gives these as text, since they may be wider than a number. */
export const toNumber = <T>(value: SQL<T>) => value.mapWith(Number) as SQL<number | OrNull<T>>;

/** In onConflictDoUpdate: the value that the refused row had in this column. */
export const excluded = <C extends Column>(column: C): SQL<C["_"]["data"]> =>
  sql`excluded.${sql.identifier(column.name)}`;

/** What rows are looked up by: the key of each, once, without those that have none. */
export const keysOf = <Row, Key>(rows: readonly Row[], key: (row: Row) => Key): NonNullable<Key>[] =>
  [...new Set(rows.map(key))].filter((found): found is NonNullable<Key> => found !== null && found !== undefined);

/** The keys of rows and of all that hang on them: level by level, until a level has none that is new. */
export const withDescendants = async <Key>(
  roots: readonly Key[],
  below: (keys: Key[]) => PromiseLike<{ id: Key }[]>,
): Promise<Key[]> => {
  const found = new Set(roots);
  let level = [...found];
  while (level.length > 0) {
    const rows = await below(level);
    level = rows.map((row) => row.id).filter((id) => !found.has(id));
    for (const id of level) found.add(id);
  }
  return [...found];
};

/** The rows by a key: a function that gives those of one, in their order. */
export const manyBy = <Row, Key>(rows: readonly Row[], key: (row: Row) => Key) => {
  const found = new Map<Key | null | undefined, Row[]>();
  for (const row of rows) {
    const others = found.get(key(row));
    if (others) others.push(row);
    else found.set(key(row), [row]);
  }
  return (wanted: Key | null | undefined): Row[] => found.get(wanted) ?? [];
};

/** The same where a key has one row at most: the row, or null. */
export const oneBy = <Row, Key>(rows: readonly Row[], key: (row: Row) => Key) => {
  const found = new Map<Key | null | undefined, Row>(rows.map((row) => [key(row), row]));
  return (wanted: Key | null | undefined): Row | null => found.get(wanted) ?? null;
};
