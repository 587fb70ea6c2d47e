// Book.objects.annotate(n=Count("reviews"))
db
  .select({ ...getTableColumns(book), n: count(review.id) })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)

// Book.objects.annotate(n=Count("reviews")).filter(n__gt=1)
db
  .select({ ...getTableColumns(book), n: count(review.id) })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)
  .having(gt(count(review.id), 1))

// Book.objects.annotate(n=Count("reviews", distinct=True), t=Count("tags", distinct=True))
db
  .select({
    ...getTableColumns(book),
    n: countDistinct(review.id),
    t: countDistinct(bookTags.tagId),
  })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .leftJoin(bookTags, eq(book.id, bookTags.bookId))
  .groupBy(book.id)

// Book.objects.annotate(best=Max("reviews__stars"), worst=Min("reviews__stars"))
db
  .select({ ...getTableColumns(book), best: max(review.stars), worst: min(review.stars) })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)

// Book.objects.annotate(mean=Avg("reviews__stars")).order_by("-mean", "pk")
db
  .select({ ...getTableColumns(book), mean: toNumber(avg(review.stars)) })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)
  .orderBy(desc(avg(review.stars)), asc(book.id))

// Book.objects.annotate(n=Count("reviews", filter=Q(reviews__is_public=True)))
db
  .select({
    ...getTableColumns(book),
    n: toNumber(filtered<string>(count(review.id), eq(review.isPublic, true))),
  })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)

// Author.objects.annotate(total=Sum("books__price"))
db
  .select({ ...getTableColumns(author), total: sum(book.price) })
  .from(author)
  .leftJoin(book, eq(author.id, book.authorId))
  .groupBy(author.id)

// Author.objects.annotate(total=Sum("books__price", default=0)).values("name", "total")
db
  .select({ name: author.name, total: coalesce<string | null>(sum(book.price), "0") })
  .from(author)
  .leftJoin(book, eq(author.id, book.authorId))
  .groupBy(author.id)

// Author.objects.annotate(pages=Sum("books__pages")).filter(pages__gte=500).values_list("name", "pages")
db
  .select({ name: author.name, pages: toNumber(sum(book.pages)) })
  .from(author)
  .leftJoin(book, eq(author.id, book.authorId))
  .groupBy(author.id)
  .having(gte(sum(book.pages), 500))

// Author.objects.annotate(sold=Sum("books__copies_sold")).values("id", "sold")
db
  .select({ id: author.id, sold: toBigint(sum(book.copiesSold)) })
  .from(author)
  .leftJoin(book, eq(author.id, book.authorId))
  .groupBy(author.id)

// Author.objects.annotate(n=Count("books")).order_by("-n", "name")[:3]
db
  .select({ ...getTableColumns(author), n: count(book.id) })
  .from(author)
  .leftJoin(book, eq(author.id, book.authorId))
  .groupBy(author.id)
  .orderBy(desc(count(book.id)), asc(author.name))
  .limit(3)

// Author.objects.annotate(first=Min("books__published"), last=Max("books__published")).values("name", "first", "last")
db
  .select({ name: author.name, first: min(book.published), last: max(book.published) })
  .from(author)
  .leftJoin(book, eq(author.id, book.authorId))
  .groupBy(author.id)

// Book.objects.values("author").annotate(n=Count("id"))
db.select({ author: book.authorId, n: count(book.id) }).from(book).groupBy(book.authorId)

// Book.objects.values("author__name").annotate(n=Count("id")).order_by("author__name")
db
  .select({ authorName: author.name, n: count(book.id) })
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .groupBy(author.name)
  .orderBy(asc(author.name))

// Book.objects.values("author__name").annotate(n=Count("id")).filter(n__gte=2)
db
  .select({ authorName: author.name, n: count(book.id) })
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .groupBy(author.name)
  .having(gte(count(book.id), 2))

// Book.objects.values("publisher__name", "binding").annotate(total=Sum("price"), mean=Avg("price"))
db
  .select({
    publisherName: publisher.name,
    binding: book.binding,
    total: sum(book.price),
    mean: avg(book.price),
  })
  .from(book)
  .leftJoin(publisher, eq(book.publisherId, publisher.id))
  .groupBy(publisher.name, book.binding)

// Book.objects.values("in_print").annotate(n=Count("*"), heavy=Max("weight")).order_by("in_print")
db
  .select({ inPrint: book.inPrint, n: count(), heavy: max(book.weight) })
  .from(book)
  .groupBy(book.inPrint)
  .orderBy(asc(book.inPrint))

// Book.objects.values_list("binding").annotate(Count("pk"))
db.select({ binding: book.binding, pkCount: count(book.id) }).from(book).groupBy(book.binding)

