// Loan.objects.filter(pk=(1, 2))
db
  .select()
  .from(loan)
  .where(eq(row(loan.museum, loan.number), row(cast(1, "integer"), cast(2, "integer"))))

// Loan.objects.filter(pk__in=[(1, 2), (3, 4)])
db
  .select()
  .from(loan)
  .where(
    inArray(row(loan.museum, loan.number), [
      row(cast(1, "integer"), cast(2, "integer")),
      row(cast(3, "integer"), cast(4, "integer")),
    ]),
  )

// Loan.objects.exclude(pk=(1, 2))
db
  .select()
  .from(loan)
  .where(not(eq(row(loan.museum, loan.number), row(cast(1, "integer"), cast(2, "integer")))))

// Loan.objects.filter(pk__gt=(1, 2))
db
  .select()
  .from(loan)
  .where(gt(row(loan.museum, loan.number), row(cast(1, "integer"), cast(2, "integer"))))

// Loan.objects.filter(pk__lte=(1, 2)).order_by("pk")
db
  .select()
  .from(loan)
  .where(lte(row(loan.museum, loan.number), row(cast(1, "integer"), cast(2, "integer"))))
  .orderBy(asc(loan.museum), asc(loan.number))

// Loan.objects.filter(museum=1, number__gt=2).values("pk", "borrower")
db
  .select({ pk: loan.museum, borrower: loan.number, borrower2: loan.borrower })
  .from(loan)
  .where(and(eq(loan.museum, 1), gt(loan.number, 2)))

// Loan.objects.filter(pk__in=Loan.objects.filter(borrower="a").values("pk"))
const otherLoan = alias(loan, "other_loan");
db
  .select()
  .from(loan)
  .where(
    inArray(
      row(loan.museum, loan.number),
      db
        .select({ museum: otherLoan.museum, number: otherLoan.number })
        .from(otherLoan)
        .where(eq(otherLoan.borrower, "a")),
    ),
  );

// Loan.objects.count()
db.select({ count: count() }).from(loan)

// Loan.objects.select_related("exhibit__room").order_by("-pk")
db
  .select({ loan, exhibit, exhibitRoom: room })
  .from(loan)
  .innerJoin(exhibit, eq(loan.exhibitId, exhibit.id))
  .leftJoin(room, eq(exhibit.roomId, room.id))
  .orderBy(desc(loan.museum), desc(loan.number))

// Loan.objects.in_bulk([(1, 2)])
db
  .select()
  .from(loan)
  .where(inArray(row(loan.museum, loan.number), [row(cast(1, "integer"), cast(2, "integer"))]))

// Statue.objects.filter(title="David", stone="marble")
db
  .select({
    id: exhibit.id,
    title: exhibit.title,
    story: exhibit.story,
    roomId: exhibit.roomId,
    tags: exhibit.tags,
    measures: exhibit.measures,
    bearings: exhibit.bearings,
    details: exhibit.details,
    shown: exhibit.shown,
    visitors: exhibit.visitors,
    opened: exhibit.opened,
    acquired: exhibit.acquired,
    lent: exhibit.lent,
    price: exhibit.price,
    weight: exhibit.weight,
    balance: exhibit.balance,
    index: exhibit.index,
    seen: exhibit.seen,
    labels: exhibit.labels,
    closed: exhibit.closed,
    guarded: exhibit.guarded,
    exhibitPtrId: statue.exhibitPtrId,
    stone: statue.stone,
  })
  .from(statue)
  .innerJoin(exhibit, eq(statue.exhibitPtrId, exhibit.id))
  .where(and(eq(statue.stone, "marble"), eq(exhibit.title, "David")))

// Statue.objects.values("id", "title", "stone", "room__name")
db
  .select({
    id: statue.exhibitPtrId,
    title: exhibit.title,
    stone: statue.stone,
    roomName: room.name,
  })
  .from(statue)
  .innerJoin(exhibit, eq(statue.exhibitPtrId, exhibit.id))
  .leftJoin(room, eq(exhibit.roomId, room.id))

// Exhibit.objects.filter(statue__isnull=False).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .innerJoin(statue, eq(exhibit.id, statue.exhibitPtrId))
  .where(isNotNull(statue.exhibitPtrId))

