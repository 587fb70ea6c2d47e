// Exhibit.objects.filter(visitors__contains=5)
db.select().from(exhibit).where(contains(exhibit.visitors, cast(5, "integer")))

// Exhibit.objects.filter(visitors__contains=(3, 4))
db.select().from(exhibit).where(contains(exhibit.visitors, "[\"3\",\"4\")"))

// Exhibit.objects.filter(visitors__contained_by=(0, 100))
db.select().from(exhibit).where(containedBy(exhibit.visitors, "[\"0\",\"100\")"))

// Exhibit.objects.filter(visitors__overlap=(1, 5))
db.select().from(exhibit).where(overlaps(exhibit.visitors, "[\"1\",\"5\")"))

// Exhibit.objects.filter(visitors__fully_lt=(10, 20))
db.select().from(exhibit).where(entirelyBefore(exhibit.visitors, "[\"10\",\"20\")"))

// Exhibit.objects.filter(visitors__fully_gt=(1, 2))
db.select().from(exhibit).where(entirelyAfter(exhibit.visitors, "[\"1\",\"2\")"))

// Exhibit.objects.filter(visitors__not_lt=(1, 2))
db.select().from(exhibit).where(extendsNotLeftOf(exhibit.visitors, "[\"1\",\"2\")"))

// Exhibit.objects.filter(visitors__not_gt=(10, 20))
db.select().from(exhibit).where(extendsNotRightOf(exhibit.visitors, "[\"10\",\"20\")"))

// Exhibit.objects.filter(visitors__adjacent_to=(10, 20))
db.select().from(exhibit).where(adjacent(exhibit.visitors, "[\"10\",\"20\")"))

// Exhibit.objects.filter(visitors__startswith=1)
db.select().from(exhibit).where(eq(lower(exhibit.visitors), 1))

// Exhibit.objects.filter(visitors__endswith=9)
db.select().from(exhibit).where(eq(upper(exhibit.visitors), 9))

// Exhibit.objects.filter(visitors__isempty=True)
db.select().from(exhibit).where(isEmptyRange(exhibit.visitors))

// Exhibit.objects.filter(visitors__lower_inf=False)
db.select().from(exhibit).where(not(lowerInfinite(exhibit.visitors)))

// Exhibit.objects.filter(visitors__upper_inc=True)
db.select().from(exhibit).where(upperInclusive(exhibit.visitors))

// Exhibit.objects.filter(shown__contains=date(2020, 1, 1))
db.select().from(exhibit).where(contains(exhibit.shown, cast("2020-01-01", "date")))

// Exhibit.objects.filter(shown__overlap=(date(2020, 1, 1), date(2021, 1, 1)))
db.select().from(exhibit).where(overlaps(exhibit.shown, "[\"2020-01-01\",\"2021-01-01\")"))

// Exhibit.objects.filter(shown__isnull=True)
db.select().from(exhibit).where(isNull(exhibit.shown))

// Exhibit.objects.filter(shown__startswith__gte=date(2020, 1, 1)).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(gte(lower(exhibit.shown), "2020-01-01"))

// Exhibit.objects.filter(balance__contained_by=NumericRange(0, 100)).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(containedBy(exhibit.balance, cast("[\"0\",\"100\")", "int4range")))

// Exhibit.objects.filter(guarded__contains=datetime(2024, 1, 15, tzinfo=timezone.get_default_timezone())).values("id", "guarded")
db
  .select({ id: exhibit.id, guarded: exhibit.guarded })
  .from(exhibit)
  .where(
    contains(exhibit.guarded, cast("2024-01-14 23:00:00.000000+00:00", "timestamp with time zone")),
  )

// Exhibit.objects.filter(guarded=(datetime(2024, 1, 1), datetime(2024, 2, 1))).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(eq(exhibit.guarded, "[\"2024-01-01 00:00:00.000000\",\"2024-02-01 00:00:00.000000\")"))

// Exhibit.objects.filter(guarded__overlap=(datetime(2024, 1, 1, 6), None)).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(overlaps(exhibit.guarded, "[\"2024-01-01 06:00:00.000000\",)"))
