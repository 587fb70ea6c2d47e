// Book.objects.annotate(x=F("pages") + 1).values("id", "x")
db.select({ id: book.id, x: add<number | null>(book.pages, 1) }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=F("price") * 2).values("id", "x")
db
  .select({ id: book.id, x: multiply<string | null>(book.price, 2) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("price") * Decimal("1.19")).values("id", "x")
db
  .select({ id: book.id, x: multiply<string | null>(book.price, "1.19") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("pages") - F("audience")).values("id", "x")
db
  .select({ id: book.id, x: subtract<number | null>(book.pages, book.audience) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("pages") % 7).values("id", "x")
db
  .select({ id: book.id, x: modulo<number | null>(book.pages, 7) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=ExpressionWrapper(F("pages") / F("audience"), output_field=IntegerField())).values("id", "x")
db
  .select({ id: book.id, x: divide<number | null>(book.pages, book.audience) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=F("copies_sold") + 1).values("id", "x")
db
  .select({ id: book.id, x: toNumber(add<string | null>(book.copiesSold, 1)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=-F("pages")).values("id", "x")
db
  .select({ id: book.id, x: multiply<number | null>(book.pages, -1) })
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
  .select({ id: book.id, x: coalesce<number | null>(book.pages, 0) })
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
  .select({ id: book.id, x: caseWhen<number | null>([[isNull(book.pages), 0]], book.pages) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Case(When(in_print=True, then=F("price")), default=None)).values("id", "x")
db
  .select({ id: book.id, x: caseWhen<string | null>([[eq(book.inPrint, true), book.price]], null) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Case(When(Q(in_print=True) | Q(is_featured=True), then=Value(1)), default=Value(0), output_field=IntegerField())).order_by("-x", "pk").values("id", "x")
db
  .select({
    id: book.id,
    x: caseWhen<number | null>(
      [[or(eq(book.inPrint, true), eq(book.isFeatured, true))!, cast(1, "integer")]],
      cast(0, "integer"),
    ),
  })
  .from(book)
  .orderBy(desc(position(2)), asc(book.id))

// Book.objects.annotate(flag=Case(When(pages__gt=100, then=True), default=False)).filter(flag=True).values("id", "flag")
db
  .select({
    id: book.id,
    flag: caseWhen<boolean | null>(
      [[gt(book.pages, 100), cast(true, "boolean")]],
      cast(false, "boolean"),
    ),
  })
  .from(book)
  .where(caseWhen([[gt(book.pages, 100), cast(true, "boolean")]], cast(false, "boolean")))
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Cast("price", IntegerField())).values("id", "x")
db
  .select({ id: book.id, x: cast<number>(book.price, "integer") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Cast("pages", CharField())).values("id", "x")
db
  .select({ id: book.id, x: cast<string | null>(book.pages, "character varying") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Greatest("pages", "audience", output_field=IntegerField()), y=Least("pages", Value(10))).values("id", "x", "y")
db
  .select({
    id: book.id,
    x: greatest<number | null>(book.pages, book.audience),
    y: least<number | null>(book.pages, 10),
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
    x: round<string | null>(book.price, cast(0, "integer")),
    y: ceil<string>(book.price),
    z: floor<string>(book.price),
    one: abs<string>(book.price),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Round("weight", 1)).values("id", "x")
db
  .select({
    id: book.id,
    x: toNumber(round<string | null>(cast(book.weight, "numeric(1000, 15)"), cast(1, "integer"))),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Power("audience", 2), y=Sqrt("pages"), z=Mod("pages", 7)).values("id", "x", "y", "z")
db
  .select({
    id: book.id,
    x: power<number | null>(book.audience, cast(2, "integer")),
    y: sqrt<number | null>(book.pages),
    z: modulo<number | null>(book.pages, 7),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(x=Value(1)).values("id", "x")
db.select({ id: book.id, x: cast<number>(1, "integer") }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=Value("a")).values("id", "x")
db.select({ id: book.id, x: cast<string>("a", "text") }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=Value(None, output_field=CharField())).values("id", "x")
db.select({ id: book.id, x: toText(nothing) }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=Value(True)).values("id", "x")
db.select({ id: book.id, x: cast<boolean>(true, "boolean") }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(x=Value(Decimal("1.50"))).values("id", "x")
db.select({ id: book.id, x: cast<string>("1.50", "numeric") }).from(book).orderBy(asc(book.title))

// Book.objects.annotate(cheap=Q(price__lt=10)).values("id", "cheap")
db.select({ id: book.id, cheap: truth(lt(book.price, "10")) }).from(book).orderBy(asc(book.title))

// Book.objects.alias(n=Count("reviews")).filter(n__gt=0).values("id")
db
  .select({ id: book.id })
  .from(book)
  .leftJoin(review, eq(book.id, review.bookId))
  .groupBy(book.id)
  .having(gt(count(review.id), 0))

// Book.objects.filter(details__format="A5")
db
  .select()
  .from(book)
  .where(eq(jsonGet(book.details, "format"), "\"A5\""))
  .orderBy(asc(book.title))

// Book.objects.filter(details__size__width__gt=10)
db
  .select()
  .from(book)
  .where(gt(jsonPath(book.details, cast("{\"size\",\"width\"}", "text[]")), "10"))
  .orderBy(asc(book.title))

// Book.objects.filter(details__has_key="format")
db
  .select()
  .from(book)
  .where(jsonHasKey(book.details, "format"))
  .orderBy(asc(book.title))

// Book.objects.filter(details__contains={"format": "A5"})
db
  .select()
  .from(book)
  .where(jsonContains(book.details, "{\"format\": \"A5\"}"))
  .orderBy(asc(book.title))

// Book.objects.annotate(f=F("details__format")).values("id", "f")
db
  .select({ id: book.id, f: jsonGet<unknown>(book.details, "format") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(row=Window(RowNumber(), partition_by="author", order_by="pk")).values("id", "row")
db
  .select({
    id: book.id,
    row: toNumber(
      over<string>(rowNumber(), { partitionBy: [book.authorId], orderBy: [asc(book.id)] }),
    ),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(rank=Window(Rank(), order_by=F("price").desc())).values("id", "rank")
db
  .select({ id: book.id, rank: toNumber(over<string>(rank(), { orderBy: [desc(book.price)] })) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(before=Window(Lag("price"), partition_by="author", order_by="pk")).values("id", "before")
db
  .select({
    id: book.id,
    before: over<string | null>(lag(book.price, cast(1, "integer")), {
      partitionBy: [book.authorId],
      orderBy: [asc(book.id)],
    }),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(o=JSONObject(t="title", p="pages")).values("id", "o")
db
  .select({
    id: book.id,
    o: jsonObject<unknown>([cast("t", "text"), book.title], [cast("p", "text"), book.pages]),
  })
  .from(book)
  .orderBy(asc(book.title))
