// Book.objects.filter(author__name="Jane Austen")
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .where(eq(author.name, "Jane Austen"))
  .orderBy(asc(book.title))

// Book.objects.filter(publisher__name="Penguin")
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(publisher, eq(book.publisherId, publisher.id))
  .where(eq(publisher.name, "Penguin"))
  .orderBy(asc(book.title))

// Book.objects.filter(publisher__parent__name="Bertelsmann")
const publisherParent = alias(publisher, "publisher_parent");
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(publisher, eq(book.publisherId, publisher.id))
  .innerJoin(publisherParent, eq(publisher.parentId, publisherParent.id))
  .where(eq(publisherParent.name, "Bertelsmann"))
  .orderBy(asc(book.title));

// Book.objects.filter(publisher__name__isnull=True)
db
  .select(getTableColumns(book))
  .from(book)
  .leftJoin(publisher, eq(book.publisherId, publisher.id))
  .where(isNull(publisher.name))
  .orderBy(asc(book.title))

// Book.objects.exclude(publisher__name="Penguin")
db
  .select(getTableColumns(book))
  .from(book)
  .leftJoin(publisher, eq(book.publisherId, publisher.id))
  .where(not(and(eq(publisher.name, "Penguin"), isNotNull(publisher.name))!))
  .orderBy(asc(book.title))

// Book.objects.exclude(author__email="a@example.org")
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .where(not(and(eq(author.email, "a@example.org"), isNotNull(author.email))!))
  .orderBy(asc(book.title))

// Book.objects.filter(tags__name="classic")
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(bookTags, eq(book.id, bookTags.bookId))
  .innerJoin(tag, eq(bookTags.tagId, tag.id))
  .where(eq(tag.name, "classic"))
  .orderBy(asc(book.title))

// Book.objects.filter(tags__name="classic").distinct()
db
  .selectDistinct(getTableColumns(book))
  .from(book)
  .innerJoin(bookTags, eq(book.id, bookTags.bookId))
  .innerJoin(tag, eq(bookTags.tagId, tag.id))
  .where(eq(tag.name, "classic"))
  .orderBy(asc(book.title))

// Book.objects.filter(tags__name="classic").filter(tags__name="novel")
const bookTags2 = alias(bookTags, "book_tags2");
const bookTagsTag = alias(tag, "book_tags_tag");
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(bookTags, eq(book.id, bookTags.bookId))
  .innerJoin(tag, eq(bookTags.tagId, tag.id))
  .innerJoin(bookTags2, eq(book.id, bookTags2.bookId))
  .innerJoin(bookTagsTag, eq(bookTags2.tagId, bookTagsTag.id))
  .where(and(eq(tag.name, "classic"), eq(bookTagsTag.name, "novel")))
  .orderBy(asc(book.title));

// Book.objects.filter(tags__name__in=["classic", "novel"]).distinct()
db
  .selectDistinct(getTableColumns(book))
  .from(book)
  .innerJoin(bookTags, eq(book.id, bookTags.bookId))
  .innerJoin(tag, eq(bookTags.tagId, tag.id))
  .where(inArray(tag.name, ["classic", "novel"]))
  .orderBy(asc(book.title))

// Book.objects.exclude(tags__name="classic")
db
  .select()
  .from(book)
  .where(
    notExists(
      db
        .select({ one })
        .from(bookTags)
        .innerJoin(tag, eq(bookTags.tagId, tag.id))
        .where(and(eq(tag.name, "classic"), eq(bookTags.bookId, book.id)))
        .limit(1),
    ),
  )
  .orderBy(asc(book.title))

// Book.objects.filter(tags=1)
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(bookTags, eq(book.id, bookTags.bookId))
  .where(eq(bookTags.tagId, 1))
  .orderBy(asc(book.title))

// Book.objects.filter(tags__isnull=True)
db
  .select(getTableColumns(book))
  .from(book)
  .leftJoin(bookTags, eq(book.id, bookTags.bookId))
  .where(isNull(bookTags.tagId))
  .orderBy(asc(book.title))

// Author.objects.filter(books__price__gt=20)
db
  .select(getTableColumns(author))
  .from(author)
  .innerJoin(book, eq(author.id, book.authorId))
  .where(gt(book.price, "20"))
  .orderBy(asc(author.name))

