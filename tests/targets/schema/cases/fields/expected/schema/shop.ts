// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  inet,
  integer,
  interval,
  jsonb,
  numeric,
  pgTable,
  smallint,
  text,
  time,
  timestamp,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { bytea } from "./types.ts";

export const everything = pgTable(
  "shop_everything",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    bigInteger: bigint("big_integer", { mode: "bigint" }).notNull(),
    binary: bytea("binary").notNull(),
    boolean: boolean("boolean").notNull(),
    char: varchar("char", { length: 20 }).notNull(),
    charUnlimited: varchar("char_unlimited").notNull(),
    date: date("date", { mode: "string" }).notNull(),
    dateTime: timestamp("date_time", { withTimezone: true, mode: "string" }).notNull(),
    decimal: numeric("decimal", { precision: 8, scale: 2 }).notNull(),
    duration: interval("duration").notNull(),
    // Django validates in Python: EmailValidator
    email: varchar("email", { length: 254 }).notNull(),
    // the file's name in its storage
    file: varchar("file", { length: 100 }).notNull(),
    filePath: varchar("file_path", { length: 100 }).notNull(),
    float: doublePrecision("float").notNull(),
    genericIpAddress: inet("generic_ip_address").notNull(),
    // the file's name in its storage
    image: varchar("image", { length: 100 }).notNull(),
    integer: integer("integer").notNull(),
    json: jsonb("json").notNull(),
    positiveBigInteger: bigint("positive_big_integer", { mode: "bigint" }).notNull(),
    positiveInteger: integer("positive_integer").notNull(),
    positiveSmallInteger: smallint("positive_small_integer").notNull(),
    // Django validates in Python: RegexValidator
    slug: varchar("slug", { length: 50 }).notNull(),
    smallInteger: smallint("small_integer").notNull(),
    text: text("text").notNull(),
    time: time("time").notNull(),
    // Django validates in Python: URLValidator
    url: varchar("url", { length: 200 }).notNull(),
    uuid: uuid("uuid").notNull(),
    nullable: integer("nullable"),
    doubled: integer("doubled").generatedAlwaysAs(sql`("integer" * 2)`),
  },
  (table) => [
    check("shop_everything_positive_big_integer_check", sql`"positive_big_integer" >= 0`),
    check("shop_everything_positive_integer_check", sql`"positive_integer" >= 0`),
    check("shop_everything_positive_small_integer_check", sql`"positive_small_integer" >= 0`),
    index("shop_everything_slug_1b19735e").on(table.slug),
    index("shop_everything_slug_1b19735e_like").on(table.slug.op("varchar_pattern_ops")),
  ],
);

export const smallKey = pgTable("shop_smallkey", {
  id: smallint("id").primaryKey().generatedByDefaultAsIdentity(),
});

export const plainKey = pgTable("shop_plainkey", {
  id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
});

export const textKey = pgTable(
  "shop_textkey",
  {
    code: varchar("code", { length: 4 }).primaryKey(),
  },
  (table) => [
    index("shop_textkey_code_e7a5b479_like").on(table.code.op("varchar_pattern_ops")),
  ],
);

export const bigKey = pgTable("shop_bigkey", {
  number: bigint("number", { mode: "bigint" }).primaryKey(),
});

export const keyed = pgTable(
  "shop_keyed",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    plainId: integer("plain_id").notNull(),
    textId: varchar("text_id", { length: 4 }),
    bigId: bigint("big_id", { mode: "bigint" }).notNull(),
    smallId: smallint("small_id"),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_keyed_plain_id_1644fda8_fk_shop_plainkey_id",
      columns: [table.plainId],
      foreignColumns: [plainKey.id],
    }),
    // on_delete=SET_NULL: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_keyed_text_id_592d1422_fk_shop_textkey_code",
      columns: [table.textId],
      foreignColumns: [textKey.code],
    }),
    foreignKey({
      name: "shop_keyed_big_id_07cc0984_fk_shop_bigkey_number",
      columns: [table.bigId],
      foreignColumns: [bigKey.number],
    }),
    // on_delete=RESTRICT: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_keyed_small_id_370281aa_fk_shop_smallkey_id",
      columns: [table.smallId],
      foreignColumns: [smallKey.id],
    }),
    index("shop_keyed_plain_id_1644fda8").on(table.plainId),
    index("shop_keyed_text_id_592d1422").on(table.textId),
    index("shop_keyed_text_id_592d1422_like").on(table.textId.op("varchar_pattern_ops")),
    index("shop_keyed_big_id_07cc0984").on(table.bigId),
    index("shop_keyed_small_id_370281aa").on(table.smallId),
  ],
);
