// Book.objects.values("title", "price")
db.select({ title: book.title, price: book.price }).from(book).orderBy(asc(book.title))

// Book.objects.values_list("title", "author__name")
db
  .select({ title: book.title, authorName: author.name })
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .orderBy(asc(book.title))

// Book.objects.values_list("title", flat=True)
db.select({ title: book.title }).from(book).orderBy(asc(book.title))

// Book.objects.values("id", "author__id", "publisher__id")
db
  .select({ id: book.id, authorId: book.authorId, publisherId: book.publisherId })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.values("author_id", "publisher__parent__name")
const publisherParent = alias(publisher, "publisher_parent");
db
  .select({ authorId: book.authorId, publisherParentName: publisherParent.name })
  .from(book)
  .leftJoin(publisher, eq(book.publisherId, publisher.id))
  .leftJoin(publisherParent, eq(publisher.parentId, publisherParent.id))
  .orderBy(asc(book.title));

// Book.objects.distinct()
db.selectDistinct().from(book).orderBy(asc(book.title))

// Book.objects.values("binding").distinct()
db.selectDistinct({ binding: book.binding, title: book.title }).from(book).orderBy(asc(book.title))

// Book.objects.values_list("author__name", flat=True).distinct().order_by("author__name")
db
  .selectDistinct({ authorName: author.name })
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .orderBy(asc(author.name))

// Book.objects.order_by("author_id", "-published", "pk").distinct("author_id")
db
  .selectDistinctOn([book.authorId])
  .from(book)
  .orderBy(asc(book.authorId), desc(book.published), asc(book.id))

// Book.objects.order_by("title")
db.select().from(book).orderBy(asc(book.title))

// Book.objects.order_by("-price", "title")
db.select().from(book).orderBy(desc(book.price), asc(book.title))

// Book.objects.order_by()
db.select().from(book)

// Book.objects.order_by("author__name", "-pk")
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .orderBy(asc(author.name), desc(book.id))

// Book.objects.order_by(F("pages").desc(nulls_last=True), "pk")
db.select().from(book).orderBy(nullsLast(desc(book.pages)), asc(book.id))

// Book.objects.order_by(F("pages").asc(nulls_first=True), "pk")
db.select().from(book).orderBy(nullsFirst(asc(book.pages)), asc(book.id))

// Book.objects.order_by(Lower("title").desc())
db.select().from(book).orderBy(desc(lower(book.title)))

// Book.objects.order_by("title").reverse()
db.select().from(book).orderBy(desc(book.title))

// Book.objects.order_by("?")
db.select().from(book).orderBy(asc(random()))

// Book.objects.order_by("pk")[:5]
db
  .select()
  .from(book)
  .orderBy(asc(book.id))
  .limit(5)

// Book.objects.order_by("pk")[2:5]
db
  .select()
  .from(book)
  .orderBy(asc(book.id))
  .limit(3)
  .offset(2)

// Book.objects.order_by("pk")[3:]
db
  .select()
  .from(book)
  .orderBy(asc(book.id))
  .offset(3)

// Book.objects.order_by("pk")[1]
db
  .select()
  .from(book)
  .orderBy(asc(book.id))
  .limit(1)
  .offset(1)

// Book.objects.count()
db.select({ count: count() }).from(book)

// Book.objects.filter(in_print=True).count()
db.select({ count: count() }).from(book).where(eq(book.inPrint, true))

// Book.objects.distinct().count()
const subquery = db
  .selectDistinct({
    col1: book.id,
    col2: book.createdAt,
    col3: book.updatedAt,
    col4: book.title,
    col5: book.subtitle,
    col6: book.slug,
    col7: book.isbn,
    col8: book.reference,
    col9: book.authorId,
    col10: book.publisherId,
    col11: book.price,
    col12: book.published,
    col13: book.binding,
    col14: book.audience,
    col15: book.pages,
    col16: book.weight,
    col17: book.copiesSold,
    col18: book.inPrint,
    col19: book.isFeatured,
    col20: book.details,
    col21: book.cover,
  })
  .from(book)
  .as("subquery");
db.select({ count: count() }).from(subquery);

