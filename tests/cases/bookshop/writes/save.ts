// Tag(name="x").save()
db.insert(tag).values({ name: "x", slug: "" }).returning({ id: tag.id })

// Tag(pk=7, name=variable("name")).save()
export function saveTag(db: Db, { name }: { name: string }) {
  return db.transaction(async (tx) => {
    const changed = await tx
      .update(tag)
      .set({ name, slug: "" })
      .where(eq(tag.id, 7))
      .returning({ id: tag.id });
    if (changed.length === 0) {
      await tx.insert(tag).values({ id: 7, name, slug: "" });
    }
  });
}

// Tag(pk=7, name="x", slug="y").save(update_fields=["slug"])
db.transaction(async (tx) => {
  const changed = await tx
    .update(tag)
    .set({ slug: "y" })
    .where(eq(tag.id, 7))
    .returning({ id: tag.id });
  if (changed.length === 0) throw new Error("the row that is to be saved is not there");
});

// tag = Tag.objects.get(pk=1); tag.slug = variable("slug"); tag.save()
export function saveTag(db: Db, { slug }: { slug: string }) {
  return db.transaction(async (tx) => {
    const [found, another] = await tx.select().from(tag).where(eq(tag.id, 1)).limit(21);
    if (!found || another) throw new Error("not exactly one tag matches");
    await tx.update(tag).set({ name: found.name, slug }).where(eq(tag.id, found.id));
  });
}

// tag = Tag.objects.get(pk=1); tag.slug = variable("slug"); tag.save(update_fields=["slug"])
export function saveTag(db: Db, { slug }: { slug: string }) {
  return db.transaction(async (tx) => {
    const [found, another] = await tx.select().from(tag).where(eq(tag.id, 1)).limit(21);
    if (!found || another) throw new Error("not exactly one tag matches");
    await tx.update(tag).set({ slug }).where(eq(tag.id, found.id));
  });
}

// publisher = Publisher.objects.get(name="a"); publisher.founded = variable("year"); publisher.save()
export function savePublisher(db: Db, { year, now }: { year: number; now: string }) {
  return db.transaction(async (tx) => {
    const [found, another] = await tx
      .select()
      .from(publisher)
      .where(eq(publisher.name, "a"))
      .limit(21);
    if (!found || another) throw new Error("not exactly one publisher matches");
    await tx
      .update(publisher)
      .set({
        createdAt: found.createdAt,
        updatedAt: now,
        name: found.name,
        website: found.website,
        contact: found.contact,
        founded: year,
        parentId: found.parentId,
      })
      .where(eq(publisher.id, found.id));
  });
}

// AudioBook(title="x", slug="x", author_id=1, price=3, narrator="n", duration=timedelta(hours=2)).save()
export function saveAudioBook(db: Db, { reference, now }: { reference: string; now: string }) {
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(book)
      .values({
        createdAt: now,
        updatedAt: now,
        title: "x",
        subtitle: "",
        slug: "x",
        isbn: null,
        reference,
        authorId: 1,
        publisherId: null,
        price: "3",
        published: null,
        binding: "paperback",
        audience: 3,
        pages: null,
        weight: null,
        copiesSold: 0n,
        inPrint: true,
        isFeatured: false,
        details: {},
        cover: "",
      })
      .returning({ id: book.id });
    await tx
      .insert(audioBook)
      .values({ bookPtrId: made.id, narrator: "n", duration: "02:00:00", sampleRate: 44 });
  });
}
