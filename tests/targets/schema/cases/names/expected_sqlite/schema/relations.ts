// Relations under Django's names: foreign keys and their reverses.
import { relations } from "drizzle-orm";
import { indexTable, peer, peerRelationsTable, textTable } from "./shop.ts";

export const textTableRelations = relations(textTable, ({ many }) => ({ indexSet: many(indexTable) }));

export const indexTableRelations = relations(indexTable, ({ one }) => ({
  table: one(textTable, { fields: [indexTable.tableId], references: [textTable.id] }),
}));

export const peerRelationsTableRelations = relations(peerRelationsTable, ({ one }) => ({
  fromPeer: one(peer, {
    fields: [peerRelationsTable.fromPeerId],
    references: [peer.id],
    relationName: "peerRelationsTable_from_peer",
  }),
  toPeer: one(peer, {
    fields: [peerRelationsTable.toPeerId],
    references: [peer.id],
    relationName: "peerRelationsTable_to_peer",
  }),
}));

export const peerRelations = relations(peer, ({ many }) => ({
  peerRelationsTableByFromPeer: many(peerRelationsTable, {
    relationName: "peerRelationsTable_from_peer",
  }),
  peerRelationsTableByToPeer: many(peerRelationsTable, {
    relationName: "peerRelationsTable_to_peer",
  }),
}));
