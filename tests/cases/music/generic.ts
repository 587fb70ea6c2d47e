// Artist(pk=1).notes.all()
export function notesByContentType(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(and(eq(note.contentTypeId, artistContentTypeId), eq(note.objectId, 1n)));
}

// instance(Artist, "artist").notes.all()
export function notesByObjectIdAndContentType(
  db: Db,
  { artistId, artistContentTypeId }: { artistId: bigint; artistContentTypeId: number },
) {
  return db
    .select()
    .from(note)
    .where(and(eq(note.contentTypeId, artistContentTypeId), eq(note.objectId, artistId)));
}

// Artist(pk=1).notes.filter(text="a").count()
export function countNotesByContentType(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  return db
    .select({ count: count() })
    .from(note)
    .where(
      and(eq(note.contentTypeId, artistContentTypeId), eq(note.objectId, 1n), eq(note.text, "a")),
    );
}

// Artist.objects.filter(notes__text="x")
export function artistsByArtistContentType(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  return db
    .select(getTableColumns(artist))
    .from(artist)
    .innerJoin(note, and(eq(artist.id, note.objectId), eq(note.contentTypeId, artistContentTypeId)))
    .where(eq(note.text, "x"));
}

// Artist.objects.annotate(n=Count("notes"))
export function artistsByArtistContentType(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  return db
    .select({ ...getTableColumns(artist), n: count(note.id) })
    .from(artist)
    .leftJoin(note, and(eq(artist.id, note.objectId), eq(note.contentTypeId, artistContentTypeId)))
    .groupBy(artist.id);
}

// Note.objects.filter(artist__name="x")
export function notesByContentType(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  return db
    .select(getTableColumns(note))
    .from(note)
    .innerJoin(
      artist,
      and(eq(note.objectId, artist.id), eq(note.contentTypeId, artistContentTypeId)),
    )
    .where(eq(artist.name, "x"));
}

// Note.objects.filter(content_type=ContentType.objects.get_for_model(Album))
export function notesByContentType(db: Db, { albumContentTypeId }: { albumContentTypeId: number }) {
  return db.select().from(note).where(eq(note.contentTypeId, albumContentTypeId));
}

// Artist.objects.exclude(notes__text="x")
export function artistsByContentType(
  db: Db,
  { artistContentTypeId }: { artistContentTypeId: number },
) {
  return db
    .select()
    .from(artist)
    .where(
      notExists(
        db
          .select({ one })
          .from(note)
          .where(
            and(
              eq(note.text, "x"),
              eq(note.contentTypeId, artistContentTypeId),
              eq(note.objectId, artist.id),
            ),
          )
          .limit(1),
      ),
    );
}

// ContentType.objects.get_for_model(Artist)
db
  .select()
  .from(contentType)
  .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "artist")))
  .limit(21)