// Author.objects.filter(books__price__gt=20, books__in_print=True)
db
  .select(getTableColumns(author))
  .from(author)
  .innerJoin(book, eq(author.id, book.authorId))
  .where(and(eq(book.inPrint, true), gt(book.price, "20")))
  .orderBy(asc(author.name))

// Author.objects.filter(books__price__gt=20).filter(books__in_print=True)
const books = alias(book, "books");
db
  .select(getTableColumns(author))
  .from(author)
  .innerJoin(book, eq(author.id, book.authorId))
  .innerJoin(books, eq(author.id, books.authorId))
  .where(and(gt(book.price, "20"), eq(books.inPrint, true)))
  .orderBy(asc(author.name));

// Author.objects.filter(books__isnull=True)
db
  .select(getTableColumns(author))
  .from(author)
  .leftJoin(book, eq(author.id, book.authorId))
  .where(isNull(book.id))
  .orderBy(asc(author.name))

// Author.objects.exclude(books__price__gt=20)
db
  .select()
  .from(author)
  .where(
    notExists(
      db
        .select({ one })
        .from(book)
        .where(and(gt(book.price, "20"), eq(book.authorId, author.id)))
        .limit(1),
    ),
  )
  .orderBy(asc(author.name))

// Author.objects.exclude(books__reviews__stars=5)
db
  .select()
  .from(author)
  .where(
    notExists(
      db
        .select({ one })
        .from(book)
        .innerJoin(review, eq(book.id, review.bookId))
        .where(and(eq(review.stars, 5), eq(book.authorId, author.id)))
        .limit(1),
    ),
  )
  .orderBy(asc(author.name))

// Author.objects.filter(books__reviews__stars=5).distinct()
db
  .selectDistinct(getTableColumns(author))
  .from(author)
  .innerJoin(book, eq(author.id, book.authorId))
  .innerJoin(review, eq(book.id, review.bookId))
  .where(eq(review.stars, 5))
  .orderBy(asc(author.name))

// Author.objects.filter(influences__name="Samuel Johnson")
const authorInfluencesToAuthor = alias(author, "author_influences_to_author");
db
  .select(getTableColumns(author))
  .from(author)
  .innerJoin(authorInfluences, eq(author.id, authorInfluences.fromAuthorId))
  .innerJoin(authorInfluencesToAuthor, eq(authorInfluences.toAuthorId, authorInfluencesToAuthor.id))
  .where(eq(authorInfluencesToAuthor.name, "Samuel Johnson"))
  .orderBy(asc(author.name));

// Author.objects.filter(influenced__name="Samuel Johnson")
const authorInfluencesFromAuthor = alias(author, "author_influences_from_author");
db
  .select(getTableColumns(author))
  .from(author)
  .innerJoin(authorInfluences, eq(author.id, authorInfluences.toAuthorId))
  .innerJoin(
    authorInfluencesFromAuthor,
    eq(authorInfluences.fromAuthorId, authorInfluencesFromAuthor.id),
  )
  .where(eq(authorInfluencesFromAuthor.name, "Samuel Johnson"))
  .orderBy(asc(author.name));

// Author.objects.filter(contributions__role="editor")
db
  .select(getTableColumns(author))
  .from(author)
  .innerJoin(contribution, eq(author.id, contribution.authorId))
  .where(eq(contribution.role, "editor"))
  .orderBy(asc(author.name))

// Author.objects.filter(contributions_to__title="Emma")
db
  .select(getTableColumns(author))
  .from(author)
  .innerJoin(contribution, eq(author.id, contribution.authorId))
  .innerJoin(book, eq(contribution.bookId, book.id))
  .where(eq(book.title, "Emma"))
  .orderBy(asc(author.name))

// Publisher.objects.filter(imprints__name="Penguin")
const imprints = alias(publisher, "imprints");
db
  .select(getTableColumns(publisher))
  .from(publisher)
  .innerJoin(imprints, eq(publisher.id, imprints.parentId))
  .where(eq(imprints.name, "Penguin"))
  .orderBy(asc(publisher.name));

// Publisher.objects.filter(parent__parent__isnull=False)
const parent = alias(publisher, "parent");
db
  .select(getTableColumns(publisher))
  .from(publisher)
  .innerJoin(parent, eq(publisher.parentId, parent.id))
  .where(isNotNull(parent.parentId))
  .orderBy(asc(publisher.name));

