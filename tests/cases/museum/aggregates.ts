// Exhibit.objects.aggregate(x=ArrayAgg("title", ordering="title"))
db
  .select({
    x: aggregate<(string | null)[] | null>(
      "array_agg",
      [exhibit.title],
      { orderBy: [asc(exhibit.title)] },
    ),
  })
  .from(exhibit)

// Exhibit.objects.aggregate(x=ArrayAgg("balance", distinct=True, ordering="-balance"))
db
  .select({
    x: aggregate<(number | null)[] | null>(
      "array_agg",
      [exhibit.balance],
      { distinct: true, orderBy: [desc(exhibit.balance)] },
    ),
  })
  .from(exhibit)

// Exhibit.objects.aggregate(x=ArrayAgg("title", filter=Q(seen=True), ordering="id"))
db
  .select({
    x: filtered<(string | null)[] | null>(
      aggregate("array_agg", [exhibit.title], { orderBy: [asc(exhibit.id)] }),
      eq(exhibit.seen, true),
    ),
  })
  .from(exhibit)

// Exhibit.objects.aggregate(x=ArrayAgg("title", default=Value(["none"]), ordering="id"))
db
  .select({
    x: coalesce<(string | null)[] | null>(
      aggregate("array_agg", [exhibit.title], { orderBy: [asc(exhibit.id)] }),
      cast(cast("{\"none\"}", "character varying(80)[]"), "character varying(80)[]"),
    ),
  })
  .from(exhibit)

// Exhibit.objects.aggregate(x=StringAgg("title", ", ", ordering="title"))
db
  .select({
    x: aggregate<string | null>(
      "string_agg",
      [exhibit.title, ", "],
      { orderBy: [asc(exhibit.title)] },
    ),
  })
  .from(exhibit)

// Exhibit.objects.aggregate(x=StringAgg("title", "; ", distinct=True))
db
  .select({ x: aggregate<string | null>("string_agg", [exhibit.title, "; "], { distinct: true }) })
  .from(exhibit)

// Exhibit.objects.aggregate(x=JSONBAgg("balance", ordering="id"))
db
  .select({ x: aggregate<unknown>("jsonb_agg", [exhibit.balance], { orderBy: [asc(exhibit.id)] }) })
  .from(exhibit)

// Exhibit.objects.aggregate(x=BoolAnd("seen"), y=BoolOr("seen"))
db.select({ x: boolAnd<boolean>(exhibit.seen), y: boolOr<boolean>(exhibit.seen) }).from(exhibit)

// Exhibit.objects.aggregate(x=BitAnd("balance"), y=BitOr("balance"), z=BitXor("balance"))
db
  .select({
    x: bitAndAll<number>(exhibit.balance),
    y: bitOrAll<number>(exhibit.balance),
    z: bitXorAll<number>(exhibit.balance),
  })
  .from(exhibit)

// Exhibit.objects.aggregate(x=Corr("weight", "balance"), y=CovarPop("weight", "balance"), n=RegrCount("weight", "balance"))
db
  .select({
    x: corr<number | null>(exhibit.weight, exhibit.balance),
    y: covarPop<number | null>(exhibit.weight, exhibit.balance),
    n: toNumber(regrCount<string | null>(exhibit.weight, exhibit.balance)),
  })
  .from(exhibit)

// Exhibit.objects.aggregate(x=RegrSlope("weight", "balance"), y=RegrR2("weight", "balance"))
db
  .select({
    x: regrSlope<number | null>(exhibit.weight, exhibit.balance),
    y: regrR2<number | null>(exhibit.weight, exhibit.balance),
  })
  .from(exhibit)

// Room.objects.annotate(titles=ArrayAgg("exhibits__title", ordering="exhibits__id")).values("id", "titles")
db
  .select({
    id: room.id,
    titles: aggregate<(string | null)[] | null>(
      "array_agg",
      [exhibit.title],
      { orderBy: [asc(exhibit.id)] },
    ),
  })
  .from(room)
  .leftJoin(exhibit, eq(room.id, exhibit.roomId))
  .groupBy(room.id)

// Room.objects.annotate(titles=StringAgg("exhibits__title", ",", filter=Q(exhibits__seen=True), ordering="exhibits__title")).values("id", "titles")
db
  .select({
    id: room.id,
    titles: filtered<string | null>(
      aggregate("string_agg", [exhibit.title, ","], { orderBy: [asc(exhibit.title)] }),
      eq(exhibit.seen, true),
    ),
  })
  .from(room)
  .leftJoin(exhibit, eq(room.id, exhibit.roomId))
  .groupBy(room.id)

// Exhibit.objects.aggregate(a=Avg("price"), s=Sum("price", distinct=True), m=Min("opened"), n=Max("lent"))
db
  .select({
    one: avg(exhibit.price),
    s: sumDistinct(exhibit.price),
    m: min(exhibit.opened),
    n: max(exhibit.lent),
  })
  .from(exhibit)

// Exhibit.objects.aggregate(s=Sum("lent"), a=Avg("lent"))
db.select({ s: sum(exhibit.lent), one: avg(exhibit.lent) }).from(exhibit)

// Exhibit.objects.aggregate(d=StdDev("price"), v=Variance("balance", sample=True))
db
  .select({
    d: stddevPop<string | null>(exhibit.price),
    v: toNumber(varSamp<string>(exhibit.balance)),
  })
  .from(exhibit)

// Room.objects.annotate(n=Count("exhibits", filter=Q(exhibits__price__gt=10))).filter(n__gt=0).values("id", "n")
db
  .select({
    id: room.id,
    n: toNumber(filtered<string>(count(exhibit.id), gt(exhibit.price, "10"))),
  })
  .from(room)
  .leftJoin(exhibit, eq(room.id, exhibit.roomId))
  .groupBy(room.id)
  .having(gt(filtered(count(exhibit.id), gt(exhibit.price, "10")), 0))

// Room.objects.values("floor").annotate(n=Count("id"), m=Max("exhibits__price")).order_by("floor")
db
  .select({ floor: room.floor, n: count(room.id), m: max(exhibit.price) })
  .from(room)
  .leftJoin(exhibit, eq(room.id, exhibit.roomId))
  .groupBy(room.floor)
  .orderBy(asc(room.floor))

// Exhibit.objects.annotate(size=Greatest("balance", 10)).values("size").annotate(n=Count("id")).order_by("size")
db
  .select({ size: greatest<number | null>(exhibit.balance, 10), n: count(exhibit.id) })
  .from(exhibit)
  .groupBy(position(1))
  .orderBy(asc(position(1)))

// Exhibit.objects.annotate(size=Greatest("balance", 10)).values("size").annotate(low=Least(Min("balance"), "size")).values("low")
db
  .select({
    low: least<number | null>(min(exhibit.balance), greatest(exhibit.balance, 10).inlineParams()),
  })
  .from(exhibit)
  .groupBy(greatest(exhibit.balance, 10).inlineParams())

// Exhibit.objects.aggregate(x=Coalesce(Avg("balance"), Value(5.5) * Value(2)))
db
  .select({
    x: toNumber(coalesce<string | null>(avg(exhibit.balance), multiply(cast(5.5, "numeric"), 2))),
  })
  .from(exhibit)
