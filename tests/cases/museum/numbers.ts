// Exhibit.objects.annotate(x=Abs("balance"), y=Sign("balance")).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: abs<number>(exhibit.balance),
    y: toInteger(sign<number>(exhibit.balance)),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Ceil("weight"), y=Floor("weight"), z=Round("price")).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: ceil<number | null>(exhibit.weight),
    y: floor<number | null>(exhibit.weight),
    z: round<string | null>(exhibit.price, cast(0, "integer")),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Round("price", 1)).values("id", "x")
db
  .select({ id: exhibit.id, x: round<string | null>(exhibit.price, cast(1, "integer")) })
  .from(exhibit)

// Exhibit.objects.annotate(x=Mod("balance", 7)).values("id", "x")
db.select({ id: exhibit.id, x: modulo<number | null>(exhibit.balance, 7) }).from(exhibit)

// Exhibit.objects.annotate(x=Power(Mod("balance", 5), 2)).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: power<number | null>(modulo(exhibit.balance, 5), cast(2, "integer")),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Sqrt(Abs("balance"))).values("id", "x")
db.select({ id: exhibit.id, x: sqrt<number>(abs(exhibit.balance)) }).from(exhibit)

// Exhibit.objects.annotate(x=Exp(Mod("balance", 3))).values("id", "x")
db
  .select({ id: exhibit.id, x: exponential<number | null>(modulo(exhibit.balance, 3)) })
  .from(exhibit)

// Exhibit.objects.annotate(x=Ln(Abs("balance") + 1), y=Log(10, Abs("balance") + 1)).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: naturalLog<number | null>(add(abs(exhibit.balance), 1)),
    y: toNumber(log<string | null>(cast(10, "integer"), add(abs(exhibit.balance), 1))),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Sin("balance"), y=Cos("balance"), z=Tan("balance")).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: sin<number>(exhibit.balance),
    y: cos<number>(exhibit.balance),
    z: tan<number>(exhibit.balance),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=ATan("balance"), y=ATan2("balance", 2), z=Pi()).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: atan<number>(exhibit.balance),
    y: atan2<number | null>(exhibit.balance, cast(2, "integer")),
    z: pi<number>(),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Degrees("balance"), y=Radians("balance")).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: degrees<number>(exhibit.balance),
    y: radians<number>(exhibit.balance),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=F("balance") * 2 + 1, y=F("price") * Decimal("1.2"), z=F("weight") / 2).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: add<number | null>(multiply(exhibit.balance, 2), 1),
    y: multiply<string | null>(exhibit.price, "1.2"),
    z: divide<number | null>(exhibit.weight, 2),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=-F("balance"), y=F("balance") % 3).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: multiply<number | null>(exhibit.balance, -1),
    y: modulo<number | null>(exhibit.balance, 3),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=F("balance").bitand(6), y=F("balance").bitor(1), z=F("balance").bitxor(3)).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: bitAnd<number | null>(exhibit.balance, 6),
    y: bitOr<number | null>(exhibit.balance, 1),
    z: bitXor<number | null>(exhibit.balance, 3),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=F("balance").bitleftshift(2), y=F("balance").bitrightshift(1)).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: shiftLeft<number | null>(exhibit.balance, 2),
    y: shiftRight<number | null>(exhibit.balance, 1),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=NullIf("balance", 0), y=Coalesce("price", Decimal("0.50"))).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: nullIf<number | null>(exhibit.balance, 0),
    y: coalesce<string | null>(exhibit.price, "0.50"),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Greatest("balance", "room__floor", output_field=IntegerField()), y=Least("balance", 3)).values("id", "x", "y")
db
  .select({
    id: exhibit.id,
    x: greatest<number | null>(exhibit.balance, room.floor),
    y: least<number | null>(exhibit.balance, 3),
  })
  .from(exhibit)
  .leftJoin(room, eq(exhibit.roomId, room.id))

// Exhibit.objects.annotate(x=Cast("price", IntegerField()), y=Cast("balance", FloatField()), z=Cast("balance", CharField())).values("id", "x", "y", "z")
db
  .select({
    id: exhibit.id,
    x: cast<number | null>(exhibit.price, "integer"),
    y: cast<number>(exhibit.balance, "double precision"),
    z: cast<string>(exhibit.balance, "character varying"),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Cast("price", DecimalField(max_digits=8, decimal_places=1))).values("id", "x")
db.select({ id: exhibit.id, x: cast<string | null>(exhibit.price, "numeric(8, 1)") }).from(exhibit)

// Exhibit.objects.annotate(x=Cast("opened", DateField()), y=Cast("title", TextField())).values("id", "x", "y")
db
  .select({ id: exhibit.id, x: cast<string | null>(exhibit.opened, "date"), y: exhibit.title })
  .from(exhibit)

// Exhibit.objects.filter(price__gt=F("balance") * Decimal("0.5"))
db
  .select()
  .from(exhibit)
  .where(gt(exhibit.price, multiply(exhibit.balance, cast("0.5", "numeric"))))

// Exhibit.objects.annotate(x=Case(When(price__gt=100, then=Value("dear")), When(price__gt=10, then=Value("fair")), default=Value("cheap"))).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: caseWhen<string | null>(
      [[gt(exhibit.price, "100"), "dear"], [gt(exhibit.price, "10"), "fair"]],
      "cheap",
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Case(When(seen=True, then="price"), default=Value(0), output_field=DecimalField())).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: caseWhen<string | null>([[eq(exhibit.seen, true), exhibit.price]], 0),
  })
  .from(exhibit)

// Exhibit.objects.filter(seen=Q(balance__gt=5))
db.select().from(exhibit).where(eq(exhibit.seen, truth(gt(exhibit.balance, 5))))
