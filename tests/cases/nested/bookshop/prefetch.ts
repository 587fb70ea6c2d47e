// Author.objects.prefetch_related(Prefetch('books', queryset=Book.objects.filter(price__gt=15).order_by('-price', 'id')))
import { and, asc, desc, gt, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(and(gt(book.price, "15"), inArray(book.authorId, authorIds)))
    .orderBy(desc(book.price), asc(book.id));
}
export async function authorsWithBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const booksOf = manyBy(books, (row) => row.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.prefetch_related(Prefetch('books', queryset=Book.objects.filter(in_print=True), to_attr='in_print_books'))
import { and, asc, eq, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(and(eq(book.inPrint, true), inArray(book.authorId, authorIds)))
    .orderBy(asc(book.title));
}
export async function authorsWithInPrintBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const inPrintBooks = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const inPrintBooksOf = manyBy(inPrintBooks, (row) => row.authorId);
  return authors.map((row) => ({ ...row, inPrintBooks: inPrintBooksOf(row.id) }));
}
export const query = (db: Db) => authorsWithInPrintBooks(db);
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.prefetch_related('books', Prefetch('books', queryset=Book.objects.filter(binding='ebook'), to_attr='ebooks'))
import { and, asc, eq, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export function booksByAuthor2(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(and(eq(book.binding, "ebook"), inArray(book.authorId, authorIds)))
    .orderBy(asc(book.title));
}
export async function authorsWithBooksAndEbooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const ebooks = await booksByAuthor2(db, { authorIds: keysOf(authors, (row) => row.id) });
  const ebooksOf = manyBy(ebooks, (row) => row.authorId);
  const booksOf = manyBy(books, (row) => row.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id), ebooks: ebooksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooksAndEbooks(db);
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.prefetch_related(Prefetch('books', queryset=Book.objects.prefetch_related('tags')))
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, book, bookTags, tag } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export function tagsByBookTagsBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select({ bookId: bookTags.bookId, ...getTableColumns(tag) })
    .from(tag)
    .innerJoin(bookTags, eq(tag.id, bookTags.tagId))
    .where(inArray(bookTags.bookId, bookIds))
    .orderBy(asc(tag.name));
}
export async function authorsWithBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const tags = await tagsByBookTagsBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const tagsOf = manyBy(tags, (row) => row.bookId);
  const booksOf = manyBy(
    books.map((row) => ({ ...row, tags: tagsOf(row.id) })),
    (row) => row.authorId,
  );
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// no relational query (db.query): books__tags: a relational query goes through the table in between: its rows would be rows of that table

