// What Drizzle has no function for, each as one typed `sql` template. The type argument is the type of the value.
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** A column, an expression, a subquery, or a value that becomes a parameter. */
export type Operand = SQLWrapper | string | number | bigint | boolean | null;

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
export const matches = infix("~");
export const matchesAnyCase = infix("~*");
export const jsonGet = infix("->");
export const jsonText = infix("->>");
export const jsonPath = infix("#>");
export const jsonPathText = infix("#>>");
export const jsonContains = infix("@>");
export const jsonContainedBy = infix("<@");
export const jsonHasKey = infix("?");
export const negate = <T = unknown>(value: Operand): SQL<T> => sql<T>`(-${nested(value)})`;

export const abs = named("abs");
export const ceil = named("ceil");
export const coalesce = named("coalesce");
export const denseRank = named("dense_rank");
export const exponential = named("exp");
export const firstValue = named("first_value");
export const floor = named("floor");
export const greatest = named("greatest");
export const lag = named("lag");
export const lastValue = named("last_value");
export const lead = named("lead");
export const least = named("least");
export const leftPart = named("left");
export const length = named("length");
export const lower = named("lower");
export const lpad = named("lpad");
export const ltrim = named("ltrim");
export const md5 = named("md5");
export const ntile = named("ntile");
export const nullIf = named("nullif");
export const power = named("power");
export const random = named("random");
export const rank = named("rank");
export const repeat = named("repeat");
export const replace = named("replace");
export const reverse = named("reverse");
export const rightPart = named("right");
export const round = named("round");
export const rowNumber = named("row_number");
export const rpad = named("rpad");
export const rtrim = named("rtrim");
export const sign = named("sign");
export const sqrt = named("sqrt");
export const statementTimestamp = named("statement_timestamp");
export const stddevPop = named("stddev_pop");
export const stddevSamp = named("stddev_samp");
export const strpos = named("strpos");
export const substr = named("substring");
export const trim = named("btrim");
export const upper = named("upper");
export const varPop = named("var_pop");
export const varSamp = named("var_samp");
export const dateTrunc = named("date_trunc");

/** A part of a date or time: `extract(year from …)`. */
export const extract = <T = unknown>(part: string, from: Operand): SQL<T> =>
  sql<T>`extract(${sql.raw(part)} from ${nested(from)})`;

/** `at time zone`: an instant becomes that zone's wall time, and wall time an instant. */
export const atTimeZone = <T = unknown>(time: Operand, zone: Operand): SQL<T> => sql<T>`(${nested(time)} at time zone ${nested(zone)})`;

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

/** A JSON document of keys and values. */
export const jsonObject = <T = unknown>(...pairs: readonly (readonly [Operand, Operand])[]): SQL<T> => {
  const members = pairs.map(([key, value]) => sql`${key} value ${value}`);
  return sql<T>`json_object(${sql.join(members, sql`, `)} returning jsonb)`;
};

/** A subquery of one row and one column, as a value. */
export const scalar = <T = unknown>(query: SQLWrapper): SQL<T> => sql<T>`${nested(query)}`;

/** A condition as a value. */
export const truth = (condition: SQLWrapper | undefined): SQL<boolean> => sql<boolean>`${condition}`;

/** An aggregate over the rows that meet a condition. */
export const filtered = <T = unknown>(aggregate: SQLWrapper, condition: SQLWrapper | undefined): SQL<T> =>
  sql<T>`${aggregate} filter (where ${condition})`;

/** A function over a window. */
export const over = <T = unknown>(
  value: SQLWrapper,
  window: { partitionBy?: readonly SQLWrapper[]; orderBy?: readonly SQLWrapper[] } = {},
): SQL<T> => {
  const partition = window.partitionBy?.length ? sql`partition by ${list(window.partitionBy)} ` : sql``;
  const order = window.orderBy?.length ? sql`order by ${list(window.orderBy)}` : sql``;
  return sql<T>`${value} over (${partition}${order})`;
};

/** A column of a query around this one, with its table's name even where Drizzle would leave it out. */
export const outer = <T>(column: { _: { data: T } } & SQLWrapper): SQL<T> => sql<T>`${nested(column)}`;

export const nullsFirst = (order: SQLWrapper): SQL => sql`${order} nulls first`;
export const nullsLast = (order: SQLWrapper): SQL => sql`${order} nulls last`;

/** An output by its position, in `group by` and `order by`: the same expression with parameters would be another one. */
export const position = (index: number): SQL => sql.raw(String(index));

export const one = sql<number>`1`;
export const always = sql<boolean>`true`;
export const never = sql<boolean>`false`;

/** The driver gives these as text, since they may be wider than a number. */
export const toNumber = <T>(value: SQL<T>) => value.mapWith(Number) as SQL<number | Extract<T, null>>;
export const toBigint = <T>(value: SQL<T>) => value.mapWith(BigInt) as SQL<bigint | Extract<T, null>>;
export const toText = <T>(value: SQL<T>) => value.mapWith(String) as SQL<string | Extract<T, null>>;

/** Wall time in UTC is an instant. */
export const utc = <T>(time: SQL<T>) => time.mapWith((text: string) => `${text}+00`) as SQL<string | Extract<T, null>>;

/** The day of a moment that Django reads as a date. */
export const day = <T>(time: SQL<T>) => time.mapWith((text: string) => text.slice(0, 10)) as SQL<string | Extract<T, null>>;
