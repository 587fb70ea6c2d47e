// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { declaredNumber } from "./types.ts";

export const textTable = sqliteTable("shop_text", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  className: text("class").notNull(),
  getSql: text("getSQL").notNull(),
  default: integer("with spaces").notNull(),
  isbn13: text("isbn_13").notNull(),
  isbn132: text("isbn13").notNull(),
});

export const indexTable = sqliteTable(
  "shop_index",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    tableId: declaredNumber("Table", { type: "bigint" }).notNull(),
    check: declaredNumber("check", { type: "integer unsigned" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.tableId], foreignColumns: [textTable.id] }),
    check("shop_index_check1", sql`"check" >= 0`),
    index("shop_index_Table_655ac0c3").on(table.tableId),
  ],
);

export const aVeryLongModelNameThatNeedsToBeShortenedWhenAConstraintIsNamed = sqliteTable(
  "a_very_long_table_name_that_nearly_fills_the_sixty_three_bytes",
  {
    aFieldWhoseNameIsAlsoMuchLongerThanItShouldBeReally: declaredNumber("a_field_whose_name_is_also_much_longer_than_it_should_be_really", { type: "integer unsigned" }).notNull(),
    id: integer("id").primaryKey({ autoIncrement: true }),
  },
  (table) => [
    unique().on(table.aFieldWhoseNameIsAlsoMuchLongerThanItShouldBeReally),
    check(
      "a_very_long_table_name_that_nearly_fills_the_sixty_three_bytes_check1",
      sql`"a_field_whose_name_is_also_much_longer_than_it_should_be_really" >= 0`,
    ),
  ],
);

export const peerRelationsTable = sqliteTable(
  "shop_peer_relations",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    fromPeerId: declaredNumber("from_peer_id", { type: "bigint" }).notNull(),
    toPeerId: declaredNumber("to_peer_id", { type: "bigint" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.fromPeerId], foreignColumns: [peer.id] }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.toPeerId], foreignColumns: [peer.id] }),
    uniqueIndex("shop_peer_relations_from_peer_id_to_peer_id_b07a4c84_uniq").on(
      table.fromPeerId,
      table.toPeerId,
    ),
    index("shop_peer_relations_from_peer_id_60900e55").on(table.fromPeerId),
    index("shop_peer_relations_to_peer_id_3727f574").on(table.toPeerId),
  ],
);

// Its many-to-many table is called as the constant of its relations would be.
export const peer = sqliteTable("shop_peer", {
  id: integer("id").primaryKey({ autoIncrement: true }),
});
