// Book.objects.filter(author=variable("author_id"))
export function booksByAuthor(db: Db, { authorId }: { authorId: number }) {
  return db
    .select()
    .from(book)
    .where(eq(book.authorId, authorId))
    .orderBy(asc(book.title));
}

// Book.objects.filter(author=variable("author"), title__icontains=variable("request.GET['q']")).order_by("pk")
export function booksByAuthorAndTitle(db: Db, { authorId, q }: { authorId: number; q: string }) {
  return db
    .select()
    .from(book)
    .where(and(eq(book.authorId, authorId), likeEscaped(book.title, `%${escapeLike(q)}%`)))
    .orderBy(asc(book.id));
}

// Book.objects.filter(title__startswith=variable("prefix"), title__endswith=variable("suffix"), subtitle__contains=variable("text"))
export function booksByTitleAndSubtitle(
  db: Db,
  { prefix, suffix, text }: { prefix: string; suffix: string; text: string },
) {
  return db
    .select()
    .from(book)
    .where(
      and(
        likeEscaped(book.subtitle, `%${escapeLike(text)}%`),
        likeEscaped(book.title, `%${escapeLike(suffix)}`),
        likeEscaped(book.title, `${escapeLike(prefix)}%`),
      ),
    )
    .orderBy(asc(book.title));
}

// Book.objects.filter(pk__in=variable("ids"), binding=variable("self.kwargs['binding']"))
export function booksByIdAndBinding(
  db: Db,
  { ids, binding }: { ids: number[]; binding: "hardback" | "paperback" | "ebook" },
) {
  return db
    .select()
    .from(book)
    .where(and(eq(book.binding, binding), inArray(book.id, ids)))
    .orderBy(asc(book.title));
}

// Book.objects.filter(pk__in=[variable("first"), variable("second")], audience=variable("audience"))
export function booksByIdAndAudience(
  db: Db,
  { first, second, audience }: { first: number; second: number; audience: 1 | 2 | 3 },
) {
  return db
    .select()
    .from(book)
    .where(and(eq(book.audience, audience), inArray(book.id, [first, second])))
    .orderBy(asc(book.title));
}

// Book.objects.filter(price__range=variable("prices"), published__year=variable("year"))
export function booksByPriceAndPublished(
  db: Db,
  { pricesFrom, pricesTo, year }: { pricesFrom: string; pricesTo: string; year: number },
) {
  return db
    .select()
    .from(book)
    .where(
      and(
        between(book.price, pricesFrom, pricesTo),
        between(book.published, `${year}-01-01`, `${year}-12-31`),
      ),
    )
    .orderBy(asc(book.title));
}

// Book.objects.filter(reference=variable("reference"), copies_sold__gt=variable("least"), weight__lt=variable("weight"))
export function booksByReferenceAndCopiesSoldAndWeight(
  db: Db,
  { reference, least, weight }: { reference: string; least: bigint; weight: number },
) {
  return db
    .select()
    .from(book)
    .where(and(gt(book.copiesSold, least), eq(book.reference, reference), lt(book.weight, weight)))
    .orderBy(asc(book.title));
}

// Book.objects.get(pk=variable("self.kwargs['pk']"))
export function bookById(db: Db, { id }: { id: number }) {
  return db
    .select()
    .from(book)
    .where(eq(book.id, id))
    .limit(21);
}

// Book.objects.filter(author__name=variable("name"), publisher__parent__name__iexact=variable("parent")).count()
const publisherParent = alias(publisher, "publisher_parent");
export function countBooksByAuthorName(db: Db, { name }: { name: string }) {
  return db
    .select({ count: count() })
    .from(book)
    .innerJoin(author, eq(book.authorId, author.id))
    .innerJoin(publisher, eq(book.publisherId, publisher.id))
    .innerJoin(publisherParent, eq(publisher.parentId, publisherParent.id))
    .where(and(eq(author.name, name), likeEscaped(publisherParent.name, "ab")));
}

// Book.objects.filter(author=instance(Author, "author")).exclude(publisher_id=instance(Book, "self").publisher_id).exists()
export function bookExistsByAuthorAndPublisher(
  db: Db,
  { authorId, publisherId }: { authorId: number; publisherId: number },
) {
  return db
    .select({ one: scalar<number>(one) })
    .from(book)
    .where(
      and(
        eq(book.authorId, authorId),
        not(and(eq(book.publisherId, publisherId), isNotNull(book.publisherId))!),
      ),
    )
    .limit(1);
}

// Book.objects.filter(reviews__in=Review.objects.filter(reviewer=instance(get_user_model(), "request.user"), stars__gte=variable("stars")))
const otherReview = alias(review, "other_review");
export function booksByReviewerAndStars(
  db: Db,
  { userId, stars }: { userId: number; stars: 1 | 2 | 3 | 4 | 5 },
) {
  return db
    .select(getTableColumns(book))
    .from(book)
    .innerJoin(review, eq(book.id, review.bookId))
    .where(
      inArray(
        review.id,
        db
          .select({ id: otherReview.id })
          .from(otherReview)
          .where(and(eq(otherReview.reviewerId, userId), gte(otherReview.stars, stars))),
      ),
    )
    .orderBy(asc(book.title));
}

// Book.objects.filter(Q(title=variable("q")) | Q(author__name=variable("q")), created_at__date=variable("day")).first()
// query-untranslated: django_datetime_cast_date("catalog_book"."created_at", $3, $4): SQLite knows no time zones: Django computes the wall time of Europe/London in Python

// Book.objects.filter(in_print=variable("in_print"), pages=variable("pages"))
export function booksByPages(db: Db, { pages }: { pages: number }) {
  return db
    .select()
    .from(book)
    .where(and(eq(book.inPrint, true), eq(book.pages, pages)))
    .orderBy(asc(book.title));
}

// Book.objects.annotate(n=Count("reviews", filter=Q(reviews__stars__gt=variable("stars")))).filter(n__gt=variable("least"))
export function booksByReviewsStars(
  db: Db,
  { stars, least }: { stars: 1 | 2 | 3 | 4 | 5; least: number },
) {
  return db
    .select({
      ...getTableColumns(book),
      n: toInteger(filtered<number>(count(review.id), gt(review.stars, stars))),
    })
    .from(book)
    .leftJoin(review, eq(book.id, review.bookId))
    .groupBy(
      book.id,
      book.createdAt,
      book.updatedAt,
      book.title,
      book.subtitle,
      book.slug,
      book.isbn,
      book.reference,
      book.authorId,
      book.publisherId,
      book.price,
      book.published,
      book.binding,
      book.audience,
      book.pages,
      book.weight,
      book.copiesSold,
      book.inPrint,
      book.isFeatured,
      book.details,
      book.cover,
    )
    .having(gt(filtered(count(review.id), gt(review.stars, stars)), least));
}
