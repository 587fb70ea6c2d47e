// Artist(pk=1).notes.create(text="x")
db.transaction(async (tx) => {
  const [found, another] = await tx
    .select()
    .from(contentType)
    .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "artist")))
    .limit(21);
  if (!found || another) throw new Error("not exactly one contentType matches");
  await tx.insert(note).values({ text: "x", contentTypeId: found.id, objectId: 1n });
});

// Artist(pk=1).notes.clear()
db.transaction(async (tx) => {
  const [found, another] = await tx
    .select()
    .from(contentType)
    .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "artist")))
    .limit(21);
  if (!found || another) throw new Error("not exactly one contentType matches");
  await tx.delete(note).where(and(eq(note.contentTypeId, found.id), eq(note.objectId, 1n)));
});

// instance(Artist, "artist").notes.create(text=variable("text"))
export function createNote(db: Db, { artistId, text }: { artistId: bigint; text: string }) {
  return db.transaction(async (tx) => {
    const [found, another] = await tx
      .select()
      .from(contentType)
      .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "artist")))
      .limit(21);
    if (!found || another) throw new Error("not exactly one contentType matches");
    await tx.insert(note).values({ text, contentTypeId: found.id, objectId: artistId });
  });
}

// Note.objects.create(about=instance(Artist, "artist"), text="x")
export function createNote(db: Db, { artistId }: { artistId: bigint }) {
  return db.transaction(async (tx) => {
    const [found, another] = await tx
      .select()
      .from(contentType)
      .where(and(eq(contentType.appLabel, "songs"), eq(contentType.model, "artist")))
      .limit(21);
    if (!found || another) throw new Error("not exactly one contentType matches");
    await tx.insert(note).values({ text: "x", contentTypeId: found.id, objectId: artistId });
  });
}
