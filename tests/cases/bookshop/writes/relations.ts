// Book(pk=1).tags.add(1)
db.insert(bookTags).values({ bookId: 1, tagId: 1 }).onConflictDoNothing()

// Book.objects.get(pk=1).tags.add(3)
db.transaction(async (tx) => {
  const [found, another] = await tx.select().from(book).where(eq(book.id, 1)).limit(21);
  if (!found || another) throw new Error("not exactly one book matches");
  await tx.insert(bookTags).values({ bookId: found.id, tagId: 3 }).onConflictDoNothing();
});

// instance(Book, "book").tags.add(*variable("tags"))
export function addBookTags(db: Db, { bookId, tags }: { bookId: number; tags: number[] }) {
  return db.transaction(async (tx) => {
    if (tags.length > 0) {
      await tx
        .insert(bookTags)
        .values(tags.map((id) => ({ bookId, tagId: id })))
        .onConflictDoNothing();
    }
  });
}

// Book(pk=1).tags.set([1, 2])
db.transaction(async (tx) => {
  const current = (
    await tx
      .select({ id: tag.id })
      .from(tag)
      .innerJoin(bookTags, eq(tag.id, bookTags.tagId))
      .where(eq(bookTags.bookId, 1))
  ).map((row) => row.id);
  const tagIds = [1, 2];
  const removed = current.filter((id) => !tagIds.includes(id));
  await tx.delete(bookTags).where(and(eq(bookTags.bookId, 1), inArray(bookTags.tagId, removed)));
  const missing = tagIds.filter((id) => !current.includes(id));
  if (missing.length > 0) {
    await tx
      .insert(bookTags)
      .values(missing.map((id) => ({ bookId: 1, tagId: id })))
      .onConflictDoNothing();
  }
});

// instance(Book, "book").tags.set(variable("tags"))
export function setBookTags(db: Db, { bookId, tags }: { bookId: number; tags: number[] }) {
  return db.transaction(async (tx) => {
    const current = (
      await tx
        .select({ id: tag.id })
        .from(tag)
        .innerJoin(bookTags, eq(tag.id, bookTags.tagId))
        .where(eq(bookTags.bookId, bookId))
    ).map((row) => row.id);
    const removed = current.filter((id) => !tags.includes(id));
    await tx
      .delete(bookTags)
      .where(and(eq(bookTags.bookId, bookId), inArray(bookTags.tagId, removed)));
    const missing = tags.filter((id) => !current.includes(id));
    if (missing.length > 0) {
      await tx
        .insert(bookTags)
        .values(missing.map((id) => ({ bookId, tagId: id })))
        .onConflictDoNothing();
    }
  });
}

// instance(Book, "book").tags.remove(*variable("tags"))
export function removeBookTags(db: Db, { bookId, tags }: { bookId: number; tags: number[] }) {
  return db.transaction(async (tx) => {
    await tx.delete(bookTags).where(and(eq(bookTags.bookId, bookId), inArray(bookTags.tagId, tags)));
  });
}

// instance(Book, "book").tags.clear()
export function deleteBookTagsesByBook(db: Db, { bookId }: { bookId: number }) {
  return db.delete(bookTags).where(eq(bookTags.bookId, bookId));
}

// instance(Tag, "tag").books.set([1])
export function setBookTags(db: Db, { tagId }: { tagId: number }) {
  return db.transaction(async (tx) => {
    const current = (
      await tx
        .select({ id: book.id })
        .from(book)
        .innerJoin(bookTags, eq(book.id, bookTags.bookId))
        .where(eq(bookTags.tagId, tagId))
    ).map((row) => row.id);
    const bookIds = [1];
    const removed = current.filter((id) => !bookIds.includes(id));
    await tx
      .delete(bookTags)
      .where(and(eq(bookTags.tagId, tagId), inArray(bookTags.bookId, removed)));
    const missing = bookIds.filter((id) => !current.includes(id));
    if (missing.length > 0) {
      await tx
        .insert(bookTags)
        .values(missing.map((id) => ({ bookId: id, tagId })))
        .onConflictDoNothing();
    }
  });
}

