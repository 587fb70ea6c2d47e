// Exhibit.objects.annotate(n=Window(RowNumber(), partition_by="room", order_by="-id")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: toNumber(
      over<string>(rowNumber(), { partitionBy: [exhibit.roomId], orderBy: [desc(exhibit.id)] }),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Rank(), order_by=F("price").desc(nulls_last=True))).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: toNumber(over<string>(rank(), { orderBy: [nullsLast(desc(exhibit.price))] })),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(DenseRank(), partition_by=["room", "seen"], order_by="balance")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: toNumber(
      over<string>(denseRank(), {
        partitionBy: [exhibit.roomId, exhibit.seen],
        orderBy: [asc(exhibit.balance)],
      }),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(CumeDist(), order_by="balance")).values("id", "n")
db
  .select({ id: exhibit.id, n: over<number>(cumeDist(), { orderBy: [asc(exhibit.balance)] }) })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(PercentRank(), order_by="balance")).values("id", "n")
db
  .select({ id: exhibit.id, n: over<number>(percentRank(), { orderBy: [asc(exhibit.balance)] }) })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Ntile(4), order_by="id")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: over<number | null>(ntile(cast(4, "integer")), { orderBy: [asc(exhibit.id)] }),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Lag("balance", 1), order_by="id")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: over<number | null>(lag(exhibit.balance, cast(1, "integer")), {
      orderBy: [asc(exhibit.id)],
    }),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Lead("balance", 2, 0), partition_by="room", order_by="id")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: over<number | null>(lead(exhibit.balance, cast(2, "integer"), cast(0, "integer")), {
      partitionBy: [exhibit.roomId],
      orderBy: [asc(exhibit.id)],
    }),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(FirstValue("title"), partition_by="room", order_by="id")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: over<string>(firstValue(exhibit.title), {
      partitionBy: [exhibit.roomId],
      orderBy: [asc(exhibit.id)],
    }),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(LastValue("title"), partition_by="room", order_by="id")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: over<string>(lastValue(exhibit.title), {
      partitionBy: [exhibit.roomId],
      orderBy: [asc(exhibit.id)],
    }),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(NthValue("title", 2), partition_by="room", order_by="id")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: over<string | null>(nthValue(exhibit.title, cast(2, "integer")), {
      partitionBy: [exhibit.roomId],
      orderBy: [asc(exhibit.id)],
    }),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Sum("balance"), order_by="id", frame=RowRange(start=-1, end=0))).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: toNumber(
      over<string | null>(sum(exhibit.balance), {
        orderBy: [asc(exhibit.id)],
        rows: ["1 preceding", "current row"],
      }),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Sum("balance"), order_by="id", frame=RowRange(start=None, end=0))).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: toNumber(
      over<string | null>(sum(exhibit.balance), {
        orderBy: [asc(exhibit.id)],
        rows: ["unbounded preceding", "current row"],
      }),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Avg("price"), order_by="id", frame=RowRange(start=-2, end=2))).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: over<string | null>(avg(exhibit.price), {
      orderBy: [asc(exhibit.id)],
      rows: ["2 preceding", "2 following"],
    }),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Max("balance"), order_by="id", frame=ValueRange(start=0, end=None))).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: over<number | null>(max(exhibit.balance), {
      orderBy: [asc(exhibit.id)],
      range: ["current row", "unbounded following"],
    }),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(Count("id"), order_by="id", frame=RowRange(start=None, end=None, exclusion=WindowFrameExclusion.CURRENT_ROW))).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: toNumber(
      over<string>(count(exhibit.id), {
        orderBy: [asc(exhibit.id)],
        rows: ["unbounded preceding", "unbounded following"],
        exclude: "current row",
      }),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(share=Window(Sum("price"), partition_by="room") - F("price")).values("id", "share")
db
  .select({
    id: exhibit.id,
    share: subtract<string | null>(
      over(sum(exhibit.price), { partitionBy: [exhibit.roomId] }),
      exhibit.price,
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(n=Window(RowNumber(), partition_by="room", order_by="id")).filter(n=1).values("id", "title")
const qualify = db
  .select({
    id: exhibit.id,
    title: exhibit.title,
    qual0: over(rowNumber(), { partitionBy: [exhibit.roomId], orderBy: [asc(exhibit.id)] }).as("qual0"),
  })
  .from(exhibit)
  .as("qualify");
const qualifyMask = db
  .select({ id: qualify.id, title: qualify.title, qual0: scalar(qualify.qual0).as("qual0") })
  .from(qualify)
  .where(eq(qualify.qual0, 1))
  .as("qualify_mask");
db.select({ id: qualifyMask.id, title: qualifyMask.title }).from(qualifyMask);

// Exhibit.objects.annotate(n=Window(RowNumber(), partition_by="room", order_by="id")).filter(n__lte=2, seen=True)
const qualify = db
  .select({
    col1: exhibit.id,
    col2: exhibit.title,
    col3: exhibit.story,
    col4: exhibit.roomId,
    col5: exhibit.tags,
    col6: exhibit.measures,
    col7: exhibit.bearings,
    col8: exhibit.details,
    col9: exhibit.shown,
    col10: exhibit.visitors,
    col11: exhibit.opened,
    col12: exhibit.acquired,
    col13: exhibit.lent,
    col14: exhibit.price,
    col15: exhibit.weight,
    col16: exhibit.balance,
    col17: exhibit.index,
    col18: exhibit.seen,
    col19: exhibit.labels,
    col20: exhibit.closed,
    col21: exhibit.guarded,
    n: over(rowNumber(), { partitionBy: [exhibit.roomId], orderBy: [asc(exhibit.id)] }).as("n"),
  })
  .from(exhibit)
  .where(eq(exhibit.seen, true))
  .as("qualify");
db
  .select({
    id: qualify.col1,
    title: qualify.col2,
    story: qualify.col3,
    roomId: qualify.col4,
    tags: qualify.col5,
    measures: qualify.col6,
    bearings: qualify.col7,
    details: qualify.col8,
    shown: qualify.col9,
    visitors: qualify.col10,
    opened: qualify.col11,
    acquired: qualify.col12,
    lent: qualify.col13,
    price: qualify.col14,
    weight: qualify.col15,
    balance: qualify.col16,
    index: qualify.col17,
    seen: qualify.col18,
    labels: qualify.col19,
    closed: qualify.col20,
    guarded: qualify.col21,
    n: toNumber(scalar<string | null>(qualify.n)),
  })
  .from(qualify)
  .where(lte(qualify.n, 2));
