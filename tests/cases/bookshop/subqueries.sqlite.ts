// Author.objects.filter(Exists(Book.objects.filter(author=OuterRef("pk"), price__gt=20)))
db
  .select()
  .from(author)
  .where(
    exists(
      db
        .select({ one })
        .from(book)
        .where(and(eq(book.authorId, author.id), gt(book.price, "20")))
        .limit(1),
    ),
  )
  .orderBy(asc(author.name))

// Author.objects.filter(~Exists(Book.objects.filter(author=OuterRef("pk"))))
db
  .select()
  .from(author)
  .where(notExists(db.select({ one }).from(book).where(eq(book.authorId, author.id)).limit(1)))
  .orderBy(asc(author.name))

// Author.objects.annotate(has=Exists(Book.objects.filter(author=OuterRef("pk")))).values("id", "has")
db
  .select({
    id: author.id,
    has: truth(exists(db.select({ one }).from(book).where(eq(book.authorId, author.id)).limit(1))),
  })
  .from(author)
  .orderBy(asc(author.name))

// Author.objects.annotate(has=Exists(Book.objects.filter(author=OuterRef("pk"), in_print=True))).filter(has=True)
db
  .select({
    ...getTableColumns(author),
    has: truth(
      exists(
        db
          .select({ one })
          .from(book)
          .where(and(eq(book.authorId, author.id), eq(book.inPrint, true)))
          .limit(1),
      ),
    ),
  })
  .from(author)
  .where(
    exists(
      db
        .select({ one })
        .from(book)
        .where(and(eq(book.authorId, author.id), eq(book.inPrint, true)))
        .limit(1),
    ),
  )
  .orderBy(asc(author.name))

// Author.objects.annotate(latest=Subquery(Book.objects.filter(author=OuterRef("pk")).order_by("-published", "pk").values("title")[:1]))
db
  .select({
    ...getTableColumns(author),
    latest: scalar<string | null>(
      db
        .select({ title: book.title })
        .from(book)
        .where(eq(book.authorId, author.id))
        .orderBy(desc(book.published), asc(book.id))
        .limit(1),
    ),
  })
  .from(author)
  .orderBy(asc(author.name))

// Author.objects.annotate(n=Subquery(Book.objects.filter(author=OuterRef("pk")).order_by().values("author").annotate(c=Count("pk")).values("c"))).values("id", "n")
db
  .select({
    id: author.id,
    n: toInteger(
      scalar<unknown>(
        db
          .select({ c: count(book.id) })
          .from(book)
          .where(eq(book.authorId, author.id))
          .groupBy(book.authorId),
      ),
    ),
  })
  .from(author)
  .orderBy(asc(author.name))

