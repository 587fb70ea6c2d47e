// Exhibit.objects.annotate(y=ExtractYear("opened"), m=ExtractMonth("opened"), d=ExtractDay("opened")).values("id", "y", "m", "d")
db
  .select({
    id: exhibit.id,
    y: toInteger(extract<string | null>("year", atTimeZone(exhibit.opened, "Europe/Berlin"))),
    m: toInteger(extract<string | null>("month", atTimeZone(exhibit.opened, "Europe/Berlin"))),
    d: toInteger(extract<string | null>("day", atTimeZone(exhibit.opened, "Europe/Berlin"))),
  })
  .from(exhibit)

// Exhibit.objects.annotate(h=ExtractHour("opened"), m=ExtractMinute("opened"), s=ExtractSecond("opened")).values("id", "h", "m", "s")
db
  .select({
    id: exhibit.id,
    h: toInteger(extract<string | null>("hour", atTimeZone(exhibit.opened, "Europe/Berlin"))),
    m: toInteger(extract<string | null>("minute", atTimeZone(exhibit.opened, "Europe/Berlin"))),
    s: toInteger(
      extract<string | null>(
        "second",
        dateTrunc("second", atTimeZone(exhibit.opened, "Europe/Berlin")),
      ),
    ),
  })
  .from(exhibit)

// Exhibit.objects.annotate(w=ExtractWeek("acquired"), d=ExtractWeekDay("acquired"), i=ExtractIsoWeekDay("acquired"), q=ExtractQuarter("acquired"), y=ExtractIsoYear("acquired")).values("id", "w", "d", "i", "q", "y")
db
  .select({
    id: exhibit.id,
    w: toInteger(extract<string | null>("week", exhibit.acquired)),
    d: toInteger(add<string | null>(extract("dow", exhibit.acquired), 1)),
    i: toInteger(extract<string | null>("isodow", exhibit.acquired)),
    q: toInteger(extract<string | null>("quarter", exhibit.acquired)),
    y: toInteger(extract<string | null>("isoyear", exhibit.acquired)),
  })
  .from(exhibit)

// Exhibit.objects.annotate(m=TruncMonth("acquired"), y=TruncYear("acquired"), q=TruncQuarter("acquired"), w=TruncWeek("acquired")).values("id", "m", "y", "q", "w")
db
  .select({
    id: exhibit.id,
    m: day(dateTrunc<string | null>("month", exhibit.acquired)),
    y: day(dateTrunc<string | null>("year", exhibit.acquired)),
    q: day(dateTrunc<string | null>("quarter", exhibit.acquired)),
    w: day(dateTrunc<string | null>("week", exhibit.acquired)),
  })
  .from(exhibit)

// Exhibit.objects.annotate(d=TruncDate("opened"), t=TruncTime("opened")).values("id", "d", "t")
db
  .select({
    id: exhibit.id,
    d: cast<string | null>(atTimeZone(exhibit.opened, "Europe/Berlin"), "date"),
    t: cast<string | null>(atTimeZone(exhibit.opened, "Europe/Berlin"), "time without time zone"),
  })
  .from(exhibit)

// Exhibit.objects.filter(opened__date=date(2020, 1, 1)).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(eq(cast(atTimeZone(exhibit.opened, "Europe/Berlin"), "date"), "2020-01-01"))

// Exhibit.objects.filter(opened__year=2020, opened__hour__gte=12).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    and(
      gte(extract("hour", atTimeZone(exhibit.opened, "Europe/Berlin")), 12),
      between(
        exhibit.opened,
        "2019-12-31 23:00:00.000000+00:00",
        "2020-12-31 22:59:59.999999+00:00",
      ),
    ),
  )

// Exhibit.objects.filter(acquired__week_day=2).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(eq(add(extract("dow", exhibit.acquired), 1), 2))

// Exhibit.objects.filter(opened__time__gt=time(12, 30)).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    gt(
      cast(atTimeZone(exhibit.opened, "Europe/Berlin"), "time without time zone"),
      "12:30:00.000000",
    ),
  )

// Exhibit.objects.annotate(x=F("opened") + F("lent")).values("id", "x")
db.select({ id: exhibit.id, x: add<string | null>(exhibit.opened, exhibit.lent) }).from(exhibit)

// Exhibit.objects.annotate(x=F("opened") + timedelta(days=1, hours=2)).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: add<string | null>(exhibit.opened, cast("1 days +02:00:00", "interval")),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=ExpressionWrapper(F("lent") * 2, output_field=DurationField())).values("id", "x")
db
  .select({ id: exhibit.id, x: multiply<string | null>(exhibit.lent, cast(2, "integer")) })
  .from(exhibit)

// Exhibit.objects.annotate(x=ExpressionWrapper(F("acquired") + timedelta(days=3), output_field=DateTimeField())).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: add<string | null>(exhibit.acquired, cast("3 days +00:00:00", "interval")),
  })
  .from(exhibit)

// Exhibit.objects.annotate(x=Value(date(2024, 5, 1)) - F("acquired")).values("id", "x")
db
  .select({
    id: exhibit.id,
    x: multiply<string | null>(cast("1 day", "interval"), subtract("2024-05-01", exhibit.acquired)),
  })
  .from(exhibit)

// Exhibit.objects.filter(opened__gt=F("acquired")).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(gt(exhibit.opened, exhibit.acquired))

// Exhibit.objects.filter(lent__gt=timedelta(hours=3)).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(gt(exhibit.lent, "03:00:00"))

// Exhibit.objects.filter(opened__range=(datetime(2020, 1, 1, tzinfo=timezone.get_default_timezone()), datetime(2021, 1, 1, tzinfo=timezone.get_default_timezone()))).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    between(exhibit.opened, "2019-12-31 23:00:00.000000+00:00", "2020-12-31 23:00:00.000000+00:00"),
  )

// Exhibit.objects.dates("acquired", "month")
db
  .selectDistinct({ datefield: day(dateTrunc<string | null>("month", exhibit.acquired)) })
  .from(exhibit)
  .where(isNotNull(exhibit.acquired))
  .orderBy(asc(position(1)))

// Exhibit.objects.dates("acquired", "year", order="DESC")
db
  .selectDistinct({ datefield: day(dateTrunc<string | null>("year", exhibit.acquired)) })
  .from(exhibit)
  .where(isNotNull(exhibit.acquired))
  .orderBy(desc(position(1)))

// Exhibit.objects.datetimes("opened", "day")
db
  .selectDistinct({
    datetimefield: atTimeZone<string | null>(
      dateTrunc("day", atTimeZone(exhibit.opened, "Europe/Berlin")),
      "Europe/Berlin",
    ),
  })
  .from(exhibit)
  .where(isNotNull(exhibit.opened))
  .orderBy(asc(position(1)))

// Exhibit.objects.filter(opened__lt=Now()).values("id")
db.select({ id: exhibit.id }).from(exhibit).where(lt(exhibit.opened, statementTimestamp()))