// Review.objects.filter(book__author__name="Jane Austen", stars__gte=4)
db
  .select(getTableColumns(review))
  .from(review)
  .innerJoin(book, eq(review.bookId, book.id))
  .innerJoin(author, eq(book.authorId, author.id))
  .where(and(eq(author.name, "Jane Austen"), gte(review.stars, 4)))
  .orderBy(desc(review.createdAt))

// Review.objects.filter(reviewer__username="ann")
db
  .select(getTableColumns(review))
  .from(review)
  .innerJoin(user, eq(review.reviewerId, user.id))
  .where(eq(user.username, "ann"))
  .orderBy(desc(review.createdAt))

// Review.objects.filter(Q(book__publisher__name="Penguin") | Q(reviewer__isnull=True))
db
  .select(getTableColumns(review))
  .from(review)
  .innerJoin(book, eq(review.bookId, book.id))
  .leftJoin(publisher, eq(book.publisherId, publisher.id))
  .where(or(eq(publisher.name, "Penguin"), isNull(review.reviewerId)))
  .orderBy(desc(review.createdAt))

// AudioBook.objects.all()
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
  .orderBy(asc(book.title))

// AudioBook.objects.filter(narrator="Juliet", price__gt=5)
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
  .where(and(eq(audioBook.narrator, "Juliet"), gt(book.price, "5")))
  .orderBy(asc(book.title))

// Book.objects.filter(audiobook__narrator="Juliet")
db
  .select(getTableColumns(book))
  .from(book)
  .innerJoin(audioBook, eq(book.id, audioBook.bookPtrId))
  .where(eq(audioBook.narrator, "Juliet"))
  .orderBy(asc(book.title))

// Classic.objects.all()
db
  .select()
  .from(book)
  .where(lt(book.published, "1950-01-01"))
  .orderBy(asc(book.published))

// Book.objects.select_related("author")
db
  .select({ book, author })
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .orderBy(asc(book.title))

// Book.objects.select_related("publisher")
db
  .select({ book, publisher })
  .from(book)
  .leftJoin(publisher, eq(book.publisherId, publisher.id))
  .orderBy(asc(book.title))

// Book.objects.select_related("author", "publisher__parent")
const publisherParent = alias(publisher, "publisher_parent");
db
  .select({ book, author, publisher, publisherParent })
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .leftJoin(publisher, eq(book.publisherId, publisher.id))
  .leftJoin(publisherParent, eq(publisher.parentId, publisherParent.id))
  .orderBy(asc(book.title));

// Review.objects.select_related("book__author").filter(stars=5)
db
  .select({ review, book, bookAuthor: author })
  .from(review)
  .innerJoin(book, eq(review.bookId, book.id))
  .innerJoin(author, eq(book.authorId, author.id))
  .where(eq(review.stars, 5))
  .orderBy(desc(review.createdAt))

// Contribution.objects.select_related("book", "author").filter(role="editor")
db
  .select({ contribution, book, author })
  .from(contribution)
  .innerJoin(book, eq(contribution.bookId, book.id))
  .innerJoin(author, eq(contribution.authorId, author.id))
  .where(eq(contribution.role, "editor"))
  .orderBy(asc(book.title), asc(contribution.role))

// Publisher.objects.select_related("parent").order_by("parent__name")
const parent = alias(publisher, "parent");
db
  .select({ publisher, parent })
  .from(publisher)
  .leftJoin(parent, eq(publisher.parentId, parent.id))
  .orderBy(asc(parent.name));

// Book.objects.only("title", "price")
db.select({ id: book.id, title: book.title, price: book.price }).from(book).orderBy(asc(book.title))

// Book.objects.defer("details", "cover")
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
  })
  .from(book)
  .orderBy(asc(book.title))

// Book.objects.select_related("author").only("title", "author__name")
db
  .select({
    book: { id: book.id, title: book.title, authorId: book.authorId },
    author: { id: author.id, name: author.name },
  })
  .from(book)
  .innerJoin(author, eq(book.authorId, author.id))
  .orderBy(asc(book.title))

// Book.objects.prefetch_related("tags")
db.select().from(book).orderBy(asc(book.title))

// Author.objects.prefetch_related("books")
db.select().from(author).orderBy(asc(author.name))