// Book(pk=1).contributors.add(1, 2, through_defaults={"role": "editor"})
db.transaction(async (tx) => {
  const authorIds = [1, 2];
  const known = (
    await tx
      .select({ author: contribution.authorId })
      .from(contribution)
      .innerJoin(book, eq(contribution.bookId, book.id))
      .where(and(inArray(contribution.authorId, authorIds), eq(contribution.bookId, 1)))
  ).map((row) => row.author);
  const missing = authorIds.filter((id) => !known.includes(id));
  if (missing.length > 0) {
    await tx
      .insert(contribution)
      .values(missing.map((id) => ({ bookId: 1, authorId: id, role: "editor" as const })));
  }
});

// instance(Book, "book").contributors.set(variable("authors"), through_defaults={"role": variable("role")})
export function setContribution(
  db: Db,
  {
    bookId,
    authors,
    role,
  }: {
    bookId: number;
    authors: number[];
    role: "editor" | "translator" | "illustrator";
  },
) {
  return db.transaction(async (tx) => {
    const current = (
      await tx
        .select({ id: author.id })
        .from(author)
        .innerJoin(contribution, eq(author.id, contribution.authorId))
        .where(eq(contribution.bookId, bookId))
    ).map((row) => row.id);
    const removed = current.filter((id) => !authors.includes(id));
    await tx
      .delete(contribution)
      .where(and(eq(contribution.bookId, bookId), inArray(contribution.authorId, removed)));
    const missing = authors.filter((id) => !current.includes(id));
    if (missing.length > 0) {
      await tx.insert(contribution).values(missing.map((id) => ({ bookId, authorId: id, role })));
    }
  });
}

// Author(pk=1).influences.set([2])
db.transaction(async (tx) => {
  const current = (
    await tx
      .select({ id: author.id })
      .from(author)
      .innerJoin(authorInfluences, eq(author.id, authorInfluences.toAuthorId))
      .where(eq(authorInfluences.fromAuthorId, 1))
  ).map((row) => row.id);
  const toAuthorIds = [2];
  const removed = current.filter((id) => !toAuthorIds.includes(id));
  await tx
    .delete(authorInfluences)
    .where(and(eq(authorInfluences.fromAuthorId, 1), inArray(authorInfluences.toAuthorId, removed)));
  const missing = toAuthorIds.filter((id) => !current.includes(id));
  if (missing.length > 0) {
    await tx
      .insert(authorInfluences)
      .values(missing.map((id) => ({ fromAuthorId: 1, toAuthorId: id })))
      .onConflictDoNothing();
  }
});

// Author(pk=1).influenced.remove(3)
db
  .delete(authorInfluences)
  .where(and(eq(authorInfluences.toAuthorId, 1), inArray(authorInfluences.fromAuthorId, [3])))

// Book.objects.get(pk=1).tags.create(name="new", slug="new")
db.transaction(async (tx) => {
  const [found, another] = await tx.select().from(book).where(eq(book.id, 1)).limit(21);
  if (!found || another) throw new Error("not exactly one book matches");
  const [made] = await tx.insert(tag).values({ name: "new", slug: "new" }).returning({ id: tag.id });
  await tx.insert(bookTags).values({ bookId: found.id, tagId: made.id }).onConflictDoNothing();
});

// instance(Book, "book").tags.create(name=variable("name"), slug="new")
export function createBookTags(db: Db, { name, bookId }: { name: string; bookId: number }) {
  return db.transaction(async (tx) => {
    const [made] = await tx.insert(tag).values({ name, slug: "new" }).returning({ id: tag.id });
    await tx.insert(bookTags).values({ bookId, tagId: made.id }).onConflictDoNothing();
  });
}
