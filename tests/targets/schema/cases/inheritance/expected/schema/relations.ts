// Relations under Django's names: foreign keys and their reverses.
import { relations } from "drizzle-orm";
import { cafe, legacy, place, project, restaurant, task, trattoria } from "./shop.ts";

export const projectRelations = relations(project, ({ many }) => ({
  tasks: many(task),
  legacySet: many(legacy),
}));

export const taskRelations = relations(task, ({ one }) => ({
  project: one(project, { fields: [task.projectId], references: [project.id] }),
}));

export const placeRelations = relations(place, ({ one }) => ({
  restaurant: one(restaurant),
  cafe: one(cafe),
}));

export const restaurantRelations = relations(restaurant, ({ one }) => ({
  placePtr: one(place, { fields: [restaurant.placePtrId], references: [place.id] }),
  trattoria: one(trattoria),
}));

export const trattoriaRelations = relations(trattoria, ({ one }) => ({
  restaurantPtr: one(restaurant, {
    fields: [trattoria.restaurantPtrId],
    references: [restaurant.placePtrId],
  }),
}));

export const cafeRelations = relations(cafe, ({ one }) => ({
  place: one(place, { fields: [cafe.placeId], references: [place.id] }),
}));

export const legacyRelations = relations(legacy, ({ one }) => ({
  project: one(project, { fields: [legacy.projectId], references: [project.id] }),
}));
