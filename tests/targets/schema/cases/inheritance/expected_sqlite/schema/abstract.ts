// Columns of Django's abstract base classes.
import { text } from "drizzle-orm/sqlite-core";
import { declaredInstant, declaredUuid } from "./types.ts";

// shop.models.CommonModel
export const common = () => ({
  guid: declaredUuid("guid", { type: "char(32)" })
    .$defaultFn(() => crypto.randomUUID().replaceAll("-", ""))
    .notNull(),
  metadata: text("metadata", { mode: "json" }).$defaultFn(() => ({})).notNull(),
  // auto_now_add: Django sets it when the row is made
  createdAt: declaredInstant("created_at", { type: "datetime" })
    .$defaultFn(() => new Date().toISOString().slice(0, 23).replace("T", " "))
    .notNull(),
  // auto_now: Django sets it at every save(), not in update()
  updatedAt: declaredInstant("updated_at", { type: "datetime" })
    .$defaultFn(() => new Date().toISOString().slice(0, 23).replace("T", " "))
    .$onUpdateFn(() => new Date().toISOString().slice(0, 23).replace("T", " "))
    .notNull(),
});
