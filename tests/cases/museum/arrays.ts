// Exhibit.objects.filter(tags=["stone", "old"])
db.select().from(exhibit).where(eq(exhibit.tags, ["stone", "old"]))

// Exhibit.objects.filter(tags__contains=["old"])
db.select().from(exhibit).where(arrayContains(exhibit.tags, ["old"]))

// Exhibit.objects.filter(tags__contained_by=["old", "stone", "new"])
db.select().from(exhibit).where(arrayContained(exhibit.tags, ["old", "stone", "new"]))

// Exhibit.objects.filter(tags__overlap=["old", "new"])
db.select().from(exhibit).where(arrayOverlaps(exhibit.tags, ["old", "new"]))

// Exhibit.objects.filter(measures__contains=[1])
db.select().from(exhibit).where(arrayContains(exhibit.measures, [1]))

// Exhibit.objects.filter(tags__len=2)
db
  .select()
  .from(exhibit)
  .where(
    eq(
      caseWhen(
        [[isNull(exhibit.tags), null]],
        coalesce(arrayLength(exhibit.tags, cast(1, "integer")), 0),
      ),
      2,
    ),
  )

// Exhibit.objects.filter(tags__len__gt=0)
db
  .select()
  .from(exhibit)
  .where(
    gt(
      caseWhen(
        [[isNull(exhibit.tags), null]],
        coalesce(arrayLength(exhibit.tags, cast(1, "integer")), 0),
      ),
      0,
    ),
  )

// Exhibit.objects.filter(tags__0="old")
db.select().from(exhibit).where(eq(elementAt(exhibit.tags, 1), "old"))

// Exhibit.objects.filter(measures__1__gt=2)
db.select().from(exhibit).where(gt(elementAt(exhibit.measures, 2), 2))

// Exhibit.objects.filter(tags__0_1=["old"])
db
  .select()
  .from(exhibit)
  .where(eq(elements(exhibit.tags, 1, 1), cast(array("old"), "character varying(20)[]")))

// Exhibit.objects.filter(measures__isnull=True)
db.select().from(exhibit).where(isNull(exhibit.measures))

// Exhibit.objects.annotate(first=F("tags__0")).values("id", "first")
db.select({ id: exhibit.id, first: elementAt<string | null>(exhibit.tags, 1) }).from(exhibit)

// Exhibit.objects.annotate(first=F("measures__0")).values("id", "first")
db.select({ id: exhibit.id, first: elementAt<number | null>(exhibit.measures, 1) }).from(exhibit)

// Exhibit.objects.annotate(some=F("tags__0_2")).values("id", "some")
db
  .select({ id: exhibit.id, some: elements<(string | null)[] | null>(exhibit.tags, 1, 2) })
  .from(exhibit)

// Exhibit.objects.annotate(n=F("tags__len")).values("id", "n")
db
  .select({
    id: exhibit.id,
    n: caseWhen<number | null>(
      [[isNull(exhibit.tags), null]],
      coalesce(arrayLength(exhibit.tags, cast(1, "integer")), 0),
    ),
  })
  .from(exhibit)

// Exhibit.objects.values_list("tags", flat=True).distinct()
db.selectDistinct({ tags: exhibit.tags }).from(exhibit)

// Exhibit.objects.order_by("tags", "id").values("id")
db.select({ id: exhibit.id }).from(exhibit).orderBy(asc(exhibit.tags), asc(exhibit.id))

// Exhibit.objects.filter(bearings=[[1.5, 2.5, 0.0], [1.0, 2.0, 3.0]]).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(eq(exhibit.bearings, [[1.5, 2.5, 0.0], [1.0, 2.0, 3.0]]))

// Exhibit.objects.filter(bearings__contains=[[1.5]]).values("id", "bearings")
db
  .select({ id: exhibit.id, bearings: exhibit.bearings })
  .from(exhibit)
  .where(arrayContains(exhibit.bearings, [[1.5]]))

// Exhibit.objects.annotate(x=Cast("measures", ArrayField(FloatField(), size=3))).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: cast<(number | null)[] | null>(exhibit.measures, "double precision[]"),
  })
  .from(exhibit)

// Exhibit.objects.filter(tags__in=[["old"], ["stone", None]]).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    inArray(outer(exhibit.tags), [
      cast("{\"old\"}", "character varying[]"),
      cast("{\"stone\",NULL}", "character varying[]"),
    ]),
  )