// Exhibit.objects.in_bulk([1, 2])
db.select().from(exhibit).where(inArray(exhibit.id, [1, 2]))

// Exhibit.objects.order_by("room", "-opened").distinct("room")
db
  .selectDistinctOn([exhibit.roomId])
  .from(exhibit)
  .orderBy(asc(exhibit.roomId), desc(exhibit.opened))

// Exhibit.objects.annotate(low=Lower("title")).distinct("low").order_by("low", "id")
db
  .selectDistinctOn(
    [lower(exhibit.title)],
    { ...getTableColumns(exhibit), low: lower<string>(exhibit.title) },
  )
  .from(exhibit)
  .orderBy(asc(lower(exhibit.title)), asc(exhibit.id))

// Exhibit.objects.none()
db.select().from(exhibit).where(never)

// Exhibit.objects.filter(pk__in=[]).count()
db.select({ count: count() }).from(exhibit).where(never)

// Room.objects.annotate(dear=FilteredRelation("exhibits", condition=Q(exhibits__price__gt=10))).filter(dear__seen=True).values("id", "dear__title")
db
  .select({ id: room.id, dearTitle: exhibit.title })
  .from(room)
  .innerJoin(exhibit, and(eq(room.id, exhibit.roomId), gt(exhibit.price, "10")))
  .where(eq(exhibit.seen, true))

// Room.objects.annotate(last=Subquery(Exhibit.objects.filter(room=OuterRef("pk")).order_by("-id").values("title")[:1])).values("id", "last")
db
  .select({
    id: room.id,
    last: scalar<string | null>(
      db
        .select({ title: exhibit.title })
        .from(exhibit)
        .where(eq(exhibit.roomId, room.id))
        .orderBy(desc(exhibit.id))
        .limit(1),
    ),
  })
  .from(room)

// Room.objects.filter(Exists(Exhibit.objects.filter(room=OuterRef("pk"), seen=True))).values("id")
db
  .select({ id: room.id })
  .from(room)
  .where(
    exists(
      db
        .select({ one })
        .from(exhibit)
        .where(and(eq(exhibit.roomId, room.id), eq(exhibit.seen, true)))
        .limit(1),
    ),
  )

// Room.objects.filter(~Exists(Exhibit.objects.filter(room=OuterRef("pk")))).values("id")
db
  .select({ id: room.id })
  .from(room)
  .where(notExists(db.select({ one }).from(exhibit).where(eq(exhibit.roomId, room.id)).limit(1)))

// Room.objects.annotate(ids=ArraySubquery(Exhibit.objects.filter(room=OuterRef("pk")).order_by("id").values("id"))).values("id", "ids")
db
  .select({
    id: room.id,
    ids: toBigints(
      arrayOf<unknown>(
        db
          .select({ id: exhibit.id })
          .from(exhibit)
          .where(eq(exhibit.roomId, room.id))
          .orderBy(asc(exhibit.id)),
      ),
    ),
  })
  .from(room)

// Room.objects.filter(next__next__floor=1).select_related("next__next")
const next = alias(room, "next");
const nextNext = alias(room, "next_next");
db
  .select({ room, next, nextNext })
  .from(room)
  .innerJoin(next, eq(room.nextId, next.id))
  .innerJoin(nextNext, eq(next.nextId, nextNext.id))
  .where(eq(nextNext.floor, 1));

// Exhibit.objects.earliest("opened")
db
  .select()
  .from(exhibit)
  .orderBy(asc(exhibit.opened))
  .limit(1)

// Exhibit.objects.filter(seen=True).latest("opened", "id")
db
  .select()
  .from(exhibit)
  .where(eq(exhibit.seen, true))
  .orderBy(desc(exhibit.opened), desc(exhibit.id))
  .limit(1)

// Room.objects.filter(pk__lte=9223372036854775807).values("id")
db.select({ id: room.id }).from(room).where(lte(room.id, cast("9223372036854775807", "bigint")))

// Room.objects.filter(pk__in=[1, 9007199254740993]).values("id")
db.select({ id: room.id }).from(room).where(inArray(outer(room.id), [1, 9007199254740993n]))