// Book.objects.aggregate(Count("pk"))
db.select({ pkCount: count(book.id) }).from(book)

// Book.objects.aggregate(n=Count("publisher", distinct=True))
db.select({ n: countDistinct(book.publisherId) }).from(book)

// Book.objects.aggregate(total=Sum("price"), mean=Avg("price"), top=Max("price"), low=Min("price"))
db
  .select({
    total: sum(book.price),
    mean: avg(book.price),
    top: max(book.price),
    low: min(book.price),
  })
  .from(book)

// Book.objects.aggregate(mean=Avg("pages"), total=Sum("pages"), sold=Sum("copies_sold"))
db
  .select({
    mean: toNumber(avg(book.pages)),
    total: toNumber(sum(book.pages)),
    sold: toBigint(sum(book.copiesSold)),
  })
  .from(book)

// Book.objects.aggregate(w=Avg("weight"), s=Sum("weight"))
db.select({ w: toNumber(avg(book.weight)), s: toNumber(sum(book.weight)) }).from(book)

// Book.objects.filter(in_print=True).aggregate(n=Count("id", filter=Q(price__gt=10)))
db
  .select({ n: toNumber(filtered<string>(count(book.id), gt(book.price, "10"))) })
  .from(book)
  .where(eq(book.inPrint, true))

// Book.objects.aggregate(spread=Max("price") - Min("price"))
db.select({ spread: subtract<string | null>(max(book.price), min(book.price)) }).from(book)

// Book.objects.aggregate(d=StdDev("pages"), v=Variance("pages"))
db
  .select({
    d: toNumber(stddevPop<string | null>(book.pages)),
    v: toNumber(varPop<string | null>(book.pages)),
  })
  .from(book)

// Book.objects.annotate(n=Count("reviews")).aggregate(top=Max("n"), mean=Avg("n"))
const subquery = db
  .select({ n: count(review.id).as("n") })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)
  .as("subquery");
db.select({ top: toNumber(max(subquery.n)), mean: toNumber(avg(subquery.n)) }).from(subquery);

// Book.objects.annotate(n=Count("reviews")).filter(n=0).count()
const subquery = db
  .select({ col1: book.id })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)
  .having(eq(count(review.id), 0))
  .as("subquery");
db.select({ count: count() }).from(subquery);

// Book.objects.annotate(n=Count("reviews") * 2 + 1).values("id", "n")
db
  .select({ id: book.id, n: toNumber(add<string | null>(multiply(count(review.id), 2), 1)) })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)

// Review.objects.values("book__author").annotate(mean=Avg("stars")).order_by("-mean", "book__author")
db
  .select({ bookAuthor: book.authorId, mean: toNumber(avg(review.stars)) })
  .from(review)
  .innerJoin(book, eq(review.bookId, book.id))
  .groupBy(book.authorId)
  .orderBy(desc(avg(review.stars)), asc(book.authorId))

// Author.objects.annotate(n=Count("books", filter=Q(books__price__gt=10) & Q(books__in_print=True))).filter(n__gt=0).values("id", "n")
db
  .select({
    id: author.id,
    n: toNumber(
      filtered<string>(count(book.id), and(gt(book.price, "10"), eq(book.inPrint, true))!),
    ),
  })
  .from(author)
  .leftJoin(book, eq(author.id, book.authorId))
  .groupBy(author.id)
  .having(gt(filtered(count(book.id), and(gt(book.price, "10"), eq(book.inPrint, true))!), 0))

// Tag.objects.annotate(n=Count("books")).filter(n__gt=0).order_by("-n", "name").values_list("name", flat=True)
db
  .select({ name: tag.name })
  .from(tag)
  .leftJoin(bookTags, eq(tag.id, bookTags.tagId))
  .groupBy(tag.id)
  .having(gt(count(bookTags.bookId), 0))
  .orderBy(desc(count(bookTags.bookId)), asc(tag.name))

// Book.objects.aggregate(x=Sum("price", output_field=IntegerField()))
db.select({ x: toInteger(sum(book.price)) }).from(book)

// Book.objects.values("author").annotate(x=Sum("price", output_field=BigIntegerField()), y=Avg("price", output_field=IntegerField()), z=Max("price", output_field=IntegerField()), q=Sum("pages"), w=Avg("pages", output_field=BigIntegerField())).order_by("author")
db
  .select({
    author: book.authorId,
    x: toBigint(sum(book.price)),
    y: toInteger(avg(book.price)),
    z: toInteger(max(book.price)),
    q: toNumber(sum(book.pages)),
    w: toBigint(avg(book.pages)),
  })
  .from(book)
  .groupBy(book.authorId)
  .orderBy(asc(book.authorId))
