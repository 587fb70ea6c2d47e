// Artist.objects.get(pk=1).delete()
db.transaction(async (tx) => {
  const [found, another] = await tx.select().from(artist).where(eq(artist.id, 1)).limit(21);
  if (!found || another) throw new Error("not exactly one artist matches");
  const albumIds = (
    await tx.select({ id: album.id }).from(album).where(inArray(album.artistId, [found.id]))
  ).map((row) => row.id);
  const [found2, another2] = await tx
    .select()
    .from(contentType)
    .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "album")))
    .limit(21);
  if (!found2 || another2) throw new Error("not exactly one contentType matches");
  const songIds = (
    await tx.select({ id: song.id }).from(song).where(inArray(song.artistId, [found.id]))
  ).map((row) => row.id);
  const playlistIds = (
    await tx.select({ id: playlist.id }).from(playlist).where(inArray(playlist.ownerId, [found.id]))
  ).map((row) => row.id);
  const [found3, another3] = await tx
    .select()
    .from(contentType)
    .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "artist")))
    .limit(21);
  if (!found3 || another3) throw new Error("not exactly one contentType matches");
  const songs = await tx
    .select({ id: song.id })
    .from(song)
    .where(and(inArray(song.albumId, albumIds), notInArray(song.id, songIds)));
  if (songs.length > 0) throw new Error("songs.Song.album restricts the rows that it refers to");
  const covers = await tx.select({ id: cover.id }).from(cover).where(inArray(cover.songId, songIds));
  if (covers.length > 0) throw new Error("songs.Cover.song restricts the rows that it refers to");
  await tx
    .delete(note)
    .where(and(eq(note.contentTypeId, found2.id), inArray(note.objectId, albumIds.map(BigInt))));
  await tx.delete(track).where(inArray(track.songId, songIds));
  await tx.delete(track).where(inArray(track.playlistId, playlistIds));
  await tx
    .delete(note)
    .where(and(eq(note.contentTypeId, found3.id), inArray(note.objectId, [BigInt(found.id)])));
  await tx.delete(album).where(inArray(album.id, albumIds));
  await tx.delete(song).where(inArray(song.id, songIds));
  await tx.delete(playlist).where(inArray(playlist.id, playlistIds));
  await tx.delete(artist).where(inArray(artist.id, [found.id]));
});

// Artist.objects.filter(pk__gt=variable("pk")).delete()
export function deleteArtists(db: Db, { id }: { id: number }) {
  return db.transaction(async (tx) => {
    const artistIds = (
      await tx.select({ id: artist.id }).from(artist).where(gt(artist.id, id))
    ).map((row) => row.id);
    const albumIds = (
      await tx.select({ id: album.id }).from(album).where(inArray(album.artistId, artistIds))
    ).map((row) => row.id);
    const [found, another] = await tx
      .select()
      .from(contentType)
      .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "album")))
      .limit(21);
    if (!found || another) throw new Error("not exactly one contentType matches");
    const songIds = (
      await tx.select({ id: song.id }).from(song).where(inArray(song.artistId, artistIds))
    ).map((row) => row.id);
    const playlistIds = (
      await tx
        .select({ id: playlist.id })
        .from(playlist)
        .where(inArray(playlist.ownerId, artistIds))
    ).map((row) => row.id);
    const [found2, another2] = await tx
      .select()
      .from(contentType)
      .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "artist")))
      .limit(21);
    if (!found2 || another2) throw new Error("not exactly one contentType matches");
    const songs = await tx
      .select({ id: song.id })
      .from(song)
      .where(and(inArray(song.albumId, albumIds), notInArray(song.id, songIds)));
    if (songs.length > 0) throw new Error("songs.Song.album restricts the rows that it refers to");
    const covers = await tx
      .select({ id: cover.id })
      .from(cover)
      .where(inArray(cover.songId, songIds));
    if (covers.length > 0) throw new Error("songs.Cover.song restricts the rows that it refers to");
    await tx
      .delete(note)
      .where(and(eq(note.contentTypeId, found.id), inArray(note.objectId, albumIds.map(BigInt))));
    await tx.delete(track).where(inArray(track.songId, songIds));
    await tx.delete(track).where(inArray(track.playlistId, playlistIds));
    await tx
      .delete(note)
      .where(and(eq(note.contentTypeId, found2.id), inArray(note.objectId, artistIds.map(BigInt))));
    await tx.delete(album).where(inArray(album.id, albumIds));
    await tx.delete(song).where(inArray(song.id, songIds));
    await tx.delete(playlist).where(inArray(playlist.id, playlistIds));
    await tx.delete(artist).where(inArray(artist.id, artistIds));
  });
}

