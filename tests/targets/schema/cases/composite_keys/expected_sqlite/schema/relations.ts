// Relations under Django's names: foreign keys and their reverses.
import { relations } from "drizzle-orm";
import { release, track } from "./shop.ts";

export const releaseRelations = relations(release, ({ many }) => ({ trackSet: many(track) }));

export const trackRelations = relations(track, ({ one }) => ({
  release: one(release, { fields: [track.releaseId], references: [release.id] }),
}));
