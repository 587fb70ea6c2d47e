// Book.objects.all()
db.select().from(book).orderBy(asc(book.title))

// Book.objects.filter(title="Emma")
db
  .select()
  .from(book)
  .where(eq(book.title, "Emma"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__exact="Emma", in_print=True)
db
  .select()
  .from(book)
  .where(and(eq(book.inPrint, true), eq(book.title, "Emma")))
  .orderBy(asc(book.title))

// Book.objects.exclude(title="Emma")
db
  .select()
  .from(book)
  .where(not(eq(book.title, "Emma")))
  .orderBy(asc(book.title))

// Book.objects.exclude(pages=100)
db
  .select()
  .from(book)
  .where(not(and(eq(book.pages, 100), isNotNull(book.pages))!))
  .orderBy(asc(book.title))

// Book.objects.exclude(pages=100, price__gt=10)
db
  .select()
  .from(book)
  .where(not(and(eq(book.pages, 100), isNotNull(book.pages), gt(book.price, "10"))!))
  .orderBy(asc(book.title))

// Book.objects.exclude(Q(pages=100) | Q(weight__lt=1))
db
  .select()
  .from(book)
  .where(
    not(
      or(
        and(eq(book.pages, 100), isNotNull(book.pages)),
        and(lt(book.weight, 1), isNotNull(book.weight)),
      )!,
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(pages__gt=100)
db
  .select()
  .from(book)
  .where(gt(book.pages, 100))
  .orderBy(asc(book.title))

// Book.objects.filter(pages__gte=100, pages__lt=400)
db
  .select()
  .from(book)
  .where(and(gte(book.pages, 100), lt(book.pages, 400)))
  .orderBy(asc(book.title))

// Book.objects.filter(pages__lte=100)
db
  .select()
  .from(book)
  .where(lte(book.pages, 100))
  .orderBy(asc(book.title))

// Book.objects.filter(price__gt=Decimal("9.99"))
db
  .select()
  .from(book)
  .where(gt(book.price, "9.99"))
  .orderBy(asc(book.title))

// Book.objects.filter(price=10)
db
  .select()
  .from(book)
  .where(eq(book.price, "10"))
  .orderBy(asc(book.title))

// Book.objects.filter(weight__gte=0.5)
db
  .select()
  .from(book)
  .where(gte(book.weight, 0.5))
  .orderBy(asc(book.title))

// Book.objects.filter(copies_sold__gt=2**53)
db
  .select()
  .from(book)
  .where(gt(book.copiesSold, 9007199254740992n))
  .orderBy(asc(book.title))

// Book.objects.filter(copies_sold=5)
db
  .select()
  .from(book)
  .where(eq(book.copiesSold, 5n))
  .orderBy(asc(book.title))

// Book.objects.filter(in_print=True)
db
  .select()
  .from(book)
  .where(eq(book.inPrint, true))
  .orderBy(asc(book.title))

// Book.objects.filter(in_print=False, is_featured=True)
db
  .select()
  .from(book)
  .where(and(eq(book.inPrint, false), eq(book.isFeatured, true)))
  .orderBy(asc(book.title))

// Book.objects.exclude(in_print=True)
db
  .select()
  .from(book)
  .where(eq(book.inPrint, false))
  .orderBy(asc(book.title))

// Book.objects.filter(reference=UUID("00000000-0000-0000-0000-000000000001"))
db
  .select()
  .from(book)
  .where(eq(book.reference, "00000000-0000-0000-0000-000000000001"))
  .orderBy(asc(book.title))

// Book.objects.filter(pk=1)
db
  .select()
  .from(book)
  .where(eq(book.id, 1))
  .orderBy(asc(book.title))

// Book.objects.filter(author=2)
db
  .select()
  .from(book)
  .where(eq(book.authorId, 2))
  .orderBy(asc(book.title))

// Book.objects.filter(binding=Book.Binding.EBOOK)
db
  .select()
  .from(book)
  .where(eq(book.binding, "ebook"))
  .orderBy(asc(book.title))

// Book.objects.filter(audience=Book.Audience.ADULTS)
db
  .select()
  .from(book)
  .where(eq(book.audience, 3))
  .orderBy(asc(book.title))

// Book.objects.filter(Q(pages=100) | Q(pages=200))
db
  .select()
  .from(book)
  .where(or(eq(book.pages, 100), eq(book.pages, 200)))
  .orderBy(asc(book.title))

// Book.objects.filter(Q(in_print=True) & (Q(price__lt=5) | Q(price__gt=50)))
db
  .select()
  .from(book)
  .where(and(eq(book.inPrint, true), or(lt(book.price, "5"), gt(book.price, "50"))))
  .orderBy(asc(book.title))

// Book.objects.filter(~Q(title="Emma"))
db
  .select()
  .from(book)
  .where(not(eq(book.title, "Emma")))
  .orderBy(asc(book.title))

// Book.objects.filter(~(Q(pages=100) | Q(pages=200)))
db
  .select()
  .from(book)
  .where(
    not(
      or(
        and(eq(book.pages, 100), isNotNull(book.pages)),
        and(eq(book.pages, 200), isNotNull(book.pages)),
      )!,
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(Q(in_print=True) ^ Q(is_featured=True))
db
  .select()
  .from(book)
  .where(
    and(
      or(eq(book.inPrint, true), eq(book.isFeatured, true)),
      eq(
        bound<number>(1n),
        add(
          caseWhen([[eq(book.inPrint, true), 1n]], 0n),
          caseWhen([[eq(book.isFeatured, true), 1n]], 0n),
        ),
      ),
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(created_at__lt=F("updated_at"))
db
  .select()
  .from(book)
  .where(lt(book.createdAt, book.updatedAt))
  .orderBy(asc(book.title))

// Book.objects.filter(title=F("subtitle"))
db
  .select()
  .from(book)
  .where(eq(book.title, book.subtitle))
  .orderBy(asc(book.title))

// Book.objects.filter(pages__gt=F("audience") * 100)
db
  .select()
  .from(book)
  .where(gt(book.pages, multiply(book.audience, 100n)))
  .orderBy(asc(book.title))

// Book.objects.filter(price__gte=F("pages") / 10)
db
  .select()
  .from(book)
  .where(gte(book.price, divide(book.pages, 10n)))
  .orderBy(asc(book.title))

// Book.objects.filter(pages=None)
db
  .select()
  .from(book)
  .where(isNull(book.pages))
  .orderBy(asc(book.title))

// Book.objects.filter(pages__isnull=False)
db
  .select()
  .from(book)
  .where(isNotNull(book.pages))
  .orderBy(asc(book.title))

// Book.objects.filter(publisher__isnull=True)
db
  .select()
  .from(book)
  .where(isNull(book.publisherId))
  .orderBy(asc(book.title))

// Book.objects.exclude(publisher__isnull=True)
db
  .select()
  .from(book)
  .where(isNotNull(book.publisherId))
  .orderBy(asc(book.title))

// Book.objects.filter(pages__in=[100, 200, 300])
db
  .select()
  .from(book)
  .where(inArray(book.pages, [100, 200, 300]))
  .orderBy(asc(book.title))

// Book.objects.filter(title__in=["Emma", "Persuasion"])
db
  .select()
  .from(book)
  .where(inArray(book.title, ["Emma", "Persuasion"]))
  .orderBy(asc(book.title))

// Book.objects.exclude(pages__in=[100, 200])
db
  .select()
  .from(book)
  .where(not(and(inArray(book.pages, [100, 200]), isNotNull(book.pages))!))
  .orderBy(asc(book.title))

// Book.objects.filter(pk__in=[])
db
  .select()
  .from(book)
  .where(never)
  .orderBy(asc(book.title))

// Book.objects.exclude(pk__in=[])
db.select().from(book).orderBy(asc(book.title))

// Book.objects.none()
db
  .select()
  .from(book)
  .where(never)
  .orderBy(asc(book.title))

// Book.objects.filter(price__in=[Decimal("1.00"), Decimal("10.00")])
db
  .select()
  .from(book)
  .where(inArray(book.price, ["1.00", "10.00"]))
  .orderBy(asc(book.title))

// Book.objects.filter(pages__range=(100, 300))
db
  .select()
  .from(book)
  .where(between(book.pages, 100, 300))
  .orderBy(asc(book.title))

// Book.objects.filter(published__range=(date(1990, 1, 1), date(2020, 12, 31)))
db
  .select()
  .from(book)
  .where(between(book.published, "1990-01-01", "2020-12-31"))
  .orderBy(asc(book.title))

// Book.objects.filter(price__range=(1, 20))
db
  .select()
  .from(book)
  .where(between(book.price, "1", "20"))
  .orderBy(asc(book.title))

// Book.objects.filter(details={"format": "A5"})
db
  .select()
  .from(book)
  .where(eq(book.details, bound<string>("{\"format\": \"A5\"}")))
  .orderBy(asc(book.title))

// Review.objects.filter(sent_from="192.0.2.1")
db
  .select()
  .from(review)
  .where(eq(review.sentFrom, "192.0.2.1"))
  .orderBy(desc(review.createdAt))

// AudioBook.objects.filter(duration__gt=timedelta(hours=2))
db
  .select({
    id: book.id,
    createdAt: book.createdAt,
    updatedAt: book.updatedAt,
    title: book.title,
    subtitle: book.subtitle,
    slug: book.slug,
    isbn: book.isbn,
    reference: book.reference,
    authorId: book.authorId,
    publisherId: book.publisherId,
    price: book.price,
    published: book.published,
    binding: book.binding,
    audience: book.audience,
    pages: book.pages,
    weight: book.weight,
    copiesSold: book.copiesSold,
    inPrint: book.inPrint,
    isFeatured: book.isFeatured,
    details: book.details,
    cover: book.cover,
    bookPtrId: audioBook.bookPtrId,
    narrator: audioBook.narrator,
    duration: audioBook.duration,
    sampleRate: audioBook.sampleRate,
  })
  .from(audioBook)
  .innerJoin(book, eq(audioBook.bookPtrId, book.id))
  .where(gt(audioBook.duration, 7200000000n))
  .orderBy(asc(book.title))
