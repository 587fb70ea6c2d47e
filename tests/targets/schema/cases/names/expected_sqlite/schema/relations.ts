// Relations under Django's names: foreign keys and their reverses.
import { relations } from "drizzle-orm";
import { indexTable, textTable } from "./shop.ts";

export const textTableRelations = relations(textTable, ({ many }) => ({ indexSet: many(indexTable) }));

export const indexTableRelations = relations(indexTable, ({ one }) => ({
  table: one(textTable, { fields: [indexTable.tableId], references: [textTable.id] }),
}));
