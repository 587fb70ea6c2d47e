// Book.objects.filter(title__contains="mm")
db
  .select()
  .from(book)
  .where(like(book.title, "%mm%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__icontains="EM")
db
  .select()
  .from(book)
  .where(like(upper(book.title), upper("%EM%")))
  .orderBy(asc(book.title))

// Book.objects.filter(title__startswith="E")
db
  .select()
  .from(book)
  .where(like(book.title, "E%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__istartswith="e")
db
  .select()
  .from(book)
  .where(like(upper(book.title), upper("e%")))
  .orderBy(asc(book.title))

// Book.objects.filter(title__endswith="a")
db
  .select()
  .from(book)
  .where(like(book.title, "%a"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__iendswith="A")
db
  .select()
  .from(book)
  .where(like(upper(book.title), upper("%A")))
  .orderBy(asc(book.title))

// Book.objects.filter(title__iexact="emma")
db
  .select()
  .from(book)
  .where(eq(upper(book.title), upper("emma")))
  .orderBy(asc(book.title))

// Book.objects.filter(isbn__iexact=None)
db
  .select()
  .from(book)
  .where(isNull(book.isbn))
  .orderBy(asc(book.title))

// Book.objects.filter(title__contains="50%")
db
  .select()
  .from(book)
  .where(like(book.title, "%50\\%%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__contains="a_b\\c")
db
  .select()
  .from(book)
  .where(like(book.title, "%a\\_b\\\\c%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title="it's \"quoted\" `x` ${y} %s %%")
db
  .select()
  .from(book)
  .where(eq(book.title, "it's \"quoted\" `x` ${y} %s %%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__regex=r"^E.*a$")
db
  .select()
  .from(book)
  .where(matches(book.title, "^E.*a$"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__iregex=r"^e")
db
  .select()
  .from(book)
  .where(matchesAnyCase(book.title, "^e"))
  .orderBy(asc(book.title))

// Book.objects.exclude(subtitle__icontains="novel")
db
  .select()
  .from(book)
  .where(not(like(upper(book.subtitle), upper("%novel%"))))
  .orderBy(asc(book.title))

// Book.objects.filter(title__contains=F("subtitle"))
db
  .select()
  .from(book)
  .where(
    like(
      book.title,
      joined(
        joined(
          cast("%", "text"),
          replace(replace(replace(book.subtitle, "\\", "\\\\"), "%", "\\%"), "_", "\\_"),
        ),
        cast("%", "text"),
      ),
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(author__name__icontains="aus")
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .where(like(upper(author.name), upper("%aus%")))
  .orderBy(asc(book.title))

// Book.objects.annotate(shout=Upper("title")).filter(shout="EMMA")
db
  .select({ ...getTableColumns(book), shout: upper<string>(book.title) })
  .from(book)
  .where(eq(upper(book.title), "EMMA"))
  .orderBy(asc(book.title))

// Book.objects.annotate(n=Length("title")).filter(n__gt=4)
db
  .select({ ...getTableColumns(book), n: length<number>(book.title) })
  .from(book)
  .where(gt(length(book.title), 4))
  .orderBy(asc(book.title))

// Book.objects.annotate(t=Lower(Trim("title"))).values("id", "t")
db
  .select({ id: book.id, t: lower<string | null>(trim(book.title)) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(label=Concat("title", Value(": "), "subtitle")).values("id", "label")
db
  .select({
    id: book.id,
    label: joined<string | null>(
      coalesce(book.title, ""),
      coalesce(joined(coalesce(": ", ""), coalesce(book.subtitle, "")), ""),
    ),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(initial=Substr("title", 1, 1)).values("initial")
db
  .select({ initial: substr<string | null>(book.title, cast(1, "integer"), cast(1, "integer")) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(initial=Left("title", 1), last=Right("title", 2)).values("initial", "last")
db
  .select({
    initial: leftPart<string | null>(book.title, cast(1, "integer")),
    last: rightPart<string | null>(book.title, cast(2, "integer")),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(clean=Replace("title", Value("a"), Value("b"))).values("id", "clean")
db
  .select({ id: book.id, clean: replace<string | null>(book.title, "a", "b") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(padded=LPad("isbn", 15, Value("0"))).values("id", "padded")
db
  .select({ id: book.id, padded: lpad<string | null>(book.isbn, cast(15, "integer"), "0") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(at=StrIndex("title", Value("m"))).values("id", "at")
db
  .select({ id: book.id, at: strpos<number | null>(book.title, "m") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(back=Reverse("title"), twice=Repeat("title", 2)).values("id", "back", "twice")
db
  .select({
    id: book.id,
    back: reverse<string>(book.title),
    twice: repeat<string | null>(book.title, cast(2, "integer")),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(code=MD5("title")).values("id", "code")
db.select({ id: book.id, code: md5<string>(book.title) }).from(book).orderBy(asc(book.title))
