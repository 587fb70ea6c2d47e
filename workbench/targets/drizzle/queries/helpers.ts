// What Drizzle has no function for, each as one typed `sql` template. The type argument is the type of the value.
import { type Column, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { parsePgArray } from "drizzle-orm/pg-core";

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
export const jsonHasAllKeys = infix("?&");
export const jsonHasAnyKey = infix("?|");
export const contains = infix("@>");
export const containedBy = infix("<@");
export const overlaps = infix("&&");
export const adjacent = infix("-|-");
export const entirelyBefore = infix("<<");
export const entirelyAfter = infix(">>");
export const extendsNotRightOf = infix("&<");
export const extendsNotLeftOf = infix("&>");
export const isDistinctFrom = infix("is distinct from");
export const isNotDistinctFrom = infix("is not distinct from");
export const bitXor = infix("#");
export const shiftLeft = infix("<<");
export const shiftRight = infix(">>");
export const searchMatches = infix("@@");
export const similarTo = infix("%");
export const distance = infix("<->");
export const negate = <T = unknown>(value: Operand): SQL<T> => sql<T>`(-${nested(value)})`;

export const abs = named("abs");
export const acos = named("acos");
export const anyValue = named("any_value");
export const arrayAgg = named("array_agg");
export const arrayLength = named("array_length");
export const arrayPosition = named("array_position");
export const ascii = named("ascii");
export const asin = named("asin");
export const atan = named("atan");
export const atan2 = named("atan2");
export const bitAndAll = named("bit_and");
export const bitOrAll = named("bit_or");
export const bitXorAll = named("bit_xor");
export const boolAnd = named("bool_and");
export const boolOr = named("bool_or");
export const cardinality = named("cardinality");
export const ceil = named("ceil");
export const chr = named("chr");
export const clockTimestamp = named("clock_timestamp");
export const coalesce = named("coalesce");
export const concat = named("concat");
export const concatWs = named("concat_ws");
export const convertTo = named("convert_to");
export const corr = named("corr");
export const cos = named("cos");
export const cot = named("cot");
export const covarPop = named("covar_pop");
export const covarSamp = named("covar_samp");
export const cumeDist = named("cume_dist");
export const dateTrunc = named("date_trunc");
export const degrees = named("degrees");
export const denseRank = named("dense_rank");
export const digest = named("digest");
export const encode = named("encode");
export const exponential = named("exp");
export const firstValue = named("first_value");
export const floor = named("floor");
export const greatest = named("greatest");
export const host = named("host");
export const hstoreKeys = named("akeys");
export const hstoreValues = named("avals");
export const isEmptyRange = named("isempty");
export const jsonAgg = named("json_agg");
export const jsonbAgg = named("jsonb_agg");
export const jsonbArrayLength = named("jsonb_array_length");
export const jsonbBuildArray = named("jsonb_build_array");
export const jsonbBuildObject = named("jsonb_build_object");
export const jsonbPathQuery = named("jsonb_path_query");
export const jsonbSet = named("jsonb_set");
export const jsonbTypeof = named("jsonb_typeof");
export const lag = named("lag");
export const lastValue = named("last_value");
export const lead = named("lead");
export const least = named("least");
export const leftPart = named("left");
export const length = named("length");
export const log = named("log");
export const lower = named("lower");
export const lowerInclusive = named("lower_inc");
export const lowerInfinite = named("lower_inf");
export const lpad = named("lpad");
export const ltrim = named("ltrim");
export const md5 = named("md5");
export const naturalLog = named("ln");
export const now = named("now");
export const nthValue = named("nth_value");
export const ntile = named("ntile");
export const nullIf = named("nullif");
export const percentRank = named("percent_rank");
export const phrasetoTsquery = named("phraseto_tsquery");
export const pi = named("pi");
export const plaintoTsquery = named("plainto_tsquery");
export const power = named("power");
export const radians = named("radians");
export const random = named("random");
export const randomUuid = named("gen_random_uuid");
export const rank = named("rank");
export const regrAvgx = named("regr_avgx");
export const regrAvgy = named("regr_avgy");
export const regrCount = named("regr_count");
export const regrIntercept = named("regr_intercept");
export const regrR2 = named("regr_r2");
export const regrSlope = named("regr_slope");
export const regrSxx = named("regr_sxx");
export const regrSxy = named("regr_sxy");
export const regrSyy = named("regr_syy");
export const repeat = named("repeat");
export const replace = named("replace");
export const reverse = named("reverse");
export const rightPart = named("right");
export const round = named("round");
export const rowNumber = named("row_number");
export const rpad = named("rpad");
export const rtrim = named("rtrim");
export const setweight = named("setweight");
export const sha224 = named("sha224");
export const sha256 = named("sha256");
export const sha384 = named("sha384");
export const sha512 = named("sha512");
export const sign = named("sign");
export const similarity = named("similarity");
export const sin = named("sin");
export const sqrt = named("sqrt");
export const statementTimestamp = named("statement_timestamp");
export const stddevPop = named("stddev_pop");
export const stddevSamp = named("stddev_samp");
export const strictWordSimilarity = named("strict_word_similarity");
export const stringToArray = named("string_to_array");
export const stripWeights = named("strip");
export const strpos = named("strpos");
export const substr = named("substring");
export const tan = named("tan");
export const toJsonb = named("to_jsonb");
export const toTsquery = named("to_tsquery");
export const toTsvector = named("to_tsvector");
export const transactionTimestamp = named("transaction_timestamp");
export const trim = named("btrim");
export const tsHeadline = named("ts_headline");
export const tsRank = named("ts_rank");
export const tsRankCd = named("ts_rank_cd");
export const tsqueryNot = named("tsquery_not");
export const unaccent = named("unaccent");
export const unnest = named("unnest");
export const upper = named("upper");
export const upperInclusive = named("upper_inc");
export const upperInfinite = named("upper_inf");
export const varPop = named("var_pop");
export const varSamp = named("var_samp");
export const websearchToTsquery = named("websearch_to_tsquery");
export const wordSimilarity = named("word_similarity");

/** A function of the project's own, by its name. */
export const call = <T = unknown>(name: string, ...values: Operand[]): SQL<T> => sql<T>`${sql.raw(name)}(${list(values)})`;

/** An operator of an extension, by its symbol. */
export const operator = <T = unknown>(left: Operand, symbol: string, right: Operand): SQL<T> =>
  sql<T>`(${nested(left)} operator(${sql.raw(symbol)}) ${nested(right)})`;

/** `collate`: the order of texts. */
export const collate = <T = string>(text: Operand, collation: string): SQL<T> =>
  sql<T>`(${nested(text)} collate ${sql.identifier(collation)})`;

export const currentTimestamp = <T = string>(): SQL<T> => sql<T>`current_timestamp`;
export const currentDate = <T = string>(): SQL<T> => sql<T>`current_date`;

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

/** A JSON array; without nulls, or with them. */
export const jsonArray = <T = unknown>(...values: Operand[]): SQL<T> => sql<T>`json_array(${list(values)} returning jsonb)`;
export const jsonArrayWithNulls = <T = unknown>(...values: Operand[]): SQL<T> =>
  sql<T>`json_array(${list(values)} null on null returning jsonb)`;

/** An array of expressions, an array of a subquery's rows, a row of several values. */
export const array = <T = unknown>(...items: Operand[]): SQL<T> => sql<T>`array[${list(items)}]`;
export const arrayOf = <T = unknown>(query: SQLWrapper): SQL<T> => sql<T>`array${nested(query)}`;
export const row = <T = unknown>(...values: Operand[]): SQL<T> => sql<T>`(${list(values)})`;

/** `array[index]` counts from 1, and `array[from : to]` has both ends. */
export const elementAt = <T = unknown>(array: Operand, ...indices: Operand[]): SQL<T> => {
  const subscripts = indices.map((index) => sql`[${nested(index)}]`);
  return sql<T>`(${nested(array)})${sql.join(subscripts)}`;
};
export const elements = <T = unknown>(array: Operand, from: Operand, to?: Operand): SQL<T> =>
  to === undefined
    ? sql<T>`(${nested(array)})[${nested(from)} :]`
    : sql<T>`(${nested(array)})[${nested(from)} : ${nested(to)}]`;

/** A subquery of one row and one column, as a value. */
export const scalar = <T = unknown>(query: SQLWrapper): SQL<T> => sql<T>`${nested(query)}`;

/** A condition as a value. */
export const truth = (condition: SQLWrapper | undefined): SQL<boolean> => sql<boolean>`(${condition})`;
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

/** An ordered-set aggregate: `mode() within group (order by x)`. */
export const withinGroup = <T = unknown>(value: SQLWrapper, orderBy: readonly SQLWrapper[]): SQL<T> =>
  sql<T>`${value} within group (order by ${list(orderBy)})`;

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

/** An output by its position, in `group by` and `order by`: the same expression with parameters would be another one. */
export const position = (index: number): SQL => sql.raw(String(index));

export const one = sql<number>`1`;

/** What a query without tables reads from: one row. */
export const oneRow = sql`(values (1)) as one_row`;

export const always = sql<boolean>`true`;
export const never = sql<boolean>`false`;

/** The driver gives these as text, since they may be wider than a number. */
export const toNumber = <T>(value: SQL<T>) => value.mapWith(Number) as SQL<number | Extract<T, null>>;
export const toBigint = <T>(value: SQL<T>) => value.mapWith(BigInt) as SQL<bigint | Extract<T, null>>;
export const toInteger = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => Math.trunc(Number(given))) as SQL<number | Extract<T, null>>;
export const toText = <T>(value: SQL<T>) => value.mapWith(String) as SQL<string | Extract<T, null>>;

