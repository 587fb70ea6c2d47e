// Tag.objects.get_or_create(name="x")
db.transaction(async (tx) => {
  const find = () => tx.select().from(tag).where(eq(tag.name, "x")).limit(21);
  const rows = await find();
  if (rows.length === 0) {
    const [made] = await tx
      .insert(tag)
      .values({ name: "x", slug: "" })
      .onConflictDoNothing()
      .returning();
    if (made) return { tag: made, created: true };
    rows.push(...(await find()));
  }
  if (rows.length !== 1) throw new Error("not exactly one tag matches");
  const [found] = rows;
  return { tag: found, created: false };
});

// Tag.objects.get_or_create(name=variable("name"), defaults={"slug": variable("slug")})
export function getOrCreateTag(db: Db, { name, slug }: { name: string; slug: string }) {
  return db.transaction(async (tx) => {
    const find = () => tx.select().from(tag).where(eq(tag.name, name)).limit(21);
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx.insert(tag).values({ name, slug }).onConflictDoNothing().returning();
      if (made) return { tag: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one tag matches");
    const [found] = rows;
    return { tag: found, created: false };
  });
}

// Tag.objects.get_or_create(name__iexact="Classic", defaults={"name": "classic", "slug": "classic"})
db.transaction(async (tx) => {
  const find = () => tx.select().from(tag).where(eq(upper(tag.name), upper("Classic"))).limit(21);
  const rows = await find();
  if (rows.length === 0) {
    const [made] = await tx
      .insert(tag)
      .values({ name: "classic", slug: "classic" })
      .onConflictDoNothing()
      .returning();
    if (made) return { tag: made, created: true };
    rows.push(...(await find()));
  }
  if (rows.length !== 1) throw new Error("not exactly one tag matches");
  const [found] = rows;
  return { tag: found, created: false };
});

// Book.objects.get_or_create(slug="x", defaults={"title": variable("title"), "price": 3, "author_id": 1, "isbn": "1"})
export function getOrCreateBook(
  db: Db,
  { title, reference, now }: { title: string; reference: string; now: string },
) {
  return db.transaction(async (tx) => {
    const find = () => tx.select().from(book).where(eq(book.slug, "x")).limit(21);
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx
        .insert(book)
        .values({
          createdAt: now,
          updatedAt: now,
          title,
          subtitle: "",
          slug: "x",
          isbn: "1",
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
        .onConflictDoNothing()
        .returning();
      if (made) return { book: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one book matches");
    const [found] = rows;
    return { book: found, created: false };
  });
}

// Author(pk=1).books.get_or_create(title="x", defaults={"slug": "x", "price": variable("price")})
export function getOrCreateBook(
  db: Db,
  { price, reference, now }: { price: string; reference: string; now: string },
) {
  return db.transaction(async (tx) => {
    const find = () =>
      tx
        .select()
        .from(book)
        .where(and(eq(book.authorId, 1), eq(book.authorId, 1), eq(book.title, "x")))
        .limit(21);
    const rows = await find();
    if (rows.length === 0) {
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
          price,
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
        .onConflictDoNothing()
        .returning();
      if (made) return { book: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one book matches");
    const [found] = rows;
    return { book: found, created: false };
  });
}

// Book.objects.get(pk=1).tags.get_or_create(name="new", defaults={"slug": "new"})
db.transaction(async (tx) => {
  const [found, another] = await tx.select().from(book).where(eq(book.id, 1)).limit(21);
  if (!found || another) throw new Error("not exactly one book matches");
  const find = () =>
    tx
      .select(getTableColumns(tag))
      .from(tag)
      .innerJoin(bookTags, eq(tag.id, bookTags.tagId))
      .where(and(eq(bookTags.bookId, found.id), eq(tag.name, "new")))
      .limit(21);
  const rows = await find();
  if (rows.length === 0) {
    const [made] = await tx
      .insert(tag)
      .values({ name: "new", slug: "new" })
      .onConflictDoNothing()
      .returning({ id: tag.id });
    if (made) {
      await tx.insert(bookTags).values({ bookId: found.id, tagId: made.id }).onConflictDoNothing();
      return { created: true };
    }
    rows.push(...(await find()));
  }
  if (rows.length !== 1) throw new Error("not exactly one bookTags matches");
  const [found2] = rows;
  return { created: false };
});

// AudioBook.objects.get_or_create(slug="x", defaults={"title": "a", "author_id": 1, "price": 3, "narrator": "n", "duration": timedelta(hours=2)})
export function getOrCreateAudioBook(
  db: Db,
  { reference, now }: { reference: string; now: string },
) {
  return db.transaction(async (tx) => {
    const find = () =>
      tx
        .select({
          id: book.id,
          createdAt: book.createdAt,
          updatedAt: book.updatedAt,
          title: book.title,
          subtitle: book.subtitle,
          slug: book.slug,
          isbn: book.isbn,
          reference: book.reference,
          authorId: book.authorId,
          publisherId: book.publisherId,
          price: book.price,
          published: book.published,
          binding: book.binding,
          audience: book.audience,
          pages: book.pages,
          weight: book.weight,
          copiesSold: book.copiesSold,
          inPrint: book.inPrint,
          isFeatured: book.isFeatured,
          details: book.details,
          cover: book.cover,
          bookPtrId: audioBook.bookPtrId,
          narrator: audioBook.narrator,
          duration: audioBook.duration,
          sampleRate: audioBook.sampleRate,
        })
        .from(audioBook)
        .innerJoin(book, eq(audioBook.bookPtrId, book.id))
        .where(eq(book.slug, "x"))
        .limit(21);
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx
        .insert(book)
        .values({
          createdAt: now,
          updatedAt: now,
          title: "a",
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
        .onConflictDoNothing()
        .returning({ id: book.id });
      if (made) {
        await tx
          .insert(audioBook)
          .values({ bookPtrId: made.id, narrator: "n", duration: "02:00:00", sampleRate: 44 });
        return { created: true };
      }
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one audioBook matches");
    const [found] = rows;
    return { created: false };
  });
}

// Publisher.objects.get_or_create(name="P", defaults={"parent_id": 1})
export function getOrCreatePublisher(db: Db, { now }: { now: string }) {
  return db.transaction(async (tx) => {
    const find = () => tx.select().from(publisher).where(eq(publisher.name, "P")).limit(21);
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx
        .insert(publisher)
        .values({
          createdAt: now,
          updatedAt: now,
          name: "P",
          website: "",
          contact: "",
          founded: null,
          parentId: 1,
        })
        .onConflictDoNothing()
        .returning();
      if (made) return { publisher: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one publisher matches");
    const [found] = rows;
    return { publisher: found, created: false };
  });
}
