// Tables of the Django app "shop".
import {
  bigint,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  varchar,
} from "drizzle-orm/pg-core";

export const release = pgTable("shop_release", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  name: varchar("name", { length: 20 }).notNull(),
});

export const track = pgTable(
  "shop_track",
  {
    releaseId: bigint("release_id", { mode: "number" }).notNull(),
    position: integer("position").notNull(),
    title: varchar("title", { length: 50 }).notNull(),
  },
  (table) => [
    primaryKey({ name: "shop_track_pkey", columns: [table.releaseId, table.position] }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_track_release_id_a11c99c7_fk_shop_release_id",
      columns: [table.releaseId],
      foreignColumns: [release.id],
    }),
    index("shop_track_release_id_a11c99c7").on(table.releaseId),
  ],
);