// Book.objects.filter(author__in=Author.objects.filter(born__year__lt=1900))
db
  .select()
  .from(book)
  .where(
    inArray(
      book.authorId,
      db.select({ id: author.id }).from(author).where(lt(author.born, "1900-01-01")),
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(author_id__in=Author.objects.filter(name__startswith="J").values("id"))
db
  .select()
  .from(book)
  .where(
    inArray(
      book.authorId,
      db.select({ id: author.id }).from(author).where(likeEscaped(author.name, "J%")),
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.exclude(author__in=Author.objects.filter(born__isnull=True))
db
  .select()
  .from(book)
  .where(
    notInArray(book.authorId, db.select({ id: author.id }).from(author).where(isNull(author.born))),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(price=Subquery(Book.objects.filter(author=OuterRef("author")).order_by("-price").values("price")[:1]))
const otherBook = alias(book, "other_book");
db
  .select()
  .from(book)
  .where(
    eq(
      book.price,
      scalar(
        db
          .select({ price: otherBook.price })
          .from(otherBook)
          .where(eq(otherBook.authorId, book.authorId))
          .orderBy(desc(otherBook.price))
          .limit(1),
      ),
    ),
  )
  .orderBy(asc(book.title));

// Book.objects.filter(price__gt=Subquery(Book.objects.filter(publisher=OuterRef("publisher")).values("publisher").annotate(m=Avg("price")).values("m")))
const otherBook = alias(book, "other_book");
db
  .select()
  .from(book)
  .where(
    gt(
      book.price,
      scalar(
        db
          .select({ m: cast(avg(otherBook.price), "numeric") })
          .from(otherBook)
          .where(eq(otherBook.publisherId, book.publisherId))
          .groupBy(otherBook.publisherId),
      ),
    ),
  )
  .orderBy(asc(book.title));

// Book.objects.annotate(rivals=Exists(Book.objects.filter(author=OuterRef("author")).exclude(pk=OuterRef("pk")))).values("id", "rivals")
const otherBook = alias(book, "other_book");
db
  .select({
    id: book.id,
    rivals: truth(
      exists(
        db
          .select({ one })
          .from(otherBook)
          .where(and(eq(otherBook.authorId, book.authorId), not(eq(otherBook.id, book.id))))
          .limit(1),
      ),
    ),
  })
  .from(book)
  .orderBy(asc(book.title));

// Publisher.objects.filter(Exists(Book.objects.filter(publisher=OuterRef("pk"), reviews__stars=5)))
db
  .select()
  .from(publisher)
  .where(
    exists(
      db
        .select({ one })
        .from(book)
        .innerJoin(review, eq(book.id, review.bookId))
        .where(and(eq(book.publisherId, publisher.id), eq(review.stars, 5)))
        .limit(1),
    ),
  )
  .orderBy(asc(publisher.name))

// Publisher.objects.annotate(name_of_parent=Subquery(Publisher.objects.filter(pk=OuterRef("parent")).values("name")[:1])).values("name", "name_of_parent")
const otherPublisher = alias(publisher, "other_publisher");
db
  .select({
    name: publisher.name,
    nameOfParent: scalar<string | null>(
      db
        .select({ name: otherPublisher.name })
        .from(otherPublisher)
        .where(eq(otherPublisher.id, publisher.parentId))
        .orderBy(asc(otherPublisher.name))
        .limit(1),
    ),
  })
  .from(publisher)
  .orderBy(asc(publisher.name));

// Review.objects.filter(book__in=Book.objects.order_by("-price", "pk")[:2])
db
  .select()
  .from(review)
  .where(
    inArray(
      review.bookId,
      db
        .select({ id: book.id })
        .from(book)
        .orderBy(desc(book.price), asc(book.id))
        .limit(2),
    ),
  )
  .orderBy(desc(review.createdAt))

// Author.objects.annotate(x=Subquery(Book.objects.filter(author=OuterRef("pk")).order_by("pk").values(who=OuterRef("name"))[:1])).values("id", "x")
db
  .select({
    id: author.id,
    x: scalar<string | null>(
      db
        .select({ who: outer(author.name) })
        .from(book)
        .where(eq(book.authorId, author.id))
        .orderBy(asc(book.id))
        .limit(1),
    ),
  })
  .from(author)
  .orderBy(asc(author.name))

// Book.objects.filter(Q(Exists(Review.objects.filter(book=OuterRef("pk"), stars=5))) | Q(price__lt=5))
db
  .select()
  .from(book)
  .where(
    or(
      exists(
        db
          .select({ one })
          .from(review)
          .where(and(eq(review.bookId, book.id), eq(review.stars, 5)))
          .limit(1),
      ),
      lt(book.price, "5"),
    ),
  )
  .orderBy(asc(book.title))

// Author.objects.filter(books__in=Book.objects.filter(tags__name="classic")).distinct()
const otherBook = alias(book, "other_book");
db
  .selectDistinct(getTableColumns(author))
  .from(author)
  .innerJoin(book, eq(author.id, book.authorId))
  .where(
    inArray(
      book.id,
      db
        .select({ id: otherBook.id })
        .from(otherBook)
        .innerJoin(bookTags, eq(otherBook.id, bookTags.bookId))
        .innerJoin(tag, eq(bookTags.tagId, tag.id))
        .where(eq(tag.name, "classic")),
    ),
  )
  .orderBy(asc(author.name));

// Author.objects.annotate(x=Subquery(Book.objects.filter(author=OuterRef("pk")).order_by("pk").values(s=F("id") + OuterRef("id"))[:1])).values("id", "x")
db
  .select({
    id: author.id,
    x: toInteger(
      scalar<unknown>(
        db
          .select({ s: add(book.id, author.id) })
          .from(book)
          .where(eq(book.authorId, author.id))
          .orderBy(asc(book.id))
          .limit(1),
      ),
    ),
  })
  .from(author)
  .orderBy(asc(author.name))

// Book.objects.annotate(x=Subquery(Book.objects.filter(author=OuterRef("author")).order_by("pk").values(s=Concat("title", OuterRef("title")))[:1])).values("id", "x")
const otherBook = alias(book, "other_book");
db
  .select({
    id: book.id,
    x: scalar<string | null>(
      db
        .select({ s: joined(coalesce(otherBook.title, ""), coalesce(book.title, "")) })
        .from(otherBook)
        .where(eq(otherBook.authorId, book.authorId))
        .orderBy(asc(otherBook.id))
        .limit(1),
    ),
  })
  .from(book)
  .orderBy(asc(book.title));