// every digit of a double, as Python's Decimal of it has them
const digits = (given: number): string => {
  if (!Number.isFinite(given)) return String(given);
  if (Number.isInteger(given)) return BigInt(given).toString();
  return given.toFixed(100).replace(/0+$/, "");
};

/** A decimal as text; a double has all the digits that it stands for. */
export const toDecimal = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => (typeof given === "number" ? digits(given) : String(given))) as SQL<
    string | Extract<T, null>
  >;

/** Arrays of these reach us as text, or as an array of texts. */
const items = (given: unknown): (string | null)[] =>
  typeof given === "string" ? (parsePgArray(given) as (string | null)[]) : (given as (string | null)[]);
export const toTexts = <T>(value: SQL<T>) => value.mapWith(items) as SQL<(string | null)[] | Extract<T, null>>;
export const toBigints = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => items(given).map((item) => (item === null ? null : BigInt(item)))) as SQL<
    (bigint | null)[] | Extract<T, null>
  >;

/** Wall time in UTC is an instant. */
export const utc = <T>(time: SQL<T>) => time.mapWith((text: string) => `${text}+00`) as SQL<string | Extract<T, null>>;

/** The day of a moment that Django reads as a date. */
export const day = <T>(time: SQL<T>) => time.mapWith((text: string) => text.slice(0, 10)) as SQL<string | Extract<T, null>>;

/** In onConflictDoUpdate: the value that the refused row had in this column. */
export const excluded = <C extends Column>(column: C): SQL<C["_"]["data"]> =>
  sql`excluded.${sql.identifier(column.name)}`;
