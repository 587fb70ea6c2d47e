// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import { check, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import {
  declared,
  declaredBigint,
  declaredBoolean,
  declaredBytes,
  declaredDecimal,
  declaredInstant,
  declaredUuid,
} from "./types.ts";

export const entry = sqliteTable(
  "shop_entry",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    // choices: d = Draft, o = Out, "live"
    status: declared("status", { type: "varchar(1)" })
      .$type<"d" | "o">()
      .$defaultFn(() => "d")
      .notNull(),
    // choices: yes = Yes, no = No
    mood: declared("mood", { type: "varchar(5)" }).$type<"yes" | "no" | "">().notNull(),
    // choices: 1 = Low, 2 = High
    level: integer("level").$type<1 | 2>(),
    // choices: 1 = first, 2 = second
    rank: declaredBigint("rank", { type: "bigint" })
      .$type<1n | 2n>()
      .$defaultFn(() => 2n)
      .notNull(),
    // default: shop.models.make_code(), to be written as $defaultFn
    code: declared("code", { type: "varchar(9)" }).notNull(),
    quoted: declared("quoted", { type: "varchar(30)" })
      .$defaultFn(() => "`${x}` \\ \" '\n")
      .notNull(),
    // Django validates in Python: MinValueValidator(-5)
    count: integer("count").$defaultFn(() => -3).notNull(),
    big: declaredBigint("big", { type: "bigint" }).$defaultFn(() => 4611686018427387904n).notNull(),
    ratio: real("ratio").$defaultFn(() => 0.1).notNull(),
    price: declaredDecimal(2)("price", { type: "decimal" }).$defaultFn(() => "1.50").notNull(),
    flag: declaredBoolean("flag", { type: "bool" }).$defaultFn(() => true).notNull(),
    day: declared("day", { type: "date" }).$defaultFn(() => "2024-02-29").notNull(),
    span: declaredBigint("span", { type: "bigint" }).notNull(),
    guid: declaredUuid("guid", { type: "char(32)" })
      .$defaultFn(() => crypto.randomUUID().replaceAll("-", ""))
      .notNull(),
    fixed: declaredUuid("fixed", { type: "char(32)" })
      .$defaultFn(() => "00000000000000000000000000000005")
      .notNull(),
    blob: declaredBytes("blob", { type: "BLOB" })
      .$defaultFn(() => Buffer.from("00ff", "hex"))
      .notNull(),
    data: text("data", { mode: "json" }).$defaultFn(() => ({})).notNull(),
    moment: declaredInstant("moment", { type: "datetime" })
      .$defaultFn(() => new Date().toISOString().slice(0, 23).replace("T", " "))
      .notNull(),
    // auto_now: Django sets it at every save(), not in update()
    today: declared("today", { type: "date" })
      .$defaultFn(() => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" }))
      .$onUpdateFn(() => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" }))
      .notNull(),
    // auto_now_add: Django sets it when the row is made
    clock: declared("clock", { type: "time" })
      .$defaultFn(() => new Date().toLocaleTimeString("sv-SE", { timeZone: "Europe/Stockholm" }))
      .notNull(),
    dbNumber: integer("db_number").default(sql`5`).notNull(),
    dbText: declared("db_text", { type: "varchar(20)" }).default(sql`'it''s'`).notNull(),
    dbNow: declaredInstant("db_now", { type: "datetime" })
      .default(sql`(STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW'))`)
      .notNull(),
    dbPi: real("db_pi").default(sql`(PI())`).notNull(),
    dbData: text("db_data", { mode: "json" }).default(sql`'{"a": [1, "b"]}'`).notNull(),
    dbBoth: integer("db_both").default(sql`1`).$defaultFn(() => 2).notNull(),
    lowered: declared("lowered", { type: "varchar(9)" }).generatedAlwaysAs(sql`LOWER("code")`, {
      mode: "stored",
    }),
  },
  (table) => [
    check("shop_entry_check1", sql`(JSON_VALID("data") OR "data" IS NULL)`),
    check("shop_entry_check2", sql`(JSON_VALID("db_data") OR "db_data" IS NULL)`),
  ],
);
