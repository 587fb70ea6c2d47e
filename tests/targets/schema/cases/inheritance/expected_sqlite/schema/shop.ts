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
} from "drizzle-orm/sqlite-core";
import { common } from "./abstract.ts";
import { declared, declaredBoolean, declaredNumber } from "./types.ts";

// A project, with its own key.
export const project = sqliteTable(
  "shop_project",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    ...common(),
    // As shown in lists
    name: declared("name", { type: "varchar(50)" }).notNull(),
    description: text("description").notNull(),
  },
  (table) => [
    unique().on(table.guid),
    check("shop_project_check1", sql`(JSON_VALID("metadata") OR "metadata" IS NULL)`),
  ],
);

export const task = sqliteTable(
  "shop_task",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    ...common(),
    projectId: declaredNumber("project_id", { type: "bigint" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.projectId], foreignColumns: [project.id] }),
    unique().on(table.guid),
    check("shop_task_check1", sql`(JSON_VALID("metadata") OR "metadata" IS NULL)`),
    index("shop_task_project_id_2b3c4f6a").on(table.projectId),
  ],
);

export const person = sqliteTable("shop_person", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  name: declared("name", { type: "varchar(80)" }).notNull(),
});

export const place = sqliteTable("shop_place", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  name: declared("name", { type: "varchar(50)" }).notNull(),
});

// Inherits from shop.Place (multi-table): its row has the same key in the parent's table.
export const restaurant = sqliteTable(
  "shop_restaurant",
  {
    placePtrId: declaredNumber("place_ptr_id", { type: "bigint" }).primaryKey(),
    servesPizza: declaredBoolean("serves_pizza", { type: "bool" })
      .$defaultFn(() => false)
      .notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.placePtrId], foreignColumns: [place.id] }),
  ],
);

// Inherits from shop.Restaurant (multi-table): its row has the same key in the parent's table.
export const trattoria = sqliteTable(
  "shop_trattoria",
  {
    restaurantPtrId: declaredNumber("restaurant_ptr_id", { type: "bigint" }).primaryKey(),
    wine: declared("wine", { type: "varchar(20)" }).notNull(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.restaurantPtrId], foreignColumns: [restaurant.placePtrId] }),
  ],
);

// Inherits from shop.Place (multi-table): its row has the same key in the parent's table.
export const cafe = sqliteTable(
  "shop_cafe",
  {
    placeId: declaredNumber("place_id", { type: "bigint" }).primaryKey(),
  },
  (table) => [
    // on_delete=CASCADE: Django's work; the database refuses (NO ACTION)
    foreignKey({ columns: [table.placeId], foreignColumns: [place.id] }),
  ],
);
