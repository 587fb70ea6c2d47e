// Exhibit.objects.filter(labels={"a": "1"})
db.select().from(exhibit).where(eq(exhibit.labels, "\"a\"=>\"1\""))

// Exhibit.objects.filter(labels={"a": None, "b": 'two "words" \\'}).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(eq(exhibit.labels, "\"a\"=>NULL, \"b\"=>\"two \\\"words\\\" \\\\\""))

// Exhibit.objects.filter(labels__in=[{"a": "1"}, {}]).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(inArray(exhibit.labels, ["\"a\"=>\"1\"", ""]))

// Exhibit.objects.exclude(labels={"a": "1"}).values("id", "labels")
db
  .select({ id: exhibit.id, labels: exhibit.labels })
  .from(exhibit)
  .where(not(and(eq(exhibit.labels, "\"a\"=>\"1\""), isNotNull(exhibit.labels))!))

// Exhibit.objects.filter(labels__contains={"a": "1"}).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(contains(exhibit.labels, "\"a\"=>\"1\""))

// Exhibit.objects.filter(labels__contained_by={"a": "1", "b": "2"}).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(containedBy(exhibit.labels, "\"a\"=>\"1\", \"b\"=>\"2\""))

// Exhibit.objects.filter(labels__has_key="a").values("id")
db.select({ id: exhibit.id }).from(exhibit).where(jsonHasKey(exhibit.labels, "a"))

// Exhibit.objects.filter(labels__has_keys=["a", "b"]).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(jsonHasAllKeys(exhibit.labels, cast("{\"a\",\"b\"}", "text[]")))

// Exhibit.objects.filter(labels__has_any_keys=["a", "b"]).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(jsonHasAnyKey(exhibit.labels, cast("{\"a\",\"b\"}", "text[]")))

// Exhibit.objects.filter(labels__a="1").values("id")
db.select({ id: exhibit.id }).from(exhibit).where(eq(jsonGet(exhibit.labels, "a"), "1"))

// Exhibit.objects.filter(labels__a__startswith="1").values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(like(cast(jsonGet(exhibit.labels, "a"), "text"), "1%"))

// Exhibit.objects.filter(labels__isnull=True).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(isNull(exhibit.labels))

// Exhibit.objects.filter(labels__keys__contains=["a"]).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(contains(hstoreKeys(exhibit.labels), cast(array("a"), "text[]")))

// Exhibit.objects.filter(labels__values=["1"]).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(eq(hstoreValues(exhibit.labels), cast(array("1"), "text[]")))

// Exhibit.objects.annotate(k=F("labels__keys"), v=F("labels__values"), a=F("labels__a")).values("id", "k", "v", "a")
db
  .select({
    id: exhibit.id,
    k: hstoreKeys<(string | null)[] | null>(exhibit.labels),
    v: hstoreValues<(string | null)[] | null>(exhibit.labels),
    one: jsonGet<string | null>(exhibit.labels, "a"),
  })
  .from(exhibit)

// Exhibit.objects.filter(closed__len=1).values("id", "closed")
db
  .select({ id: exhibit.id, closed: exhibit.closed })
  .from(exhibit)
  .where(
    eq(
      caseWhen(
        [[isNull(exhibit.closed), null]],
        coalesce(arrayLength(exhibit.closed, cast(1, "integer")), 0),
      ),
      1,
    ),
  )

// Exhibit.objects.values_list("closed", flat=True)
db.select({ closed: exhibit.closed }).from(exhibit)
