// Room.objects.prefetch_related('exhibits__loans')
import { inArray } from "drizzle-orm";
import { exhibit, loan, room } from "./schema";
import { keysOf, manyBy } from "./sql";

export function exhibitsByRoom(db: Db, { roomIds }: { roomIds: number[] }) {
  return db.select().from(exhibit).where(inArray(exhibit.roomId, roomIds));
}
export function loansByExhibit(db: Db, { exhibitIds }: { exhibitIds: number[] }) {
  return db.select().from(loan).where(inArray(loan.exhibitId, exhibitIds));
}
export async function roomsWithExhibits(db: Db) {
  const rooms = await db.select().from(room);
  const exhibits = await exhibitsByRoom(db, { roomIds: keysOf(rooms, (row) => row.id) });
  const loans = await loansByExhibit(db, { exhibitIds: keysOf(exhibits, (row) => row.id) });
  const loansOf = manyBy(loans, (row) => row.exhibitId);
  const exhibitsOf = manyBy(
    exhibits.map((row) => ({ ...row, loans: loansOf(row.id) })),
    (row) => row.roomId,
  );
  return rooms.map((row) => ({ ...row, exhibits: exhibitsOf(row.id) }));
}
export const query = (db: Db) => roomsWithExhibits(db);
// no relational query (db.query): exhibit.tags: nested rows are read as JSON, and what becomes of arrays is not known

// Room.objects.prefetch_related('next__previous')
import { inArray } from "drizzle-orm";
import { room } from "./schema";
import { keysOf, manyBy, oneBy } from "./sql";

export function roomsById(db: Db, { nextIds }: { nextIds: number[] }) {
  return db.select().from(room).where(inArray(room.id, nextIds));
}
export function roomsByNext(db: Db, { roomIds }: { roomIds: number[] }) {
  return db.select().from(room).where(inArray(room.nextId, roomIds));
}
export async function roomsWithNext(db: Db) {
  const rooms = await db.select().from(room);
  const nexts = await roomsById(db, { nextIds: keysOf(rooms, (row) => row.nextId) });
  const previous = await roomsByNext(db, { roomIds: keysOf(nexts, (row) => row.id) });
  const previousOf = manyBy(previous, (row) => row.nextId);
  const nextOf = oneBy(
    nexts.map((row) => ({ ...row, previous: previousOf(row.id) })),
    (row) => row.id,
  );
  return rooms.map((row) => ({ ...row, next: nextOf(row.nextId) }));
}
export const query = (db: Db) => roomsWithNext(db);
// as one relational query:
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "room" | "roomRelations">>) =>
  db.query.room.findMany({ with: { next: { with: { previous: true } } } });

// Loan.objects.prefetch_related('exhibit__room', 'exhibit__statue')
import { eq, inArray } from "drizzle-orm";
import { exhibit, loan, room, statue } from "./schema";
import { keysOf, oneBy } from "./sql";

export function exhibitsById(db: Db, { exhibitIds }: { exhibitIds: number[] }) {
  return db.select().from(exhibit).where(inArray(exhibit.id, exhibitIds));
}
export function roomsById(db: Db, { roomIds }: { roomIds: number[] }) {
  return db.select().from(room).where(inArray(room.id, roomIds));
}
export function statuesByExhibitPtr(db: Db, { exhibitIds }: { exhibitIds: number[] }) {
  return db
    .select({
      id: exhibit.id,
      title: exhibit.title,
      story: exhibit.story,
      roomId: exhibit.roomId,
      tags: exhibit.tags,
      measures: exhibit.measures,
      bearings: exhibit.bearings,
      details: exhibit.details,
      shown: exhibit.shown,
      visitors: exhibit.visitors,
      opened: exhibit.opened,
      acquired: exhibit.acquired,
      lent: exhibit.lent,
      price: exhibit.price,
      weight: exhibit.weight,
      balance: exhibit.balance,
      index: exhibit.index,
      seen: exhibit.seen,
      labels: exhibit.labels,
      closed: exhibit.closed,
      guarded: exhibit.guarded,
      exhibitPtrId: statue.exhibitPtrId,
      stone: statue.stone,
    })
    .from(statue)
    .innerJoin(exhibit, eq(statue.exhibitPtrId, exhibit.id))
    .where(inArray(statue.exhibitPtrId, exhibitIds));
}
export async function loansWithExhibit(db: Db) {
  const loans = await db.select().from(loan);
  const exhibits = await exhibitsById(db, { exhibitIds: keysOf(loans, (row) => row.exhibitId) });
  const rooms = await roomsById(db, { roomIds: keysOf(exhibits, (row) => row.roomId) });
  const statues = await statuesByExhibitPtr(db, { exhibitIds: keysOf(exhibits, (row) => row.id) });
  const statueOf = oneBy(statues, (row) => row.exhibitPtrId);
  const roomOf = oneBy(rooms, (row) => row.id);
  const exhibitOf = oneBy(
    exhibits.map((row) => ({ ...row, room: roomOf(row.roomId), statue: statueOf(row.id) })),
    (row) => row.id,
  );
  return loans.map((row) => ({ ...row, exhibit: exhibitOf(row.exhibitId) }));
}
export const query = (db: Db) => loansWithExhibit(db);
// no relational query (db.query): exhibit.tags: nested rows are read as JSON, and what becomes of arrays is not known
