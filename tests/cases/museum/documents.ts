// Exhibit.objects.filter(details__has_key="height")
db.select().from(exhibit).where(jsonHasKey(exhibit.details, "height"))

// Exhibit.objects.filter(details__has_keys=["height", "width"])
db
  .select()
  .from(exhibit)
  .where(jsonHasAllKeys(exhibit.details, cast("{\"height\",\"width\"}", "text[]")))

// Exhibit.objects.filter(details__has_any_keys=["height", "width"])
db
  .select()
  .from(exhibit)
  .where(jsonHasAnyKey(exhibit.details, cast("{\"height\",\"width\"}", "text[]")))

// Exhibit.objects.filter(details__contains={"height": 1})
db.select().from(exhibit).where(jsonContains(exhibit.details, "{\"height\": 1}"))

// Exhibit.objects.filter(details__contained_by={"height": 1, "width": 2})
db.select().from(exhibit).where(jsonContainedBy(exhibit.details, "{\"height\": 1, \"width\": 2}"))

// Exhibit.objects.filter(details__height=1)
db.select().from(exhibit).where(eq(jsonGet(exhibit.details, "height"), "1"))

// Exhibit.objects.filter(details__height__gt=1)
db.select().from(exhibit).where(gt(jsonGet(exhibit.details, "height"), "1"))

// Exhibit.objects.filter(details__maker__name="Ada")
db
  .select()
  .from(exhibit)
  .where(eq(jsonPath(exhibit.details, cast("{\"maker\",\"name\"}", "text[]")), "\"Ada\""))

// Exhibit.objects.filter(details__maker__name__icontains="ad")
db
  .select()
  .from(exhibit)
  .where(
    like(
      upper(cast(jsonPathText(exhibit.details, cast("{\"maker\",\"name\"}", "text[]")), "text")),
      upper("%ad%"),
    ),
  )

// Exhibit.objects.filter(details__sizes__0=5)
db
  .select()
  .from(exhibit)
  .where(eq(jsonPath(exhibit.details, cast("{\"sizes\",\"0\"}", "text[]")), "5"))

// Exhibit.objects.filter(details__height__isnull=True)
db.select().from(exhibit).where(isNull(jsonGet(exhibit.details, "height")))

// Exhibit.objects.filter(details__height__isnull=False)
db.select().from(exhibit).where(isNotNull(jsonGet(exhibit.details, "height")))

// Exhibit.objects.filter(details__height__in=[1, 2])
db.select().from(exhibit).where(inArray(jsonGet(exhibit.details, "height"), ["1", "2"]))

// Exhibit.objects.filter(details__height=None)
db.select().from(exhibit).where(eq(jsonGet(exhibit.details, "height"), "null"))

// Exhibit.objects.exclude(details__height=1)
db.select().from(exhibit).where(not(eq(jsonGet(exhibit.details, "height"), "1")))

// Exhibit.objects.values("id", "details__height")
db
  .select({ id: exhibit.id, detailsHeight: jsonGet<unknown>(exhibit.details, "height") })
  .from(exhibit)

// Exhibit.objects.order_by("details__height", "id").values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .orderBy(asc(jsonGet(exhibit.details, "height")), asc(exhibit.id))

// Exhibit.objects.annotate(o=JSONObject(title="title", room=F("room__name"))).values("id", "o")
db
  .select({
    id: exhibit.id,
    o: jsonObject<unknown>(
      [cast("title", "text"), exhibit.title],
      [cast("room", "text"), room.name],
    ),
  })
  .from(exhibit)
  .leftJoin(room, eq(exhibit.roomId, room.id))

// Exhibit.objects.filter(details__maker__has_key="name")
db.select().from(exhibit).where(jsonHasKey(jsonGet(exhibit.details, "maker"), "name"))

// Exhibit.objects.annotate(n=Count("details__height")).values("id", "n")
db
  .select({ id: exhibit.id, n: count(jsonGet(exhibit.details, "height")) })
  .from(exhibit)
  .groupBy(exhibit.id)

// Exhibit.objects.annotate(h=KT("details__height")).values("id", "h")
db.select({ id: exhibit.id, h: jsonText<string | null>(exhibit.details, "height") }).from(exhibit)

// Exhibit.objects.annotate(h=Cast(KT("details__maker__name"), TextField())).values("id", "h")
db
  .select({
    id: exhibit.id,
    h: cast<string | null>(
      jsonPathText(exhibit.details, cast("{\"maker\",\"name\"}", "text[]")),
      "text",
    ),
  })
  .from(exhibit)
