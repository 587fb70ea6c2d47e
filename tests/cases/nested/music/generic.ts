// Artist.objects.prefetch_related("notes")
import { and, eq, inArray } from "drizzle-orm";
import { artist, note } from "./schema";
import { keysOf, manyBy } from "./sql";

export function notesByObjectIdAndContentType(
  db: Db,
  { artistIds, artistContentTypeId }: { artistIds: bigint[]; artistContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(and(eq(note.contentTypeId, artistContentTypeId), inArray(note.objectId, artistIds)));
}
export async function artistsWithNotes(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  const artists = await db.select().from(artist);
  const notes = await notesByObjectIdAndContentType(db, {
    artistIds: keysOf(artists, (row) => BigInt(row.id)),
    artistContentTypeId,
  });
  const notesOf = manyBy(notes, (row) => String(row.objectId));
  return artists.map((row) => ({ ...row, notes: notesOf(String(row.id)) }));
}
export const query = (db: Db) => artistsWithNotes(db, { artistContentTypeId: 3 });
// no relational query (db.query): notes: a generic relation is no foreign key, and a relational query follows those alone

// Artist.objects.prefetch_related("albums__notes", "notes")
import { and, eq, inArray } from "drizzle-orm";
import { album, artist, note } from "./schema";
import { keysOf, manyBy } from "./sql";

export function albumsByArtist(db: Db, { artistIds }: { artistIds: number[] }) {
  return db.select().from(album).where(inArray(album.artistId, artistIds));
}
export function notesByObjectIdAndContentType(
  db: Db,
  { albumIds, albumContentTypeId }: { albumIds: bigint[]; albumContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(and(eq(note.contentTypeId, albumContentTypeId), inArray(note.objectId, albumIds)));
}
export function notesByObjectIdAndContentType2(
  db: Db,
  { artistIds, artistContentTypeId }: { artistIds: bigint[]; artistContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(and(eq(note.contentTypeId, artistContentTypeId), inArray(note.objectId, artistIds)));
}
export async function artistsWithAlbumsAndNotes(
  db: Db,
  {
    albumContentTypeId,
    artistContentTypeId,
  }: {
    albumContentTypeId: number;
    artistContentTypeId: number;
  },
) {
  const artists = await db.select().from(artist);
  const albums = await albumsByArtist(db, { artistIds: keysOf(artists, (row) => row.id) });
  const notes = await notesByObjectIdAndContentType(db, {
    albumIds: keysOf(albums, (row) => BigInt(row.id)),
    albumContentTypeId,
  });
  const notes2 = await notesByObjectIdAndContentType2(db, {
    artistIds: keysOf(artists, (row) => BigInt(row.id)),
    artistContentTypeId,
  });
  const notesOf2 = manyBy(notes2, (row) => String(row.objectId));
  const notesOf = manyBy(notes, (row) => String(row.objectId));
  const albumsOf = manyBy(
    albums.map((row) => ({ ...row, notes: notesOf(String(row.id)) })),
    (row) => row.artistId,
  );
  return artists.map((row) => ({ ...row, albums: albumsOf(row.id), notes: notesOf2(String(row.id)) }));
}
export const query = (db: Db) =>
  artistsWithAlbumsAndNotes(db, { albumContentTypeId: 4, artistContentTypeId: 3 });
// no relational query (db.query): albums__notes: a generic relation is no foreign key, and a relational query follows those alone

// Artist.objects.filter(notes__text="a").prefetch_related("notes")
import { and, eq, getTableColumns, inArray } from "drizzle-orm";
import { artist, note } from "./schema";
import { keysOf, manyBy } from "./sql";

export function artistsByArtistContentType(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  return db
    .select(getTableColumns(artist))
    .from(artist)
    .innerJoin(note, and(eq(artist.id, note.objectId), eq(note.contentTypeId, artistContentTypeId)))
    .where(eq(note.text, "a"));
}
export function notesByObjectIdAndContentType(
  db: Db,
  { artistIds, artistContentTypeId }: { artistIds: bigint[]; artistContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(and(eq(note.contentTypeId, artistContentTypeId), inArray(note.objectId, artistIds)));
}
export async function artistsByArtistContentTypeWithNotes(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  const artists = await artistsByArtistContentType(db, { artistContentTypeId });
  const notes = await notesByObjectIdAndContentType(db, {
    artistIds: keysOf(artists, (row) => BigInt(row.id)),
    artistContentTypeId,
  });
  const notesOf = manyBy(notes, (row) => String(row.objectId));
  return artists.map((row) => ({ ...row, notes: notesOf(String(row.id)) }));
}
export const query = (db: Db) =>
  artistsByArtistContentTypeWithNotes(db, { artistContentTypeId: 3 });
// no relational query (db.query): notes: a generic relation is no foreign key, and a relational query follows those alone

// Album.objects.select_related("artist").prefetch_related("artist__notes")
import { and, eq, inArray } from "drizzle-orm";
import { album, artist, note } from "./schema";
import { keysOf, manyBy } from "./sql";

export function notesByObjectIdAndContentType(
  db: Db,
  { artistIds, artistContentTypeId }: { artistIds: bigint[]; artistContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(and(eq(note.contentTypeId, artistContentTypeId), inArray(note.objectId, artistIds)));
}
export async function albumsWithArtistNotes(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  const albums = await db
    .select({ album, artist })
    .from(album)
    .innerJoin(artist, eq(album.artistId, artist.id));
  const artistNotes = await notesByObjectIdAndContentType(db, {
    artistIds: keysOf(albums, (row) => BigInt(row.artist.id)),
    artistContentTypeId,
  });
  const artistNotesOf = manyBy(artistNotes, (row) => String(row.objectId));
  return albums.map((row) => ({
    ...row,
    artist: { ...row.artist, notes: artistNotesOf(String(row.artist.id)) },
  }));
}
export const query = (db: Db) => albumsWithArtistNotes(db, { artistContentTypeId: 3 });
// no relational query (db.query): artist__notes: a generic relation is no foreign key, and a relational query follows those alone

// Album.objects.prefetch_related(Prefetch("notes", queryset=Note.objects.filter(text="a"), to_attr="short"))
import { and, eq, inArray } from "drizzle-orm";
import { album, note } from "./schema";
import { keysOf, manyBy } from "./sql";

export function notesByObjectIdAndContentType(
  db: Db,
  { albumIds, albumContentTypeId }: { albumIds: bigint[]; albumContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(
      and(
        eq(note.text, "a"),
        eq(note.contentTypeId, albumContentTypeId),
        inArray(note.objectId, albumIds),
      ),
    );
}
export async function albumsWithShort(
  db: Db,
  { albumContentTypeId }: { albumContentTypeId: number },
) {
  const albums = await db.select().from(album);
  const short = await notesByObjectIdAndContentType(db, {
    albumIds: keysOf(albums, (row) => BigInt(row.id)),
    albumContentTypeId,
  });
  const shortOf = manyBy(short, (row) => String(row.objectId));
  return albums.map((row) => ({ ...row, short: shortOf(String(row.id)) }));
}
export const query = (db: Db) => albumsWithShort(db, { albumContentTypeId: 4 });
// no relational query (db.query): short: a generic relation is no foreign key, and a relational query follows those alone

// Playlist.objects.prefetch_related("owner__notes")
import { and, eq, inArray } from "drizzle-orm";
import { artist, note, playlist } from "./schema";
import { keysOf, manyBy, oneBy } from "./sql";

export function artistsById(db: Db, { ownerIds }: { ownerIds: number[] }) {
  return db.select().from(artist).where(inArray(artist.id, ownerIds));
}
export function notesByObjectIdAndContentType(
  db: Db,
  { artistIds, artistContentTypeId }: { artistIds: bigint[]; artistContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(and(eq(note.contentTypeId, artistContentTypeId), inArray(note.objectId, artistIds)));
}
export async function playlistsWithOwner(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  const playlists = await db.select().from(playlist);
  const owners = await artistsById(db, { ownerIds: keysOf(playlists, (row) => row.ownerId) });
  const notes = await notesByObjectIdAndContentType(db, {
    artistIds: keysOf(owners, (row) => BigInt(row.id)),
    artistContentTypeId,
  });
  const notesOf = manyBy(notes, (row) => String(row.objectId));
  const ownerOf = oneBy(
    owners.map((row) => ({ ...row, notes: notesOf(String(row.id)) })),
    (row) => row.id,
  );
  return playlists.map((row) => ({ ...row, owner: ownerOf(row.ownerId) }));
}
export const query = (db: Db) => playlistsWithOwner(db, { artistContentTypeId: 3 });
// no relational query (db.query): owner__notes: a generic relation is no foreign key, and a relational query follows those alone
