// Book.objects.annotate(x=F("pages") + 1).values("id", "x")
db
  .select({ id: book.id, x: toInteger(add<unknown>(book.pages, 1n)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("price") * 2).values("id", "x")
db
  .select({ id: book.id, x: toDecimal(cast<unknown>(multiply(book.price, 2n), "numeric")) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("price") * Decimal("1.19")).values("id", "x")
db
  .select({
    id: book.id,
    x: toDecimal(cast<unknown>(multiply(book.price, cast("1.19", "numeric")), "numeric")),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("pages") - F("audience")).values("id", "x")
db
  .select({ id: book.id, x: toInteger(subtract<unknown>(book.pages, book.audience)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("pages") % 7).values("id", "x")
db
  .select({ id: book.id, x: toInteger(modulo<unknown>(book.pages, 7n)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=ExpressionWrapper(F("pages") / F("audience"), output_field=IntegerField())).values("id", "x")
db
  .select({ id: book.id, x: toInteger(divide<unknown>(book.pages, book.audience)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("copies_sold") + 1).values("id", "x")
db
  .select({ id: book.id, x: toBigint(add<unknown>(book.copiesSold, 1n)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=-F("pages")).values("id", "x")
db
  .select({ id: book.id, x: toInteger(multiply<unknown>(book.pages, -1n)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Coalesce("publisher__name", Value("nobody"))).values("id", "x")
db
  .select({ id: book.id, x: coalesce<string | null>(publisher.name, "nobody") })
  .from(book)
  .leftJoin(publisher, eq(book.publisherId, publisher.id))
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Coalesce("pages", 0)).values("id", "x")
db
  .select({ id: book.id, x: toInteger(coalesce<unknown>(book.pages, 0n)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Coalesce("isbn", "binding", Value("-"))).filter(x="-")
db
  .select({ ...getTableColumns(book), x: coalesce<string | null>(book.isbn, book.binding, "-") })
  .from(book)
  .where(eq(coalesce(book.isbn, book.binding, "-"), "-"))
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Case(When(price__lt=10, then=Value("cheap")), When(price__lt=50, then=Value("fair")), default=Value("dear"))).values("id", "x")
db
  .select({
    id: book.id,
    x: caseWhen<string | null>(
      [[lt(book.price, "10"), "cheap"], [lt(book.price, "50"), "fair"]],
      "dear",
    ),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Case(When(pages__isnull=True, then=0), default=F("pages"), output_field=IntegerField())).values("id", "x")
db
  .select({ id: book.id, x: toInteger(caseWhen<unknown>([[isNull(book.pages), 0n]], book.pages)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Case(When(in_print=True, then=F("price")), default=None)).values("id", "x")
db
  .select({
    id: book.id,
    x: toDecimal(
      cast<unknown>(caseWhen([[eq(book.inPrint, true), book.price]], nothing), "numeric"),
    ),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Case(When(Q(in_print=True) | Q(is_featured=True), then=Value(1)), default=Value(0), output_field=IntegerField())).order_by("-x", "pk").values("id", "x")
db
  .select({
    id: book.id,
    x: caseWhen<number | null>([[or(eq(book.inPrint, true), eq(book.isFeatured, true))!, 1n]], 0n),
  })
  .from(book)
  .orderBy(desc(position(2)), asc(book.id))

// Book.objects.annotate(flag=Case(When(pages__gt=100, then=True), default=False)).filter(flag=True).values("id", "flag")
db
  .select({ id: book.id, flag: toBoolean(caseWhen<unknown>([[gt(book.pages, 100), 1n]], 0n)) })
  .from(book)
  .where(caseWhen([[gt(book.pages, 100), 1n]], 0n))
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Cast("price", IntegerField())).values("id", "x")
db
  .select({ id: book.id, x: cast<number | null>(book.price, "integer") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Cast("pages", CharField())).values("id", "x")
db
  .select({ id: book.id, x: cast<string | null>(book.pages, "text") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Greatest("pages", "audience", output_field=IntegerField()), y=Least("pages", Value(10))).values("id", "x", "y")
db
  .select({
    id: book.id,
    x: toInteger(greatest<unknown>(book.pages, book.audience)),
    y: toInteger(least<unknown>(book.pages, 10n)),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=NullIf("subtitle", Value(""))).values("id", "x")
db
  .select({ id: book.id, x: nullIf<string | null>(book.subtitle, "") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Round("price"), y=Ceil("price"), z=Floor("price"), a=Abs("price")).values("id", "x", "y", "z", "a")
db
  .select({
    id: book.id,
    x: toDecimal(cast<unknown>(round(book.price, 0n), "numeric")),
    y: toDecimal(cast<unknown>(ceil(book.price), "numeric")),
    z: toDecimal(cast<unknown>(floor(book.price), "numeric")),
    one: toDecimal(cast<unknown>(abs(book.price), "numeric")),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Round("weight", 1)).values("id", "x")
db
  .select({ id: book.id, x: round<number | null>(book.weight, 1n) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Power("audience", 2), y=Sqrt("pages"), z=Mod("pages", 7)).values("id", "x", "y", "z")
db
  .select({
    id: book.id,
    x: power<number | null>(book.audience, 2n),
    y: sqrt<number | null>(book.pages),
    z: toNumber(mod<unknown>(book.pages, 7n)),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Value(1)).values("id", "x")
db.select({ id: book.id, x: bound<number>(1n) }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=Value("a")).values("id", "x")
db.select({ id: book.id, x: bound<string>("a") }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=Value(None, output_field=CharField())).values("id", "x")
db.select({ id: book.id, x: scalar<string | null>(nothing) }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=Value(True)).values("id", "x")
db.select({ id: book.id, x: toBoolean(bound<number>(1n)) }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=Value(Decimal("1.50"))).values("id", "x")
db
  .select({ id: book.id, x: toDecimal(cast<unknown>("1.50", "numeric")) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(cheap=Q(price__lt=10)).values("id", "cheap")
db.select({ id: book.id, cheap: truth(lt(book.price, "10")) }).from(book).orderBy(asc(book.title))

// Book.objects.alias(n=Count("reviews")).filter(n__gt=0).values("id")
db
  .select({ id: book.id })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(
    book.id,
    book.createdAt,
    book.updatedAt,
    book.title,
    book.subtitle,
    book.slug,
    book.isbn,
    book.reference,
    book.authorId,
    book.publisherId,
    book.price,
    book.published,
    book.binding,
    book.audience,
    book.pages,
    book.weight,
    book.copiesSold,
    book.inPrint,
    book.isFeatured,
    book.details,
    book.cover,
  )
  .having(gt(count(review.id), 0))

// Book.objects.filter(details__format="A5")
db
  .select()
  .from(book)
  .where(
    eq(
      caseWhen(
        [
          [
            inArray(jsonType(book.details, "$.\"format\""), ["null", "false", "true"]),
            jsonType(book.details, "$.\"format\""),
          ],
        ],
        jsonExtract(book.details, "$.\"format\""),
      ),
      jsonExtract("\"A5\"", "$"),
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(details__size__width__gt=10)
db
  .select()
  .from(book)
  .where(
    gt(
      caseWhen(
        [
          [
            inArray(jsonType(book.details, "$.\"size\".\"width\""), ["null", "false", "true"]),
            jsonType(book.details, "$.\"size\".\"width\""),
          ],
        ],
        jsonExtract(book.details, "$.\"size\".\"width\""),
      ),
      10n,
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(details__has_key="format")
db
  .select()
  .from(book)
  .where(isNotNull(jsonType(book.details, "$.\"format\"")))
  .orderBy(asc(book.title))

// Book.objects.filter(details__contains={"format": "A5"})
// queryset-fails: Book.objects.filter(details__contains={"format": "A5"}): line 1 (NotSupportedError: contains lookup is not supported on this database backend.)

// Book.objects.annotate(f=F("details__format")).values("id", "f")
db
  .select({
    id: book.id,
    f: toDocument(
      caseWhen<unknown>(
        [
          [
            inArray(jsonType(book.details, "$.\"format\""), ["null", "false", "true"]),
            jsonType(book.details, "$.\"format\""),
          ],
        ],
        jsonExtract(book.details, "$.\"format\""),
      ),
    ),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(row=Window(RowNumber(), partition_by="author", order_by="pk")).values("id", "row")
db
  .select({
    id: book.id,
    row: toInteger(
      over<unknown>(rowNumber(), { partitionBy: [book.authorId], orderBy: [asc(book.id)] }),
    ),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(rank=Window(Rank(), order_by=F("price").desc())).values("id", "rank")
db
  .select({ id: book.id, rank: toInteger(over<unknown>(rank(), { orderBy: [desc(book.price)] })) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(before=Window(Lag("price"), partition_by="author", order_by="pk")).values("id", "before")
db
  .select({
    id: book.id,
    before: toDecimal(
      cast<unknown>(
        over(lag(book.price, 1n), { partitionBy: [book.authorId], orderBy: [asc(book.id)] }),
        "numeric",
      ),
    ),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(o=JSONObject(t="title", p="pages")).values("id", "o")
db
  .select({ id: book.id, o: toDocument(jsonObject<unknown>("t", book.title, "p", book.pages)) })
  .from(book)
  .orderBy(asc(book.title))
