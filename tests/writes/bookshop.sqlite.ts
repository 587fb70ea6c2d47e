// Tag.objects.create(name="x")
db.insert(tag).values({ name: "x", slug: "" }).returning({ id: tag.id })

// Tag.objects.create(pk=7, name="O'Brien \\ 100%", slug="a")
db.insert(tag).values({ id: 7, name: "O'Brien \\ 100%", slug: "a" }).returning({ id: tag.id })

// Book.objects.create(title=variable("title"), price=variable("price"), author=variable("author"))
export function createBook(
  db: Db,
  {
    title,
    price,
    authorId,
    reference,
    now,
  }: {
    title: string;
    price: string;
    authorId: number;
    reference: string;
    now: string;
  },
) {
  return db
    .insert(book)
    .values({
      createdAt: now,
      updatedAt: now,
      title,
      subtitle: "",
      slug: "",
      isbn: null,
      reference,
      authorId,
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
    .returning({ id: book.id });
}

// Review.objects.create(book_id=variable("book.id"), stars=5, text="", reviewer=variable("user"))
export function createReview(
  db: Db,
  { bookId, user, now }: { bookId: number; user: number; now: string },
) {
  return db
    .insert(review)
    .values({
      createdAt: now,
      updatedAt: now,
      bookId,
      reviewerId: user,
      stars: 5,
      text: "",
      isPublic: false,
      sentFrom: null,
    })
    .returning({ id: review.id });
}

// Tag.objects.bulk_create([Tag(name="a"), Tag(name="b", slug="b")])
db.insert(tag).values([{ name: "a", slug: "" }, { name: "b", slug: "b" }]).returning({ id: tag.id })

// Tag.objects.bulk_create([Tag(name="a"), Tag(name="b")], ignore_conflicts=True)
db.insert(tag).values([{ name: "a", slug: "" }, { name: "b", slug: "" }]).onConflictDoNothing()

// Tag.objects.bulk_create([Tag(name="a", slug="a"), Tag(name="b", slug="b")], update_conflicts=True, update_fields=["slug"], unique_fields=["name"])
db
  .insert(tag)
  .values([{ name: "a", slug: "a" }, { name: "b", slug: "b" }])
  .onConflictDoUpdate({ target: tag.name, set: { slug: excluded(tag.slug) } })
  .returning({ id: tag.id })

// Book.objects.filter(pk=variable("pk")).update(price=F("price") * 2, is_featured=True)
export function updateBooksById(db: Db, { id }: { id: number }) {
  return db
    .update(book)
    .set({
      price: cast(multiply(book.price, 2n), "numeric"),
      isFeatured: true,
      updatedAt: book.updatedAt,
    })
    .where(eq(book.id, id));
}

// Book.objects.update(details={"a": [1, None]}, published=None, weight=None)
db
  .update(book)
  .set({
    details: bound<string>("{\"a\": [1, null]}"),
    published: null,
    weight: null,
    updatedAt: book.updatedAt,
  })

// Book.objects.filter(author__name__startswith="A").update(weight=None)
const otherBook = alias(book, "other_book");
db
  .update(book)
  .set({ weight: null, updatedAt: book.updatedAt })
  .where(
    inArray(
      book.id,
      db
        .select({ id: otherBook.id })
        .from(otherBook)
        .innerJoin(author, eq(otherBook.authorId, author.id))
        .where(likeEscaped(author.name, "A%")),
    ),
  );

// Book.objects.exclude(reviews__stars__lt=3).update(binding="paperback", pages=F("pages") + Value(1))
db
  .update(book)
  .set({ binding: "paperback", pages: add(book.pages, 1n), updatedAt: book.updatedAt })
  .where(
    notExists(
      db
        .select({ one })
        .from(review)
        .where(and(lt(review.stars, 3), eq(review.bookId, book.id)))
        .limit(1),
    ),
  )

// Book.objects.update(subtitle=Case(When(price__gt=10, then=Value("dear")), default=Lower("title")))
db
  .update(book)
  .set({
    subtitle: caseWhen([[gt(book.price, "10"), "dear"]], lower(book.title)),
    updatedAt: book.updatedAt,
  })

// Book.objects.update(copies_sold=Coalesce(Subquery(Review.objects.filter(book=OuterRef("pk")).values("stars")[:1]), 0))
db
  .update(book)
  .set({
    copiesSold: coalesce(
      scalar(
        db
          .select({ stars: review.stars })
          .from(review)
          .where(eq(review.bookId, book.id))
          .orderBy(desc(review.createdAt))
          .limit(1),
      ),
      0n,
    ),
    updatedAt: book.updatedAt,
  })

// Review.objects.filter(pk=1).delete()
db.delete(review).where(eq(review.id, 1))

// Review.objects.filter(book__title="x", stars__in=[1, 2]).delete()
const otherReview = alias(review, "other_review");
db
  .delete(review)
  .where(
    inArray(
      review.id,
      db
        .select({ id: otherReview.id })
        .from(otherReview)
        .innerJoin(book, eq(otherReview.bookId, book.id))
        .where(and(eq(book.title, "x"), inArray(otherReview.stars, [1, 2]))),
    ),
  );

// Review.objects.all().delete()
db.delete(review)
