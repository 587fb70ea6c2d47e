// instance(Artist, "artist").playlists.add(instance(Playlist, "playlist"))
export function updatePlaylistsById(
  db: Db,
  { artistId, playlistId }: { artistId: number; playlistId: number },
) {
  return db.update(playlist).set({ ownerId: artistId }).where(inArray(playlist.id, [playlistId]));
}

// instance(Artist, "artist").playlists.add(*variable("lists"))
export function updatePlaylistsById(
  db: Db,
  { artistId, lists }: { artistId: number; lists: number[] },
) {
  return db.update(playlist).set({ ownerId: artistId }).where(inArray(playlist.id, lists));
}

// Artist.objects.get(pk=1).playlists.add(Playlist.objects.get(pk=3))
db.transaction(async (tx) => {
  const [found, another] = await tx.select().from(artist).where(eq(artist.id, 1)).limit(21);
  if (!found || another) throw new Error("not exactly one artist matches");
  const [found2, another2] = await tx.select().from(playlist).where(eq(playlist.id, 3)).limit(21);
  if (!found2 || another2) throw new Error("not exactly one playlist matches");
  await tx.update(playlist).set({ ownerId: found.id }).where(inArray(playlist.id, [found2.id]));
});

// instance(Artist, "artist").albums.add(instance(Album, "album"))
export function updateAlbumsById(
  db: Db,
  { artistId, albumId }: { artistId: number; albumId: number },
) {
  return db.update(album).set({ artistId }).where(inArray(album.id, [albumId]));
}

// instance(Artist, "artist").albums.set(variable("albums"))
export function updateAlbumsById(
  db: Db,
  { artistId, albums }: { artistId: number; albums: number[] },
) {
  return db.update(album).set({ artistId }).where(inArray(album.id, albums));
}

// instance(Artist, "artist").playlists.remove(instance(Playlist, "playlist"))
export function updatePlaylistsByOwnerAndId(
  db: Db,
  { artistId, playlistId }: { artistId: number; playlistId: number },
) {
  return db
    .update(playlist)
    .set({ ownerId: null })
    .where(and(eq(playlist.ownerId, artistId), inArray(playlist.id, [playlistId])));
}

// instance(Artist, "artist").playlists.remove(*variable("lists"))
export function updatePlaylistsByOwnerAndId(
  db: Db,
  { artistId, lists }: { artistId: number; lists: number[] },
) {
  return db
    .update(playlist)
    .set({ ownerId: null })
    .where(and(eq(playlist.ownerId, artistId), inArray(playlist.id, lists)));
}

// instance(Artist, "artist").playlists.clear()
export function updatePlaylistsByOwner(db: Db, { artistId }: { artistId: number }) {
  return db.update(playlist).set({ ownerId: null }).where(eq(playlist.ownerId, artistId));
}

// instance(Artist, "artist").playlists.set(variable("lists"))
export function setPlaylist(db: Db, { artistId, lists }: { artistId: number; lists: number[] }) {
  return db.transaction(async (tx) => {
    const current = (
      await tx.select({ id: playlist.id }).from(playlist).where(eq(playlist.ownerId, artistId))
    ).map((row) => row.id);
    const removed = current.filter((id) => !lists.includes(id));
    await tx
      .update(playlist)
      .set({ ownerId: null })
      .where(and(eq(playlist.ownerId, artistId), inArray(playlist.id, removed)));
    const missing = lists.filter((id) => !current.includes(id));
    await tx.update(playlist).set({ ownerId: artistId }).where(inArray(playlist.id, missing));
  });
}

// instance(Artist, "artist").playlists.set([])
export function setPlaylist(db: Db, { artistId }: { artistId: number }) {
  return db.transaction(async (tx) => {
    const current = (
      await tx.select({ id: playlist.id }).from(playlist).where(eq(playlist.ownerId, artistId))
    ).map((row) => row.id);
    const removed = current;
    await tx
      .update(playlist)
      .set({ ownerId: null })
      .where(and(eq(playlist.ownerId, artistId), inArray(playlist.id, removed)));
  });
}

// instance(Artist, "artist").playlists.set(variable("lists"), clear=True)
export function setPlaylist(db: Db, { artistId, lists }: { artistId: number; lists: number[] }) {
  return db.transaction(async (tx) => {
    await tx.update(playlist).set({ ownerId: null }).where(eq(playlist.ownerId, artistId));
    await tx.update(playlist).set({ ownerId: artistId }).where(inArray(playlist.id, lists));
  });
}

// instance(Artist, "artist").playlists.create(name=variable("name"), genre_id=1)
export function createPlaylist(db: Db, { artistId, name }: { artistId: number; name: string }) {
  return db
    .insert(playlist)
    .values({ name, ownerId: artistId, genreId: 1 })
    .returning({ id: playlist.id });
}