// Author.objects.prefetch_related(Prefetch('books', queryset=Book.objects.select_related('publisher')))
import { asc, eq, inArray } from "drizzle-orm";
import { author, book, publisher } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select({ book, publisher })
    .from(book)
    .leftJoin(publisher, eq(book.publisherId, publisher.id))
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export async function authorsWithBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const booksOf = manyBy(books, (row) => row.book.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.prefetch_related(Prefetch('books', queryset=Book.objects.annotate(n=Count('reviews'))))
import { asc, count, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, book, review } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select({ ...getTableColumns(book), n: count(review.id) })
    .from(book)
    .leftJoin(review, eq(book.id, review.bookId))
    .where(inArray(book.authorId, authorIds))
    .groupBy(book.id);
}
export async function authorsWithBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const booksOf = manyBy(books, (row) => row.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// no relational query (db.query): groupBy: a relational query has no .groupBy()

// Book.objects.prefetch_related(Prefetch('reviews', queryset=Review.objects.filter(stars__gte=4).order_by('-stars', 'id')[:2], to_attr='best'))
import { and, asc, desc, gt, gte, inArray, lte } from "drizzle-orm";
import { book, review } from "./schema";
import { keysOf, manyBy, over, rowNumber, scalar } from "./sql";

export function reviewsByBook(db: Db, { bookIds }: { bookIds: number[] }) {
  const qualify = db
    .select({
      col1: review.id,
      col2: review.createdAt,
      col3: review.updatedAt,
      col4: review.bookId,
      col5: review.reviewerId,
      col6: review.stars,
      col7: review.text,
      col8: review.isPublic,
      col9: review.sentFrom,
      qual0: over(rowNumber(), {
        partitionBy: [review.bookId],
        orderBy: [desc(review.stars), asc(review.id)],
      }).as("qual0"),
    })
    .from(review)
    .where(and(gte(review.stars, 4), inArray(review.bookId, bookIds)))
    .orderBy(desc(review.stars), asc(review.id))
    .as("qualify");
  const qualifyMask = db
    .select({
      col1: qualify.col1,
      col2: qualify.col2,
      col3: qualify.col3,
      col4: qualify.col4,
      col5: qualify.col5,
      col6: qualify.col6,
      col7: qualify.col7,
      col8: qualify.col8,
      col9: qualify.col9,
      qual0: scalar(qualify.qual0).as("qual0"),
    })
    .from(qualify)
    .where(and(gt(qualify.qual0, 0), lte(qualify.qual0, 2)))
    .as("qualify_mask");
  return db
    .select({
      id: qualifyMask.col1,
      createdAt: qualifyMask.col2,
      updatedAt: qualifyMask.col3,
      bookId: qualifyMask.col4,
      reviewerId: qualifyMask.col5,
      stars: qualifyMask.col6,
      text: qualifyMask.col7,
      isPublic: qualifyMask.col8,
      sentFrom: qualifyMask.col9,
    })
    .from(qualifyMask)
    .orderBy(desc(qualifyMask.col6), asc(qualifyMask.col1));
}
export async function booksWithBest(db: Db) {
  const books = await db.select().from(book).orderBy(asc(book.title));
  const best = await reviewsByBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const bestOf = manyBy(best, (row) => row.bookId);
  return books.map((row) => ({ ...row, best: bestOf(row.id) }));
}
export const query = (db: Db) => booksWithBest(db);
// no relational query (db.query): best: a relational query calls related rows by their relation's name

// Author.objects.prefetch_related(Prefetch('books__reviews', queryset=Review.objects.filter(stars__gte=3).order_by('-stars'), to_attr='good'))
import { and, asc, desc, gte, inArray } from "drizzle-orm";
import { author, book, review } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export function reviewsByBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select()
    .from(review)
    .where(and(gte(review.stars, 3), inArray(review.bookId, bookIds)))
    .orderBy(desc(review.stars));
}
export async function authorsWithBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const good = await reviewsByBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const goodOf = manyBy(good, (row) => row.bookId);
  const booksOf = manyBy(
    books.map((row) => ({ ...row, good: goodOf(row.id) })),
    (row) => row.authorId,
  );
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Book.objects.prefetch_related(Prefetch('author', queryset=Author.objects.filter(born__isnull=False)))
import { and, asc, inArray, isNotNull } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, oneBy } from "./sql";

export function authorsById(db: Db, { authorIds }: { authorIds: number[] }) {
  return db.select().from(author).where(and(isNotNull(author.born), inArray(author.id, authorIds)));
}
export async function booksWithAuthor(db: Db) {
  const books = await db.select().from(book).orderBy(asc(book.title));
  const authors = await authorsById(db, { authorIds: keysOf(books, (row) => row.authorId) });
  const authorOf = oneBy(authors, (row) => row.id);
  return books.map((row) => ({ ...row, author: authorOf(row.authorId) }));
}
export const query = (db: Db) => booksWithAuthor(db);
// no relational query (db.query): TypeScript: Object literal may only specify known properties, and 'where' does not exist in type '{ columns?: { createdAt?: boolean | undefined; updatedAt?: boolean | undefined; id?: boolean | undefined; name?: boolean | undefined; slug?: boolean | undefined; email?: boolean | undefined; born?: boolean | undefined; biography?: boolean | undefined; } | undefined; with?: { ...; } | undefined; extras?: Record<...> ...'.

// Author.objects.prefetch_related(Prefetch('books', queryset=Book.objects.annotate(half=F('price') / 2).defer('details')))
import { asc, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { divide, keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
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
      cover: book.cover,
      half: divide<string | null>(book.price, 2),
    })
    .from(book)
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export async function authorsWithBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const booksOf = manyBy(books, (row) => row.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// no relational query (db.query): half: it is no column of the table: a relational query has no such output
