// Playlist.objects.prefetch_related("tracks")
import { inArray } from "drizzle-orm";
import { playlist, track } from "./schema";
import { keysOf, manyBy } from "./sql";

export function tracksByPlaylist(db: Db, { playlistIds }: { playlistIds: number[] }) {
  return db.select().from(track).where(inArray(track.playlistId, playlistIds));
}
export async function playlistsWithTracks(db: Db) {
  const playlists = await db.select().from(playlist);
  const tracks = await tracksByPlaylist(db, { playlistIds: keysOf(playlists, (row) => row.id) });
  const tracksOf = manyBy(tracks, (row) => row.playlistId);
  return playlists.map((row) => ({ ...row, tracks: tracksOf(row.id) }));
}
export const query = (db: Db) => playlistsWithTracks(db);
// as one relational query:
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "playlist" | "playlistRelations" | "track" | "trackRelations">>) =>
  db.query.playlist.findMany({ with: { tracks: true } });

// Track.objects.prefetch_related("song__artist")
import { inArray } from "drizzle-orm";
import { artist, song, track } from "./schema";
import { keysOf, oneBy } from "./sql";

export function songsById(db: Db, { songIds }: { songIds: number[] }) {
  return db.select().from(song).where(inArray(song.id, songIds));
}
export function artistsById(db: Db, { artistIds }: { artistIds: number[] }) {
  return db.select().from(artist).where(inArray(artist.id, artistIds));
}
export async function tracksWithSong(db: Db) {
  const tracks = await db.select().from(track);
  const songs = await songsById(db, { songIds: keysOf(tracks, (row) => row.songId) });
  const artists = await artistsById(db, { artistIds: keysOf(songs, (row) => row.artistId) });
  const artistOf = oneBy(artists, (row) => row.id);
  const songOf = oneBy(
    songs.map((row) => ({ ...row, artist: artistOf(row.artistId) })),
    (row) => row.id,
  );
  return tracks.map((row) => ({ ...row, song: songOf(row.songId) }));
}
export const query = (db: Db) => tracksWithSong(db);
// as one relational query:
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "track" | "trackRelations" | "song" | "songRelations" | "artist" | "artistRelations">>) =>
  db.query.track.findMany({ with: { song: { with: { artist: true } } } });

// Song.objects.prefetch_related("tracks__playlist__tracks")
import { inArray } from "drizzle-orm";
import { playlist, song, track } from "./schema";
import { keysOf, manyBy, oneBy } from "./sql";

export function tracksBySong(db: Db, { songIds }: { songIds: number[] }) {
  return db.select().from(track).where(inArray(track.songId, songIds));
}
export function playlistsById(db: Db, { playlistIds }: { playlistIds: number[] }) {
  return db.select().from(playlist).where(inArray(playlist.id, playlistIds));
}
export function tracksByPlaylist(db: Db, { playlistIds }: { playlistIds: number[] }) {
  return db.select().from(track).where(inArray(track.playlistId, playlistIds));
}
export async function songsWithTracks(db: Db) {
  const songs = await db.select().from(song);
  const tracks = await tracksBySong(db, { songIds: keysOf(songs, (row) => row.id) });
  const playlists = await playlistsById(db, {
    playlistIds: keysOf(tracks, (row) => row.playlistId),
  });
  const tracks2 = await tracksByPlaylist(db, { playlistIds: keysOf(playlists, (row) => row.id) });
  const tracksOf2 = manyBy(tracks2, (row) => row.playlistId);
  const playlistOf = oneBy(
    playlists.map((row) => ({ ...row, tracks: tracksOf2(row.id) })),
    (row) => row.id,
  );
  const tracksOf = manyBy(
    tracks.map((row) => ({ ...row, playlist: playlistOf(row.playlistId) })),
    (row) => row.songId,
  );
  return songs.map((row) => ({ ...row, tracks: tracksOf(row.id) }));
}
export const query = (db: Db) => songsWithTracks(db);
// as one relational query:
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "song" | "songRelations" | "track" | "trackRelations" | "playlist" | "playlistRelations">>) =>
  db.query.song.findMany({ with: { tracks: { with: { playlist: { with: { tracks: true } } } } } });

// Artist.objects.prefetch_related("songs__tracks")
import { inArray } from "drizzle-orm";
import { artist, song, track } from "./schema";
import { keysOf, manyBy } from "./sql";

export function songsByArtist(db: Db, { artistIds }: { artistIds: number[] }) {
  return db.select().from(song).where(inArray(song.artistId, artistIds));
}
export function tracksBySong(db: Db, { songIds }: { songIds: number[] }) {
  return db.select().from(track).where(inArray(track.songId, songIds));
}
export async function artistsWithSongs(db: Db) {
  const artists = await db.select().from(artist);
  const songs = await songsByArtist(db, { artistIds: keysOf(artists, (row) => row.id) });
  const tracks = await tracksBySong(db, { songIds: keysOf(songs, (row) => row.id) });
  const tracksOf = manyBy(tracks, (row) => row.songId);
  const songsOf = manyBy(
    songs.map((row) => ({ ...row, tracks: tracksOf(row.id) })),
    (row) => row.artistId,
  );
  return artists.map((row) => ({ ...row, songs: songsOf(row.id) }));
}
export const query = (db: Db) => artistsWithSongs(db);
// as one relational query:
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "artist" | "artistRelations" | "song" | "songRelations" | "track" | "trackRelations">>) =>
  db.query.artist.findMany({ with: { songs: { with: { tracks: true } } } });
