import { parsePgArray } from "drizzle-orm/pg-core";

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
export const searchMatches = infix("@@");
export const similarTo = infix("%");
export const distance = infix("<->");

export const anyValue = named("any_value");
export const arrayAgg = named("array_agg");
export const arrayLength = named("array_length");
export const arrayPosition = named("array_position");
export const ascii = named("ascii");
export const bitAndAll = named("bit_and");
export const bitOrAll = named("bit_or");
export const bitXorAll = named("bit_xor");
export const boolAnd = named("bool_and");
export const boolOr = named("bool_or");
export const cardinality = named("cardinality");
export const ceil = named("ceil");
export const chr = named("chr");
export const clockTimestamp = named("clock_timestamp");
export const concat = named("concat");
export const concatWs = named("concat_ws");
export const convertTo = named("convert_to");
export const corr = named("corr");
export const cot = named("cot");
export const covarPop = named("covar_pop");
export const covarSamp = named("covar_samp");
export const dateTrunc = named("date_trunc");
export const digest = named("digest");
export const encode = named("encode");
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
export const least = named("least");
export const leftPart = named("left");
export const lowerInclusive = named("lower_inc");
export const lowerInfinite = named("lower_inf");
export const lpad = named("lpad");
export const md5 = named("md5");
export const now = named("now");
export const phrasetoTsquery = named("phraseto_tsquery");
export const plaintoTsquery = named("plainto_tsquery");
export const random = named("random");
export const randomUuid = named("gen_random_uuid");
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
export const reverse = named("reverse");
export const rightPart = named("right");
export const rpad = named("rpad");
export const setweight = named("setweight");
export const sha224 = named("sha224");
export const sha256 = named("sha256");
export const sha384 = named("sha384");
export const sha512 = named("sha512");
export const similarity = named("similarity");
export const statementTimestamp = named("statement_timestamp");
export const stddevPop = named("stddev_pop");
export const stddevSamp = named("stddev_samp");
export const strictWordSimilarity = named("strict_word_similarity");
export const stringToArray = named("string_to_array");
export const stripWeights = named("strip");
export const strpos = named("strpos");
export const substr = named("substring");
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
export const upperInclusive = named("upper_inc");
export const upperInfinite = named("upper_inf");
export const varPop = named("var_pop");
export const varSamp = named("var_samp");
export const websearchToTsquery = named("websearch_to_tsquery");
export const wordSimilarity = named("word_similarity");

/** An operator of an extension, by its symbol. */
export const operator = <T = unknown>(left: Operand, symbol: string, right: Operand): SQL<T> =>
  sql<T>`(${nested(left)} operator(${sql.raw(symbol)}) ${nested(right)})`;

/** A part of a date or time: `extract(year from …)`. */
export const extract = <T = unknown>(part: string, from: Operand): SQL<T> =>
  sql<T>`extract(${sql.raw(part)} from ${nested(from)})`;

/** `at time zone`: an instant becomes that zone's wall time, and wall time an instant. */
export const atTimeZone = <T = unknown>(time: Operand, zone: Operand): SQL<T> => sql<T>`(${nested(time)} at time zone ${nested(zone)})`;

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

/** `array[index]` counts from 1, and `array[from : to]` has both ends. */
export const elementAt = <T = unknown>(array: Operand, ...indices: Operand[]): SQL<T> => {
  const subscripts = indices.map((index) => sql`[${nested(index)}]`);
  return sql<T>`(${nested(array)})${sql.join(subscripts)}`;
};
export const elements = <T = unknown>(array: Operand, from: Operand, to?: Operand): SQL<T> =>
  to === undefined
    ? sql<T>`(${nested(array)})[${nested(from)} :]`
    : sql<T>`(${nested(array)})[${nested(from)} : ${nested(to)}]`;

/** A condition as a value. */
export const truth = (condition: SQLWrapper | undefined): SQL<boolean> => sql<boolean>`(${condition})`;

/** An ordered-set aggregate: `mode() within group (order by x)`. */
export const withinGroup = <T = unknown>(value: SQLWrapper, orderBy: readonly SQLWrapper[]): SQL<T> =>
  sql<T>`${value} within group (order by ${list(orderBy)})`;

/** The whole part, as Python's int() has it. */
export const toBigint = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) =>
    BigInt(typeof given === "number" ? Math.trunc(given) : String(given).replace(/\..*/, "")),
  ) as SQL<bigint | OrNull<T>>;
// plus 0, since a whole number has no -0
export const toInteger = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => Math.trunc(Number(given)) + 0) as SQL<number | OrNull<T>>;
export const toText = <T>(value: SQL<T>) => value.mapWith(String) as SQL<string | OrNull<T>>;

// every digit of a double, as Python's Decimal of it has them
const digits = (given: number): string => {
  if (!Number.isFinite(given)) return String(given);
  if (Number.isInteger(given)) return BigInt(given).toString();
  return given.toFixed(100).replace(/0+$/, "");
};

/** A decimal as text; a double has all the digits that it stands for. */
export const toDecimal = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => (typeof given === "number" ? digits(given) : String(given))) as SQL<
    string | OrNull<T>
  >;

/** Arrays of these reach us as text, or as an array of texts. */
const items = (given: unknown): (string | null)[] =>
  typeof given === "string" ? (parsePgArray(given) as (string | null)[]) : (given as (string | null)[]);
export const toTexts = <T>(value: SQL<T>) => value.mapWith(items) as SQL<(string | null)[] | OrNull<T>>;
export const toBigints = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => items(given).map((item) => (item === null ? null : BigInt(item)))) as SQL<
    (bigint | null)[] | OrNull<T>
  >;

/** Wall time in UTC is an instant. */
export const utc = <T>(time: SQL<T>) => time.mapWith((text: string) => `${text}+00`) as SQL<string | OrNull<T>>;

/** The day of a moment that Django reads as a date. */
export const day = <T>(time: SQL<T>) => time.mapWith((text: string) => text.slice(0, 10)) as SQL<string | OrNull<T>>;
