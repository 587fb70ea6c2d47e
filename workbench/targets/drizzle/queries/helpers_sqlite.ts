/** A value that no column encodes. Whole numbers are bigints: most drivers send a number as REAL. */
export const bound = <T = unknown>(value: Operand): SQL<T> => sql<T>`${value}`;
export const real = <T = number>(value: number): SQL<T> => sql<T>`cast(${value} as real)`;

/** `limit -1`: SQLite takes no offset without a limit. */
export const noLimit = sql`-1` as unknown as number;

/** A condition as a value. */
export const truth = (condition: SQLWrapper | undefined): SQL<boolean> => sql<boolean>`(${condition})`.mapWith(Boolean);

/** `like` with a backslash before each `%`, `_` and backslash that stands for itself. */
export const likeEscaped = (text: Operand, pattern: Operand): SQL => sql`${nested(text)} like ${nested(pattern)} escape '\\'`;

export const isSame = infix("is");
export const isNotSame = infix("is not");
export const bitXor = <T = number>(left: Operand, right: Operand): SQL<T> =>
  sql<T>`((${nested(left)} | ${nested(right)}) - (${nested(left)} & ${nested(right)}))`;

// with one argument these are aggregates, with several the largest and smallest, NULL where one of them is
export const greatest = named("max");
export const least = named("min");

export const ceil = named("ceiling");
export const char = named("char");
export const concat = named("concat");
export const concatWs = named("concat_ws");
export const date = named("date");
export const datetime = named("datetime");
export const groupConcat = named("group_concat");
export const hex = named("hex");
export const ifNull = named("ifnull");
export const instr = named("instr");
export const json = named("json");
export const jsonArray = named("json_array");
export const jsonArrayLength = named("json_array_length");
export const jsonExtract = named("json_extract");
export const jsonGroupArray = named("json_group_array");
export const jsonObject = named("json_object");
export const jsonQuote = named("json_quote");
export const jsonType = named("json_type");
export const jsonValid = named("json_valid");
export const mod = named("mod");
export const quoted = named("quote");
export const strftime = named("strftime");
export const substr = named("substr");
export const time = named("time");
export const total = named("total");
export const trim = named("trim");
export const typeOf = named("typeof");
export const unicode = named("unicode");

export const random = <T = number>(): SQL<T> => sql<T>`(random() / 18446744073709551616.0 + 0.5)`;
export const cot = <T = number>(angle: Operand): SQL<T> => sql<T>`(1 / tan(${nested(angle)}))`;

/** A text again and again. */
export const repeat = <T = string>(text: Operand, times: Operand): SQL<T> =>
  sql<T>`case when ${nested(times)} is not null then replace(hex(zeroblob(${nested(times)})), '00', ${nested(text)}) end`;

/** A text cut or filled to a length, on its left or on its right. */
export const lpad = <T = string>(text: Operand, size: Operand, fill: Operand): SQL<T> =>
  sql<T>`(substr(${repeat(fill, size)}, 1, max(${nested(size)} - length(${nested(text)}), 0)) || substr(${nested(text)}, 1, ${nested(size)}))`;
export const rpad = <T = string>(text: Operand, size: Operand, fill: Operand): SQL<T> =>
  sql<T>`substr(${nested(text)} || ${repeat(fill, size)}, 1, ${nested(size)})`;

/** A text from its end to its beginning. */
export const reverse = <T = string>(text: Operand): SQL<T> =>
  sql<T>`(with recursive reversed (size, rest, done) as (select length(${nested(text)}), ${nested(text)}, '' union all select size - 1, substr(rest, 2), substr(rest, 1, 1) || done from reversed where size > 0) select done from reversed where size = 0)`;

// The text without its fraction: strftime rounds it up, at the last instant of a year into the next one.
const seconds = (moment: Operand) => sql`substr(${nested(moment)}, 1, 19)`;
const clock = (time: Operand) => sql`substr(${nested(time)}, 1, 8)`;
const part =
  (format: string, cut = seconds) =>
  <T = number>(moment: Operand): SQL<T> =>
    sql<T>`cast(strftime(${sql.raw(`'${format}'`)}, ${cut(moment)}) as integer)`;
const thursday = (moment: Operand) => sql`date(${seconds(moment)}, '-3 days', 'weekday 4')`;

/** Parts of a date or moment. Its ISO week is the one of the same week's Thursday. */
export const year = part("%Y");
export const month = part("%m");
export const dayOfMonth = part("%d");
export const hour = part("%H");
export const minute = part("%M");
export const second = part("%S");
export const quarter = <T = number>(moment: Operand): SQL<T> => sql<T>`((${month(moment)} + 2) / 3)`;
export const weekDay = <T = number>(moment: Operand): SQL<T> => sql<T>`(${part("%w")(moment)} + 1)`;
export const isoWeekDay = <T = number>(moment: Operand): SQL<T> => sql<T>`((${part("%w")(moment)} + 6) % 7 + 1)`;
export const isoWeek = <T = number>(moment: Operand): SQL<T> => sql<T>`((${part("%j", thursday)(moment)} - 1) / 7 + 1)`;
export const isoYear = <T = number>(moment: Operand): SQL<T> => part("%Y", thursday)<T>(moment);

/** Parts of a time. */
export const hourOfTime = part("%H", clock);
export const minuteOfTime = part("%M", clock);
export const secondOfTime = part("%S", clock);

const shaped =
  (format: string, cut = seconds) =>
  <T = string>(moment: Operand): SQL<T> =>
    sql<T>`strftime(${sql.raw(`'${format}'`)}, ${cut(moment)})`;

