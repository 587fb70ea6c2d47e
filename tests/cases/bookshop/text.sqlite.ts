// Book.objects.filter(title__contains="mm")
db
  .select()
  .from(book)
  .where(likeEscaped(book.title, "%mm%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__icontains="EM")
db
  .select()
  .from(book)
  .where(likeEscaped(book.title, "%EM%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__startswith="E")
db
  .select()
  .from(book)
  .where(likeEscaped(book.title, "E%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__istartswith="e")
db
  .select()
  .from(book)
  .where(likeEscaped(book.title, "e%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__endswith="a")
db
  .select()
  .from(book)
  .where(likeEscaped(book.title, "%a"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__iendswith="A")
db
  .select()
  .from(book)
  .where(likeEscaped(book.title, "%A"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__iexact="emma")
db
  .select()
  .from(book)
  .where(likeEscaped(book.title, "emma"))
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
  .where(likeEscaped(book.title, "%50\\%%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__contains="a_b\\c")
db
  .select()
  .from(book)
  .where(likeEscaped(book.title, "%a\\_b\\\\c%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title="it's \"quoted\" `x` ${y} %s %%")
db
  .select()
  .from(book)
  .where(eq(book.title, "it's \"quoted\" `x` ${y} %s %%"))
  .orderBy(asc(book.title))

// Book.objects.filter(title__regex=r"^E.*a$")
// query-untranslated: "catalog_book"."title" ~ $1: SQLite has no regular expressions: Django runs Python's on its own connection

// Book.objects.filter(title__iregex=r"^e")
// query-untranslated: "catalog_book"."title" ~ '(?i)' || $1: SQLite has no regular expressions: Django runs Python's on its own connection

// Book.objects.exclude(subtitle__icontains="novel")
db
  .select()
  .from(book)
  .where(not(likeEscaped(book.subtitle, "%novel%")))
  .orderBy(asc(book.title))

// Book.objects.filter(title__contains=F("subtitle"))
db
  .select()
  .from(book)
  .where(
    likeEscaped(
      book.title,
      joined(
        joined("%", replace(replace(replace(book.subtitle, "\\", "\\\\"), "%", "\\%"), "_", "\\_")),
        "%",
      ),
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(author__name__icontains="aus")
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .where(likeEscaped(author.name, "%aus%"))
  .orderBy(asc(book.title))

// Book.objects.annotate(shout=Upper("title")).filter(shout="EMMA")
db
  .select({ ...getTableColumns(book), shout: upper<string | null>(book.title) })
  .from(book)
  .where(eq(upper(book.title), "EMMA"))
  .orderBy(asc(book.title))

// Book.objects.annotate(n=Length("title")).filter(n__gt=4)
db
  .select({ ...getTableColumns(book), n: length<number | null>(book.title) })
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
  .select({ initial: substr<string | null>(book.title, 1n, 1n) })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(initial=Left("title", 1), last=Right("title", 2)).values("initial", "last")
db
  .select({
    initial: substr<string | null>(book.title, 1n, 1n),
    last: substr<string | null>(book.title, multiply(2n, -1n), 2n),
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
  .select({ id: book.id, padded: lpad<string | null>(book.isbn, 15n, "0") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(at=StrIndex("title", Value("m"))).values("id", "at")
db
  .select({ id: book.id, at: instr<number | null>(book.title, "m") })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(back=Reverse("title"), twice=Repeat("title", 2)).values("id", "back", "twice")
db
  .select({
    id: book.id,
    back: reverse<string | null>(book.title),
    twice: repeat<string | null>(book.title, 2n),
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.annotate(code=MD5("title")).values("id", "code")
// query-untranslated: MD5("catalog_book"."title"): SQLite has no hashes: Django computes them in Python
