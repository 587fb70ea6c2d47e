// Tables of the Django app "shop".
import { bigint, integer, pgTable, varchar } from "drizzle-orm/pg-core";
import {
  citext,
  daterange,
  hstore,
  int4range,
  int8range,
  moneyType,
  numrange,
  tstzrange,
  tsvector,
} from "./types.ts";

export const everything = pgTable("shop_everything", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  words: varchar("words", { length: 10 }).array().notNull(),
  grid: integer("grid").array().array(),
  bigIntegers: int8range("big_integers").notNull(),
  dates: daterange("dates").notNull(),
  moments: tstzrange("moments").notNull(),
  decimals: numrange("decimals").notNull(),
  pairs: hstore("pairs").notNull(),
  integers: int4range("integers").notNull(),
  search: tsvector("search"),
  email: citext("email").notNull(),
  price: moneyType("price").notNull(),
  name: varchar("name", { length: 30 }).notNull(),
});
