// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  real,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";
import {
  declared,
  declaredBigint,
  declaredBoolean,
  declaredBytes,
  declaredDecimal,
  declaredInstant,
  declaredNumber,
  declaredUuid,
} from "./types.ts";

export const everything = sqliteTable(
  "shop_everything",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    bigInteger: declaredBigint("big_integer", { type: "bigint" }).notNull(),
    binary: declaredBytes("binary", { type: "BLOB" }).notNull(),
    boolean: declaredBoolean("boolean", { type: "bool" }).notNull(),
    char: declared("char", { type: "varchar(20)" }).notNull(),
    charUnlimited: declared("char_unlimited", { type: "varchar" }).notNull(),
    date: declared("date", { type: "date" }).notNull(),
    dateTime: declaredInstant("date_time", { type: "datetime" }).notNull(),
    decimal: declaredDecimal(2)("decimal", { type: "decimal" }).notNull(),
    duration: declaredBigint("duration", { type: "bigint" }).notNull(),
    // Django validates in Python: EmailValidator
    email: declared("email", { type: "varchar(254)" }).notNull(),
    // the file's name in its storage
    file: declared("file", { type: "varchar(100)" }).notNull(),
    filePath: declared("file_path", { type: "varchar(100)" }).notNull(),
    float: real("float").notNull(),
    genericIpAddress: declared("generic_ip_address", { type: "char(39)" }).notNull(),
    // the file's name in its storage
    image: declared("image", { type: "varchar(100)" }).notNull(),
    integer: integer("integer").notNull(),
    json: text("json", { mode: "json" }).notNull(),
    positiveBigInteger: declaredBigint("positive_big_integer", { type: "bigint unsigned" }).notNull(),
    positiveInteger: declaredNumber("positive_integer", { type: "integer unsigned" }).notNull(),
    positiveSmallInteger: declaredNumber("positive_small_integer", { type: "smallint unsigned" }).notNull(),
    // Django validates in Python: RegexValidator
    slug: declared("slug", { type: "varchar(50)" }).notNull(),
    smallInteger: declaredNumber("small_integer", { type: "smallint" }).notNull(),
    text: text("text").notNull(),
    time: declared("time", { type: "time" }).notNull(),
    // Django validates in Python: URLValidator
    url: declared("url", { type: "varchar(200)" }).notNull(),
    uuid: declaredUuid("uuid", { type: "char(32)" }).notNull(),
    nullable: integer("nullable"),
    doubled: integer("doubled").generatedAlwaysAs(sql`("integer" * 2)`, { mode: "stored" }),
  },
  (table) => [
    check("shop_everything_check1", sql`(JSON_VALID("json") OR "json" IS NULL)`),
    check("shop_everything_check2", sql`"positive_big_integer" >= 0`),
    check("shop_everything_check3", sql`"positive_integer" >= 0`),
    check("shop_everything_check4", sql`"positive_small_integer" >= 0`),
    index("shop_everything_slug_1b19735e").on(table.slug),
  ],
);

export const smallKey = sqliteTable("shop_smallkey", {
  id: integer("id").primaryKey({ autoIncrement: true }),
});

export const plainKey = sqliteTable("shop_plainkey", {
  id: integer("id").primaryKey({ autoIncrement: true }),
});

export const textKey = sqliteTable("shop_textkey", {
  code: declared("code", { type: "varchar(4)" }).primaryKey(),
});

export const bigKey = sqliteTable("shop_bigkey", {
  number: declaredBigint("number", { type: "bigint" }).primaryKey(),
});

export const keyed = sqliteTable(
  "shop_keyed",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    plainId: integer("plain_id").notNull(),
    textId: declared("text_id", { type: "varchar(4)" }),
    bigId: declaredBigint("big_id", { type: "bigint" }).notNull(),
    smallId: declaredNumber("small_id", { type: "smallint" }),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.plainId], foreignColumns: [plainKey.id] }),
    // on_delete=SET_NULL: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.textId], foreignColumns: [textKey.code] }),
    foreignKey({ columns: [table.bigId], foreignColumns: [bigKey.number] }),
    // on_delete=RESTRICT: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.smallId], foreignColumns: [smallKey.id] }),
    index("shop_keyed_plain_id_1644fda8").on(table.plainId),
    index("shop_keyed_text_id_592d1422").on(table.textId),
    index("shop_keyed_big_id_07cc0984").on(table.bigId),
    index("shop_keyed_small_id_370281aa").on(table.smallId),
  ],
);
