// Columns of Django's abstract base classes.
import { jsonb, timestamp, uuid } from "drizzle-orm/pg-core";

// shop.models.CommonModel
export const common = () => ({
  guid: uuid("guid").$defaultFn(() => crypto.randomUUID()).notNull(),
  metadata: jsonb("metadata").$defaultFn(() => ({})).notNull(),
  // auto_now_add: Django sets it when the row is made
  createdAt: timestamp("created_at", { withTimezone: true, mode: "string" })
    .$defaultFn(() => new Date().toISOString())
    .notNull(),
  // auto_now: Django sets it at every save(), not in update()
  updatedAt: timestamp("updated_at", { withTimezone: true, mode: "string" })
    .$defaultFn(() => new Date().toISOString())
    .$onUpdateFn(() => new Date().toISOString())
    .notNull(),
});
