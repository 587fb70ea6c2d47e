// Relations under Django's names: foreign keys and their reverses.
import { relations } from "drizzle-orm";
import { booking, room } from "./shop.ts";

export const roomRelations = relations(room, ({ many }) => ({
  bookingSet: many(booking, { relationName: "booking_room" }),
  bookingByLoose: many(booking, { relationName: "booking_loose" }),
}));

export const bookingRelations = relations(booking, ({ one }) => ({
  room: one(room, {
    fields: [booking.roomId],
    references: [room.number],
    relationName: "booking_room",
  }),
  loose: one(room, {
    fields: [booking.looseId],
    references: [room.id],
    relationName: "booking_loose",
  }),
}));
