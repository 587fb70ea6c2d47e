// Tables of the Django app "shop".
import { foreignKey, index, integer, primaryKey, sqliteTable } from "drizzle-orm/sqlite-core";
import { declared, declaredNumber } from "./types.ts";

export const release = sqliteTable("shop_release", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  name: declared("name", { type: "varchar(20)" }).notNull(),
});

export const track = sqliteTable(
  "shop_track",
  {
    releaseId: declaredNumber("release_id", { type: "bigint" }).notNull(),
    position: integer("position").notNull(),
    title: declared("title", { type: "varchar(50)" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.releaseId, table.position] }),
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.releaseId], foreignColumns: [release.id] }),
    index("shop_track_release_id_a11c99c7").on(table.releaseId),
  ],
);
