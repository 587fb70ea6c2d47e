// Book.objects.filter(published=date(2001, 2, 3))
db
  .select()
  .from(book)
  .where(eq(book.published, "2001-02-03"))
  .orderBy(asc(book.title))

// Book.objects.filter(published__gt=date(2001, 2, 3))
db
  .select()
  .from(book)
  .where(gt(book.published, "2001-02-03"))
  .orderBy(asc(book.title))

// Book.objects.filter(published__year=2001)
db
  .select()
  .from(book)
  .where(between(book.published, "2001-01-01", "2001-12-31"))
  .orderBy(asc(book.title))

// Book.objects.filter(published__year__gte=2001)
db
  .select()
  .from(book)
  .where(gte(book.published, "2001-01-01"))
  .orderBy(asc(book.title))

// Book.objects.filter(published__month=12)
db
  .select()
  .from(book)
  .where(eq(month(book.published), 12))
  .orderBy(asc(book.title))

// Book.objects.filter(published__day__lt=15)
db
  .select()
  .from(book)
  .where(lt(dayOfMonth(book.published), 15))
  .orderBy(asc(book.title))

// Book.objects.filter(published__week_day=2)
db
  .select()
  .from(book)
  .where(eq(weekDay(book.published), 2))
  .orderBy(asc(book.title))

// Book.objects.filter(published__quarter=4)
db
  .select()
  .from(book)
  .where(eq(quarter(book.published), 4))
  .orderBy(asc(book.title))

// Book.objects.filter(published__year__in=[1999, 2001])
db
  .select()
  .from(book)
  .where(inArray(year(book.published), [1999, 2001]))
  .orderBy(asc(book.title))

// Book.objects.filter(created_at__gte=datetime(2024, 1, 1, 12, 30, 0, 123456, tzinfo=timezone.get_default_timezone()))
db
  .select()
  .from(book)
  .where(gte(book.createdAt, "2024-01-01 12:30:00.123456+00"))
  .orderBy(asc(book.title))

// Book.objects.filter(created_at__date=date(2024, 1, 1))
// query-untranslated: django_datetime_cast_date("catalog_book"."created_at", $1, $2): SQLite knows no time zones: Django computes the wall time of Europe/London in Python

// Book.objects.filter(created_at__year=2024)
db
  .select()
  .from(book)
  .where(between(book.createdAt, "2024-01-01 00:00:00+00", "2024-12-31 23:59:59.999999+00"))
  .orderBy(asc(book.title))

// Book.objects.filter(created_at__hour=12)
// query-untranslated: django_datetime_extract($1, "catalog_book"."created_at", $2, $3): SQLite knows no time zones: Django computes the wall time of Europe/London in Python

// Book.objects.filter(created_at__time__lt=time(12, 0))
// query-untranslated: django_datetime_cast_time("catalog_book"."created_at", $1, $2): SQLite knows no time zones: Django computes the wall time of Europe/London in Python

// Book.objects.annotate(y=ExtractYear("published")).values("id", "y")
db
  .select({ id: book.id, y: year<number | null>(book.published) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(m=TruncMonth("published")).values("id", "m")
db
  .select({ id: book.id, m: startOfMonth<string | null>(book.published) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(d=TruncDay("created_at")).values("id", "d")
// query-untranslated: django_datetime_trunc($1, "catalog_book"."created_at", $2, $3): SQLite knows no time zones: Django computes the wall time of Europe/London in Python

// Book.objects.annotate(d=TruncDate("created_at")).values("id", "d")
// query-untranslated: django_datetime_cast_date("catalog_book"."created_at", $1, $2): SQLite knows no time zones: Django computes the wall time of Europe/London in Python

// Book.objects.annotate(y=ExtractYear("published")).values("y").annotate(n=Count("id")).order_by("y")
db
  .select({ y: year<number | null>(book.published), n: count(book.id) })
  .from(book)
  .groupBy(position(1))
  .orderBy(asc(position(1)))

// Book.objects.annotate(m=TruncMonth("published")).values("m").annotate(n=Count("id")).order_by("-m")
db
  .select({ m: startOfMonth<string | null>(book.published), n: count(book.id) })
  .from(book)
  .groupBy(position(1))
  .orderBy(desc(position(1)))

// Book.objects.dates("published", "year")
db
  .selectDistinct({ datefield: startOfYear<string | null>(book.published) })
  .from(book)
  .where(isNotNull(book.published))
  .orderBy(asc(position(1)))

// Book.objects.datetimes("created_at", "month", order="DESC")
// query-untranslated: django_datetime_trunc($1, "catalog_book"."created_at", $2, $3): SQLite knows no time zones: Django computes the wall time of Europe/London in Python

// Book.objects.filter(created_at__gt=F("updated_at") - timedelta(days=1))
db
  .select()
  .from(book)
  .where(gt(book.createdAt, later(book.updatedAt, -86400000000n)))
  .orderBy(asc(book.title))

// Book.objects.annotate(age=F("updated_at") - F("created_at")).values("id", "age")
db
  .select({
    id: book.id,
    age: toMicroseconds(
      subtract<unknown>(microseconds(book.updatedAt), microseconds(book.createdAt)),
    ),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.filter(created_at__lte=Now())
db
  .select()
  .from(book)
  .where(lte(book.createdAt, strftime("%Y-%m-%d %H:%M:%f", "NOW")))
  .orderBy(asc(book.title))

// AudioBook.objects.annotate(longer=F("duration") + timedelta(minutes=5)).values("pk", "longer")
db
  .select({
    pk: audioBook.bookPtrId,
    longer: toMicroseconds(add<unknown>(audioBook.duration, 300000000n)),
  })
  .from(audioBook)
  .innerJoin(book, eq(audioBook.bookPtrId, book.id))
  .orderBy(asc(book.title))

// Book.objects.filter(created_at__lt=F("updated_at") + timedelta(days=-1, hours=2))
db
  .select()
  .from(book)
  .where(lt(book.createdAt, later(book.updatedAt, -79200000000n)))
  .orderBy(asc(book.title))

// Book.objects.annotate(m=Window(RowNumber(), partition_by="author", order_by="pk")).filter(m=1).values("id", "m")
const qualify = db
  .select({
    id: book.id,
    m: over(rowNumber(), { partitionBy: [book.authorId], orderBy: [asc(book.id)] }).as("m"),
    qual0: book.title,
  })
  .from(book)
  .orderBy(asc(book.title))
  .as("qualify");
const qualifyMask = db
  .select({ id: qualify.id, m: scalar(qualify.m).as("m"), qual0: qualify.qual0 })
  .from(qualify)
  .where(eq(qualify.m, 1))
  .as("qualify_mask");
db
  .select({ id: qualifyMask.id, m: toInteger(scalar<unknown>(qualifyMask.m)) })
  .from(qualifyMask)
  .orderBy(asc(qualifyMask.qual0));