// Book.objects.order_by("pk")[:3].count()
const subquery = db
  .select({ col1: book.id })
  .from(book)
  .orderBy(asc(book.id))
  .limit(3)
  .as("subquery");
db.select({ count: count() }).from(subquery);

// Book.objects.filter(tags__name="classic").distinct().count()
const subquery = db
  .selectDistinct({
    col1: book.id,
    col2: book.createdAt,
    col3: book.updatedAt,
    col4: book.title,
    col5: book.subtitle,
    col6: book.slug,
    col7: book.isbn,
    col8: book.reference,
    col9: book.authorId,
    col10: book.publisherId,
    col11: book.price,
    col12: book.published,
    col13: book.binding,
    col14: book.audience,
    col15: book.pages,
    col16: book.weight,
    col17: book.copiesSold,
    col18: book.inPrint,
    col19: book.isFeatured,
    col20: book.details,
    col21: book.cover,
  })
  .from(book)
  .innerJoin(bookTags, eq(book.id, bookTags.bookId))
  .innerJoin(tag, eq(bookTags.tagId, tag.id))
  .where(eq(tag.name, "classic"))
  .as("subquery");
db.select({ count: count() }).from(subquery);

// Book.objects.exists()
db.select({ one }).from(book).limit(1)

// Book.objects.filter(title="Emma").exists()
db
  .select({ one })
  .from(book)
  .where(eq(book.title, "Emma"))
  .limit(1)

// Book.objects.get(pk=1)
db
  .select()
  .from(book)
  .where(eq(book.id, 1))
  .limit(21)

// Book.objects.first()
db
  .select()
  .from(book)
  .orderBy(asc(book.title))
  .limit(1)

// Book.objects.order_by("-price", "pk").first()
db
  .select()
  .from(book)
  .orderBy(desc(book.price), asc(book.id))
  .limit(1)

// Book.objects.order_by("price", "pk").last()
db
  .select()
  .from(book)
  .orderBy(desc(book.price), desc(book.id))
  .limit(1)

// Book.objects.latest("published")
db
  .select()
  .from(book)
  .orderBy(desc(book.published))
  .limit(1)

// Book.objects.earliest("published", "pk")
db
  .select()
  .from(book)
  .orderBy(asc(book.published), asc(book.id))
  .limit(1)

// Book.objects.in_bulk([1, 2, 3])
db
  .select()
  .from(book)
  .where(inArray(book.id, [1, 2, 3]))
  .orderBy(asc(book.title))

// Book.objects.values("id", "title").order_by("id").first()
db
  .select({ id: book.id, title: book.title })
  .from(book)
  .orderBy(asc(book.id))
  .limit(1)

// Book.objects.filter(pk=1).union(Book.objects.filter(pk=2))
union(
  db
    .select({
      col1: book.id,
      col2: book.createdAt,
      col3: book.updatedAt,
      col4: book.title,
      col5: book.subtitle,
      col6: book.slug,
      col7: book.isbn,
      col8: book.reference,
      col9: book.authorId,
      col10: book.publisherId,
      col11: book.price,
      col12: book.published,
      col13: book.binding,
      col14: book.audience,
      col15: book.pages,
      col16: book.weight,
      col17: book.copiesSold,
      col18: book.inPrint,
      col19: book.isFeatured,
      col20: book.details,
      col21: book.cover,
    })
    .from(book)
    .where(eq(book.id, 1))
    .orderBy(asc(book.title)),
  db
    .select({
      col1: book.id,
      col2: book.createdAt,
      col3: book.updatedAt,
      col4: book.title,
      col5: book.subtitle,
      col6: book.slug,
      col7: book.isbn,
      col8: book.reference,
      col9: book.authorId,
      col10: book.publisherId,
      col11: book.price,
      col12: book.published,
      col13: book.binding,
      col14: book.audience,
      col15: book.pages,
      col16: book.weight,
      col17: book.copiesSold,
      col18: book.inPrint,
      col19: book.isFeatured,
      col20: book.details,
      col21: book.cover,
    })
    .from(book)
    .where(eq(book.id, 2))
    .orderBy(asc(book.title)),
)

