// Book.objects.bulk_update([Book(pk=1, price=3), Book(pk=2, price=4)], ["price"])
db
  .update(book)
  .set({
    price: cast(
      caseWhen(
        [[eq(book.id, 1), cast("3", "numeric")], [eq(book.id, 2), cast("4", "numeric")]],
        nothing,
      ),
      "numeric",
    ),
    updatedAt: book.updatedAt,
  })
  .where(inArray(book.id, [1, 2]))

// Book.objects.bulk_update([Book(pk=1, price=variable("first"), pages=10), Book(pk=2, price=4)], ["price", "pages"])
export function updateBooks(db: Db, { first }: { first: string }) {
  return db
    .update(book)
    .set({
      price: cast(
        caseWhen(
          [[eq(book.id, 1), cast(first, "numeric")], [eq(book.id, 2), cast("4", "numeric")]],
          nothing,
        ),
        "numeric",
      ),
      pages: caseWhen([[eq(book.id, 1), 10n], [eq(book.id, 2), nothing]], nothing),
      updatedAt: book.updatedAt,
    })
    .where(inArray(book.id, [1, 2]));
}

// Tag.objects.bulk_update([Tag(pk=1, slug="a"), Tag(pk=2, slug="b"), Tag(pk=3, slug="c")], ["slug"], batch_size=2)
db.transaction(async (tx) => {
  await tx
    .update(tag)
    .set({ slug: caseWhen([[eq(tag.id, 1), "a"], [eq(tag.id, 2), "b"]], nothing) })
    .where(inArray(tag.id, [1, 2]));
  await tx
    .update(tag)
    .set({ slug: caseWhen([[eq(tag.id, 3), "c"]], nothing) })
    .where(inArray(tag.id, [3]));
});

// Tag.objects.bulk_create([Tag(name="a", slug="a"), Tag(name="b", slug="b"), Tag(name="c", slug="c")], batch_size=2)
db.transaction(async (tx) => {
  await tx.insert(tag).values([{ name: "a", slug: "a" }, { name: "b", slug: "b" }]);
  await tx.insert(tag).values({ name: "c", slug: "c" });
});

// AudioBook.objects.create(title="x", slug="x", author_id=1, price=3, narrator=variable("narrator"), duration=timedelta(hours=2))
export function createAudioBook(
  db: Db,
  { reference, now, narrator }: { reference: string; now: string; narrator: string },
) {
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
      .values({ bookPtrId: made.id, narrator, duration: 7200000000n, sampleRate: 44 });
  });
}

// AudioBook.objects.filter(narrator="a").update(title=variable("title"), sample_rate=48)
export function updateAudioBooks(db: Db, { title }: { title: string }) {
  return db.transaction(async (tx) => {
    const audioBookIds = (
      await tx
        .select({ bookPtrId: audioBook.bookPtrId })
        .from(audioBook)
        .where(eq(audioBook.narrator, "a"))
    ).map((row) => row.bookPtrId);
    await tx
      .update(audioBook)
      .set({ sampleRate: 48 })
      .where(inArray(audioBook.bookPtrId, audioBookIds));
    await tx
      .update(book)
      .set({ title, updatedAt: book.updatedAt })
      .where(inArray(book.id, audioBookIds));
  });
}
