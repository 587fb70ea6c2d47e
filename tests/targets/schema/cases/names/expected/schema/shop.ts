// Tables of the Django app "shop".
import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  unique,
} from "drizzle-orm/pg-core";

export const textTable = pgTable("shop_text", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  className: text("class").notNull(),
  getSql: text("getSQL").notNull(),
  default: integer("with spaces").notNull(),
  isbn13: text("isbn_13").notNull(),
  isbn132: text("isbn13").notNull(),
});

export const indexTable = pgTable(
  "shop_index",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    tableId: bigint("Table", { mode: "number" }).notNull(),
    check: integer("check").notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_index_Table_655ac0c3_fk_shop_text_id",
      columns: [table.tableId],
      foreignColumns: [textTable.id],
    }),
    check("shop_index_check_check", sql`"check" >= 0`),
    index("shop_index_Table_655ac0c3").on(table.tableId),
  ],
);

export const aVeryLongModelNameThatNeedsToBeShortenedWhenAConstraintIsNamed = pgTable(
  "a_very_long_table_name_that_nearly_fills_the_sixty_three_bytes",
  {
    aFieldWhoseNameIsAlsoMuchLongerThanItShouldBeReally: integer("a_field_whose_name_is_also_much_longer_than_it_should_be_really").notNull(),
    id: bigint("id", { mode: "number" })
      .primaryKey()
      .generatedByDefaultAsIdentity({
        name: "a_very_long_table_name_that_nearly_fills_the_sixty_three_id_seq",
      }),
  },
  (table) => [
    unique("a_very_long_table_name_that_n_a_field_whose_name_is_also_mu_key").on(
      table.aFieldWhoseNameIsAlsoMuchLongerThanItShouldBeReally,
    ),
    check(
      "a_very_long_table_name_that__a_field_whose_name_is_also_m_check",
      sql`"a_field_whose_name_is_also_much_longer_than_it_should_be_really" >= 0`,
    ),
  ],
);

export const peerRelationsTable = pgTable(
  "shop_peer_relations",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    fromPeerId: bigint("from_peer_id", { mode: "number" }).notNull(),
    toPeerId: bigint("to_peer_id", { mode: "number" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_peer_relations_from_peer_id_60900e55_fk_shop_peer_id",
      columns: [table.fromPeerId],
      foreignColumns: [peer.id],
    }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_peer_relations_to_peer_id_3727f574_fk_shop_peer_id",
      columns: [table.toPeerId],
      foreignColumns: [peer.id],
    }),
    unique("shop_peer_relations_from_peer_id_to_peer_id_b07a4c84_uniq").on(
      table.fromPeerId,
      table.toPeerId,
    ),
    index("shop_peer_relations_from_peer_id_60900e55").on(table.fromPeerId),
    index("shop_peer_relations_to_peer_id_3727f574").on(table.toPeerId),
  ],
);

// Its many-to-many table is called as the constant of its relations would be.
export const peer = pgTable("shop_peer", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
});