// Book.objects.values_list("title").union(Author.objects.values_list("name"), all=True)
unionAll(
  db.select({ title: book.title }).from(book).orderBy(asc(book.title)),
  db.select({ title: author.name }).from(author).orderBy(asc(author.name)),
)

// Author.objects.values("id").intersection(Publisher.objects.values("id"))
intersect(
  db.select({ id: author.id }).from(author).orderBy(asc(author.name)),
  db.select({ id: publisher.id }).from(publisher).orderBy(asc(publisher.name)),
)

// Author.objects.values("id").difference(Publisher.objects.values("id")).order_by("-id")[:2]
except(
  db.select({ id: author.id }).from(author).orderBy(asc(author.name)),
  db.select({ id: publisher.id }).from(publisher).orderBy(asc(publisher.name)),
)
  .orderBy(desc(position(1)))
  .limit(2)

// Review.objects.order_by().values_list("stars").union(Book.objects.order_by().annotate(none=Value(0)).values_list("none")).order_by("stars")
union(
  db.select({ stars: widened<number>(review.stars) }).from(review),
  db.select({ stars: cast<number>(0, "integer") }).from(book),
).orderBy(asc(position(1)))

// Book.objects.order_by().values("id").union(Book.objects.order_by().annotate(most=Max("reviews__stars")).values("most")).order_by("id")
union(
  db.select({ id: widened<number | null>(book.id) }).from(book),
  db
    .select({ id: max(review.stars) })
    .from(book)
    .leftJoin(review, eq(book.id, review.bookId))
    .groupBy(book.id),
).orderBy(asc(position(1)))

// Book.objects.order_by().values("id", "copies_sold").union(Book.objects.order_by().annotate(twice=F("copies_sold") * 2).values("pages", "twice"), all=True).order_by("id", "copies_sold")
unionAll(
  db
    .select({
      id: widened<number | null>(book.id),
      copiesSold: widened<bigint | null>(book.copiesSold),
    })
    .from(book),
  db
    .select({ id: book.pages, copiesSold: toBigint(multiply<string | null>(book.copiesSold, 2)) })
    .from(book),
).orderBy(asc(position(1)), asc(position(2)))

// Book.objects.order_by().values("published", "title").union(Review.objects.order_by().annotate(day=Value(None, output_field=DateField()), note=F("book__publisher__name")).values("day", "note")).order_by("title", "published")
union(
  db.select({ published: book.published, title: widened<string | null>(book.title) }).from(book),
  db
    .select({ published: toText(nothing), title: publisher.name })
    .from(review)
    .innerJoin(book, eq(review.bookId, book.id))
    .leftJoin(publisher, eq(book.publisherId, publisher.id)),
).orderBy(asc(position(2)), asc(position(1)))

// Book.objects.order_by().values("title", "price").union(Book.objects.order_by().annotate(least=Min("price")).values("title", "least"), Book.objects.order_by().annotate(rest=F("price") - Value(Decimal("1.50"))).values("title", "rest")).order_by("title", "price")
union(
  union(
    db.select({ title: book.title, price: widened<string | null>(book.price) }).from(book),
    db.select({ title: book.title, price: min(book.price) }).from(book).groupBy(book.id),
  ),
  db.select({ title: book.title, price: subtract<string | null>(book.price, "1.50") }).from(book),
).orderBy(asc(position(1)), asc(position(2)))

// Book.objects.order_by().values("id").union(Review.objects.order_by().annotate(n=F("stars") + 1).values("n")).count()
const subquery = union(
  db.select({ id: widened<number | null>(book.id).as("id") }).from(book),
  db.select({ id: add<number | null>(review.stars, cast(1, "integer")).as("id") }).from(review),
).as("subquery");
db.select({ count: count() }).from(subquery);

// Book.objects.order_by().values("copies_sold").union(Book.objects.order_by().annotate(twice=F("copies_sold") * 2).values("twice")).count()
const subquery = union(
  db.select({ copiesSold: widened<bigint | null>(book.copiesSold).as("copies_sold") }).from(book),
  db
    .select({ copiesSold: multiply<bigint | null>(book.copiesSold, 2).as("copiesSold") })
    .from(book),
).as("subquery");
db.select({ count: count() }).from(subquery);