/** The first day of a year, quarter, month or week, the day itself; `atMidnight` makes a moment of it. */
export const startOfYear = shaped("%Y-01-01");
export const startOfMonth = shaped("%Y-%m-01");
export const startOfDay = shaped("%Y-%m-%d");
export const startOfQuarter = <T = string>(moment: Operand): SQL<T> =>
  sql<T>`(strftime('%Y-', ${seconds(moment)}) || printf('%02d', (${quarter(moment)} - 1) * 3 + 1) || '-01')`;
export const startOfWeek = <T = string>(moment: Operand): SQL<T> => sql<T>`date(${seconds(moment)}, '-6 days', 'weekday 1')`;
export const atMidnight = <T = string>(day: Operand): SQL<T> => sql<T>`(${nested(day)} || ' 00:00:00')`;

/** A moment or a time without its smaller parts; the time of a moment. */
export const startOfHour = shaped("%Y-%m-%d %H:00:00");
export const startOfMinute = shaped("%Y-%m-%d %H:%M:00");
export const startOfSecond = shaped("%Y-%m-%d %H:%M:%S");
export const timeToHour = shaped("%H:00:00", clock);
export const timeToMinute = shaped("%H:%M:00", clock);
export const timeToSecond = shaped("%H:%M:%S", clock);
export const timeOfMoment = <T = string>(moment: Operand): SQL<T> => sql<T>`substr(${nested(moment)}, 12)`;

const fraction = (text: Operand, from: number) =>
  sql`substr(substr(${nested(text)}, ${sql.raw(String(from))}) || '000000', 1, 6)`;

/** Microseconds since 1970 of a moment, of a time since its midnight. */
export const microseconds = <T = number>(moment: Operand): SQL<T> =>
  sql<T>`(strftime('%s', ${seconds(moment)}) * 1000000 + ${fraction(moment, 21)})`;
export const microsecondsOfTime = <T = number>(time: Operand): SQL<T> =>
  sql<T>`(strftime('%s', '1970-01-01 ' || ${clock(time)}) * 1000000 + ${fraction(time, 10)})`;

/** A moment later by microseconds (its text stands there once: such calls are nested), a date by the whole days in them. */
export const later = <T = string>(moment: Operand, interval: Operand): SQL<T> =>
  sql<T>`(select datetime(micros / 1000000 - (micros % 1000000 < 0), 'unixepoch') || case micros % 1000000 when 0 then '' else printf('.%06d', (micros % 1000000 + 1000000) % 1000000) end from (select ${microseconds(sql`text`)} + ${nested(interval)} as micros from (select ${nested(moment)} as text)))`;
export const daysLater = <T = string>(day: Operand, interval: Operand): SQL<T> =>
  sql<T>`date(${nested(day)}, (${nested(interval)} / 86400000000 - (${nested(interval)} % 86400000000 < 0)) || ' days')`;

/** What the driver gives, read as Django reads it. */
type Read<R, T> = SQL<R | OrNull<T>>;
export const asRead = <T>(value: SQL<T>) => value.mapWith((given: unknown) => given) as SQL<unknown>;
// plus 0, since a whole number has no -0
export const toInteger = <T>(value: SQL<T>) => value.mapWith((given: unknown) => Math.trunc(Number(given)) + 0) as Read<number, T>;
export const toBigint = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => BigInt(typeof given === "number" ? Math.trunc(given) : String(given))) as Read<bigint, T>;
export const toBoolean = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => (given === 0 || given === 1 ? Boolean(given) : given)) as Read<boolean, T>;
export const toText = <T>(value: SQL<T>) => value.mapWith((given: unknown) => given) as Read<string, T>;
export const toUuid = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => String(given).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")) as Read<string, T>;

/** A moment: the day alone is its midnight. `toInstant`: it is UTC. */
const full = (text: unknown) => (String(text).length === 10 ? `${text} 00:00:00` : String(text));
export const toMoment = <T>(value: SQL<T>) => value.mapWith(full) as Read<string, T>;
export const toInstant = <T>(value: SQL<T>) => value.mapWith((text: unknown) => `${full(text)}+00`) as Read<string, T>;

/** An interval in whole microseconds; halves go to the even one. */
const even = (given: number) => {
  const floor = Math.floor(given);
  const above = given - floor > 0.5 || (given - floor === 0.5 && floor % 2 !== 0);
  return above ? floor + 1 : floor;
};
export const toMicroseconds = <T>(value: SQL<T>) =>
  value.mapWith((given: unknown) => BigInt(typeof given === "number" ? even(given) : String(given))) as Read<bigint, T>;

/** A document; a text that is none stays itself. */
const document = (given: unknown): unknown => {
  if (typeof given !== "string") return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
};
export const toDocument = <T>(value: SQL<T>) => value.mapWith(document) as SQL<unknown>;

// a double has 15 digits for Django: all of them where there are more
const rounding = { maximumSignificantDigits: 15, roundingMode: "halfEven", useGrouping: false } as const;
const short = new Intl.NumberFormat("en-US", rounding);
const long = new Intl.NumberFormat("en-US", { ...rounding, minimumSignificantDigits: 15 });
const decimal = (given: unknown): string => {
  if (typeof given !== "number") return typeof given === "bigint" ? short.format(given) : String(given);
  const digits = given.toPrecision(100).replace(/e.*/, "").replace(/\D/g, "").replace(/^0+|0+$/g, "");
  return (digits.length > 15 ? long : short).format(given);
};
export const toDecimal = <T>(value: SQL<T>) => value.mapWith(decimal) as Read<string, T>;
