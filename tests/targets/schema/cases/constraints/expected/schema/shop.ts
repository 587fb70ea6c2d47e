// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  unique,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import { daterange } from "./types.ts";

export const room = pgTable(
  "shop_room",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    number: integer("number").notNull(),
    floor: integer("floor"),
    wing: varchar("wing", { length: 10 }).notNull(),
    code: varchar("code", { length: 10 }).notNull(),
    place: integer("place").notNull(),
  },
  (table) => [
    unique("shop_room_number_key").on(table.number),
    unique("place_later").on(table.place),
    unique("wing_now").on(table.wing, table.place),
    unique("shop_room_wing_number_a74e80ee_uniq").on(table.wing, table.number),
    unique("floor_code").on(table.floor, table.code).nullsNotDistinct(),
    check("number_is_lucky", sql`("number" > 0 AND NOT ("number" = 13))`),
    check("wing_known", sql`"wing" IN ('north', 'south')`),
    check("code_before_wing", sql`"code" < ("wing")`),
    uniqueIndex("code_upstairs").on(table.code).where(sql`"floor" > 1`),
    uniqueIndex("code_any_case").on(sql`(LOWER("code"))`, table.wing),
    uniqueIndex("code_with_floor").on(table.code, table.wing),
    uniqueIndex("patterns").on(
      table.wing.op("varchar_pattern_ops"),
      table.code.op("varchar_pattern_ops"),
    ),
  ],
);

export const booking = pgTable(
  "shop_booking",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    roomId: integer("room_id").notNull(),
    during: daterange("during").notNull(),
    cancelled: boolean("cancelled").$defaultFn(() => false).notNull(),
    looseId: bigint("loose room", { mode: "number" }).notNull(),
  },
  (table) => [
    // on_delete=PROTECT: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_booking_room_id_169e6417_fk_shop_room_number",
      columns: [table.roomId],
      foreignColumns: [room.number],
    }),
    index("shop_booking_room_id_169e6417").on(table.roomId),
    index("shop_booking_loose room_a42f8b32").on(table.looseId),
  ],
);
