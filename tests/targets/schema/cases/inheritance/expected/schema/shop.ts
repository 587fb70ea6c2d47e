// Tables of the Django app "shop".
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  unique,
  varchar,
} from "drizzle-orm/pg-core";
import { common } from "./abstract.ts";

// A project, with its own key.
export const project = pgTable(
  "shop_project",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    ...common(),
    // As shown in lists
    name: varchar("name", { length: 50 }).notNull(),
    description: text("description").notNull(),
  },
  (table) => [
    unique("shop_project_guid_key").on(table.guid),
  ],
);

export const task = pgTable(
  "shop_task",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    ...common(),
    projectId: bigint("project_id", { mode: "number" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_task_project_id_2b3c4f6a_fk_shop_project_id",
      columns: [table.projectId],
      foreignColumns: [project.id],
    }),
    unique("shop_task_guid_key").on(table.guid),
    index("shop_task_project_id_2b3c4f6a").on(table.projectId),
  ],
);

export const person = pgTable("shop_person", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  name: varchar("name", { length: 80 }).notNull(),
});

export const place = pgTable("shop_place", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  name: varchar("name", { length: 50 }).notNull(),
});

// Inherits from shop.Place (multi-table): its row has the same key in the parent's table.
export const restaurant = pgTable(
  "shop_restaurant",
  {
    placePtrId: bigint("place_ptr_id", { mode: "number" }).primaryKey(),
    servesPizza: boolean("serves_pizza").$defaultFn(() => false).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_restaurant_place_ptr_id_06a0a727_fk_shop_place_id",
      columns: [table.placePtrId],
      foreignColumns: [place.id],
    }),
  ],
);

// Inherits from shop.Restaurant (multi-table): its row has the same key in the parent's table.
export const trattoria = pgTable(
  "shop_trattoria",
  {
    restaurantPtrId: bigint("restaurant_ptr_id", { mode: "number" }).primaryKey(),
    wine: varchar("wine", { length: 20 }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_trattoria_restaurant_ptr_id_f8ffac71_fk_shop_rest",
      columns: [table.restaurantPtrId],
      foreignColumns: [restaurant.placePtrId],
    }),
  ],
);

// Inherits from shop.Place (multi-table): its row has the same key in the parent's table.
export const cafe = pgTable(
  "shop_cafe",
  {
    placeId: bigint("place_id", { mode: "number" }).primaryKey(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({
      name: "shop_cafe_place_id_5652174a_fk_shop_place_id",
      columns: [table.placeId],
      foreignColumns: [place.id],
    }),
  ],
);

// Unmanaged: something else than Django's migrations makes this table.
export const legacy = pgTable("legacy numbers", {
  number: integer("number").primaryKey(),
  note: varchar("note", { length: 9 }),
  projectId: bigint("project_id", { mode: "number" }).notNull(),
});
