// Exhibit.objects.annotate(x=Upper("title"), y=Lower("title"), n=Length("title")).values("id", "x", "y", "n")
db
  .select({
    id: exhibit.id,
    x: upper<string>(exhibit.title),
    y: lower<string>(exhibit.title),
    n: length<number>(exhibit.title),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Left("title", 2), y=Right("title", 2), z=Substr("title", 2, 3)).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: leftPart<string | null>(exhibit.title, cast(2, "integer")),
    y: rightPart<string | null>(exhibit.title, cast(2, "integer")),
    z: substr<string | null>(exhibit.title, cast(2, "integer"), cast(3, "integer")),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=LPad("title", 10, Value("*")), y=RPad("title", 10)).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: lpad<string | null>(exhibit.title, cast(10, "integer"), "*"),
    y: rpad<string | null>(exhibit.title, cast(10, "integer"), " "),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Trim("title"), y=LTrim("title"), z=RTrim("title")).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: trim<string | null>(exhibit.title),
    y: ltrim<string | null>(exhibit.title),
    z: rtrim<string | null>(exhibit.title),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Repeat("title", 2), y=Reverse("title"), z=Replace("title", Value("a"), Value("b"))).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: repeat<string | null>(exhibit.title, cast(2, "integer")),
    y: reverse<string>(exhibit.title),
    z: replace<string | null>(exhibit.title, "a", "b"),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Concat("title", Value(": "), "story", output_field=TextField())).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: joined<string | null>(
      coalesce(exhibit.title, ""),
      coalesce(joined(coalesce(": ", ""), coalesce(exhibit.story, "")), ""),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=StrIndex("title", Value("a")), y=Ord("title")).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: strpos<number | null>(exhibit.title, "a"),
    y: ascii<number>(exhibit.title),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Chr(Mod(Abs("balance"), 26) + 65)).values("id", "x")
db
  .select({ id: exhibit.id, x: chr<string | null>(add(modulo(abs(exhibit.balance), 26), 65)) })
  .from(exhibit)

// Exhibit.objects.annotate(x=MD5("title")).values("id", "x")
db.select({ id: exhibit.id, x: md5<string>(exhibit.title) }).from(exhibit)

// Exhibit.objects.order_by(Collate("title", "C"), "id").values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .orderBy(asc(collate(exhibit.title, "C")), asc(exhibit.id))

// Exhibit.objects.annotate(x=Collate("title", "C")).filter(x__gt="a").values("id")
db.select({ id: exhibit.id }).from(exhibit).where(gt(collate(exhibit.title, "C"), "a"))

// Exhibit.objects.filter(title__upper="STONE")
db.select().from(exhibit).where(eq(upper(exhibit.title), "STONE"))

// Exhibit.objects.filter(title__differs="Stone")
db.select().from(exhibit).where(ne(exhibit.title, "Stone"))

// Exhibit.objects.filter(balance__magnitude__lt=10)
db.select().from(exhibit).where(lt(abs(exhibit.balance), 10))

// Exhibit.objects.annotate(x=Func("title", function="INITCAP", output_field=CharField())).values("id", "x")
db.select({ id: exhibit.id, x: toText(call<unknown>("initcap", exhibit.title)) }).from(exhibit)

// Exhibit.objects.annotate(x=Func("title", Value("o"), function="split_part", template="%(function)s(%(expressions)s, 1)", output_field=CharField())).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: toText(call<unknown>("split_part", exhibit.title, "o", cast(1, "integer"))),
  })
  .from(exhibit)

// Exhibit.objects.filter(title__regex="^S").values("id")
db.select({ id: exhibit.id }).from(exhibit).where(matches(exhibit.title, "^S"))

// Exhibit.objects.filter(title__iregex="^s").values("id")
db.select({ id: exhibit.id }).from(exhibit).where(matchesAnyCase(exhibit.title, "^s"))

// Exhibit.objects.filter(title__startswith=F("room__name")).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .innerJoin(room, eq(exhibit.roomId, room.id))
  .where(
    like(
      exhibit.title,
      joined(
        replace(replace(replace(room.name, "\\", "\\\\"), "%", "\\%"), "_", "\\_"),
        cast("%", "text"),
      ),
    ),
  )

// Exhibit.objects.extra(select={"n": "balance + 1"}, where=["balance > 3"]).values("id", "n")
db
  .select({ id: exhibit.id, n: add<number | null>(exhibit.balance, 1) })
  .from(exhibit)
  .where(gt(exhibit.balance, 3))

// Exhibit.objects.annotate(x=RawSQL("length(title)", (), output_field=IntegerField())).values("id", "x")
db.select({ id: exhibit.id, x: length<number>(exhibit.title) }).from(exhibit)

// Exhibit.objects.annotate(x=RawSQL("balance > %s", (3,), output_field=BooleanField())).filter(x=True).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(gt(exhibit.balance, 3))

// Sphère.objects.filter(größe__gt=3).order_by("größe", "id")
db
  .select()
  .from(sphère)
  .where(gt(sphère["größe"], 3))
  .orderBy(asc(sphère["größe"]), asc(sphère.id))
