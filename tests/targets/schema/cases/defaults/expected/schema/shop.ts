// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  interval,
  jsonb,
  numeric,
  pgTable,
  time,
  timestamp,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { bytea } from "./types.ts";

export const entry = pgTable("shop_entry", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  // choices: d = Draft, o = Out, "live"
  status: varchar("status", { length: 1, enum: ["d", "o"] }).$defaultFn(() => "d").notNull(),
  // choices: yes = Yes, no = No
  mood: varchar("mood", { length: 5, enum: ["yes", "no", ""] }).notNull(),
  // choices: 1 = Low, 2 = High
  level: integer("level").$type<1 | 2>(),
  // choices: 1 = first, 2 = second
  rank: bigint("rank", { mode: "bigint" }).$type<1n | 2n>().$defaultFn(() => 2n).notNull(),
  // default: shop.models.make_code(), to be written as $defaultFn
  code: varchar("code", { length: 9 }).notNull(),
  quoted: varchar("quoted", { length: 30 }).$defaultFn(() => "`${x}` \\ \" '\n").notNull(),
  // Django validates in Python: MinValueValidator(-5)
  count: integer("count").$defaultFn(() => -3).notNull(),
  big: bigint("big", { mode: "bigint" }).$defaultFn(() => 4611686018427387904n).notNull(),
  ratio: doublePrecision("ratio").$defaultFn(() => 0.1).notNull(),
  price: numeric("price", { precision: 5, scale: 2 }).$defaultFn(() => "1.50").notNull(),
  flag: boolean("flag").$defaultFn(() => true).notNull(),
  day: date("day", { mode: "string" }).$defaultFn(() => "2024-02-29").notNull(),
  span: interval("span").$defaultFn(() => "-86399.999995 seconds").notNull(),
  guid: uuid("guid").$defaultFn(() => crypto.randomUUID()).notNull(),
  fixed: uuid("fixed").$defaultFn(() => "00000000-0000-0000-0000-000000000005").notNull(),
  blob: bytea("blob").$defaultFn(() => Buffer.from("00ff", "hex")).notNull(),
  data: jsonb("data").$defaultFn(() => ({})).notNull(),
  moment: timestamp("moment", { withTimezone: true, mode: "string" })
    .$defaultFn(() => new Date().toISOString())
    .notNull(),
  // auto_now: Django sets it at every save(), not in update()
  today: date("today", { mode: "string" })
    .$defaultFn(() => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" }))
    .$onUpdateFn(() => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" }))
    .notNull(),
  // auto_now_add: Django sets it when the row is made
  clock: time("clock")
    .$defaultFn(() => new Date().toLocaleTimeString("sv-SE", { timeZone: "Europe/Stockholm" }))
    .notNull(),
  dbNumber: integer("db_number").default(sql`5`).notNull(),
  dbText: varchar("db_text", { length: 20 }).default(sql`'it''s'`).notNull(),
  dbNow: timestamp("db_now", { withTimezone: true, mode: "string" })
    .default(sql`(STATEMENT_TIMESTAMP())`)
    .notNull(),
  dbPi: doublePrecision("db_pi").default(sql`(PI())`).notNull(),
  dbData: jsonb("db_data").default(sql`'{"a": [1, "b"]}'::jsonb`).notNull(),
  dbBoth: integer("db_both").default(sql`1`).$defaultFn(() => 2).notNull(),
  lowered: varchar("lowered", { length: 9 }).generatedAlwaysAs(sql`LOWER("code")`),
});
