// Relations under Django's names: foreign keys and their reverses.
import { relations } from "drizzle-orm";
import { bigKey, keyed, plainKey, smallKey, textKey } from "./shop.ts";

export const smallKeyRelations = relations(smallKey, ({ many }) => ({ keyedSet: many(keyed) }));

export const plainKeyRelations = relations(plainKey, ({ many }) => ({ keyedSet: many(keyed) }));

export const textKeyRelations = relations(textKey, ({ many }) => ({ keyedSet: many(keyed) }));

export const bigKeyRelations = relations(bigKey, ({ many }) => ({ keyedSet: many(keyed) }));

export const keyedRelations = relations(keyed, ({ one }) => ({
  plain: one(plainKey, { fields: [keyed.plainId], references: [plainKey.id] }),
  text: one(textKey, { fields: [keyed.textId], references: [textKey.code] }),
  big: one(bigKey, { fields: [keyed.bigId], references: [bigKey.number] }),
  small: one(smallKey, { fields: [keyed.smallId], references: [smallKey.id] }),
}));