// Album.objects.filter(pk__gt=0).delete()
db.transaction(async (tx) => {
  const albumIds = (
    await tx.select({ id: album.id }).from(album).where(gt(album.id, 0))
  ).map((row) => row.id);
  const [found, another] = await tx
    .select()
    .from(contentType)
    .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "album")))
    .limit(21);
  if (!found || another) throw new Error("not exactly one contentType matches");
  const songs = await tx.select({ id: song.id }).from(song).where(inArray(song.albumId, albumIds));
  if (songs.length > 0) throw new Error("songs.Song.album restricts the rows that it refers to");
  await tx
    .delete(note)
    .where(and(eq(note.contentTypeId, found.id), inArray(note.objectId, albumIds.map(BigInt))));
  await tx.delete(album).where(inArray(album.id, albumIds));
});

// Song.objects.filter(name=variable("name")).delete()
export function deleteSongs(db: Db, { name }: { name: string }) {
  return db.transaction(async (tx) => {
    const songIds = (
      await tx.select({ id: song.id }).from(song).where(eq(song.name, name))
    ).map((row) => row.id);
    const covers = await tx
      .select({ id: cover.id })
      .from(cover)
      .where(inArray(cover.songId, songIds));
    if (covers.length > 0) throw new Error("songs.Cover.song restricts the rows that it refers to");
    await tx.delete(track).where(inArray(track.songId, songIds));
    await tx.delete(song).where(inArray(song.id, songIds));
  });
}

// Genre.objects.filter(name="x").delete()
db.transaction(async (tx) => {
  const genreIds = await withDescendants(
    (await tx.select({ id: genre.id }).from(genre).where(eq(genre.name, "x"))).map((row) => row.id),
    (ids) => tx.select({ id: genre.id }).from(genre).where(inArray(genre.parentId, ids)),
  );
  const playlistIds = (
    await tx.select({ id: playlist.id }).from(playlist).where(inArray(playlist.genreId, genreIds))
  ).map((row) => row.id);
  await tx.delete(track).where(inArray(track.playlistId, playlistIds));
  await tx.delete(playlist).where(inArray(playlist.id, playlistIds));
  await tx.delete(genre).where(inArray(genre.id, genreIds));
});

// Genre.objects.get(pk=1).delete()
db.transaction(async (tx) => {
  const [found, another] = await tx.select().from(genre).where(eq(genre.id, 1)).limit(21);
  if (!found || another) throw new Error("not exactly one genre matches");
  const genreIds = await withDescendants(
    [found.id],
    (ids) => tx.select({ id: genre.id }).from(genre).where(inArray(genre.parentId, ids)),
  );
  const playlistIds = (
    await tx.select({ id: playlist.id }).from(playlist).where(inArray(playlist.genreId, genreIds))
  ).map((row) => row.id);
  await tx.delete(track).where(inArray(track.playlistId, playlistIds));
  await tx.delete(playlist).where(inArray(playlist.id, playlistIds));
  await tx.delete(genre).where(inArray(genre.id, genreIds));
});

// instance(Genre, "genre").delete()
export function deleteGenres(db: Db, { genreId }: { genreId: number }) {
  return db.transaction(async (tx) => {
    const genreIds = await withDescendants(
      [genreId],
      (ids) => tx.select({ id: genre.id }).from(genre).where(inArray(genre.parentId, ids)),
    );
    const playlistIds = (
      await tx.select({ id: playlist.id }).from(playlist).where(inArray(playlist.genreId, genreIds))
    ).map((row) => row.id);
    await tx.delete(track).where(inArray(track.playlistId, playlistIds));
    await tx.delete(playlist).where(inArray(playlist.id, playlistIds));
    await tx.delete(genre).where(inArray(genre.id, genreIds));
  });
}
