// Book.objects.prefetch_related('author')
import { asc, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, oneBy } from "./sql";

export function authorsById(db: Db, { authorIds }: { authorIds: number[] }) {
  return db.select().from(author).where(inArray(author.id, authorIds));
}
export async function booksWithAuthor(db: Db) {
  const books = await db.select().from(book).orderBy(asc(book.title));
  const authors = await authorsById(db, { authorIds: keysOf(books, (row) => row.authorId) });
  const authorOf = oneBy(authors, (row) => row.id);
  return books.map((row) => ({ ...row, author: authorOf(row.authorId) }));
}
export const query = (db: Db) => booksWithAuthor(db);
// as one relational query:
import { asc } from "drizzle-orm";
import { book } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "book" | "bookRelations" | "author" | "authorRelations">>) =>
  db.query.book.findMany({ orderBy: asc(book.title), with: { author: true } });

// Book.objects.prefetch_related('publisher__parent')
import { asc, inArray } from "drizzle-orm";
import { book, publisher } from "./schema";
import { keysOf, oneBy } from "./sql";

export function publishersById(db: Db, { publisherIds }: { publisherIds: number[] }) {
  return db.select().from(publisher).where(inArray(publisher.id, publisherIds));
}
export function publishersById2(db: Db, { parentIds }: { parentIds: number[] }) {
  return db.select().from(publisher).where(inArray(publisher.id, parentIds));
}
export async function booksWithPublisher(db: Db) {
  const books = await db.select().from(book).orderBy(asc(book.title));
  const publishers = await publishersById(db, {
    publisherIds: keysOf(books, (row) => row.publisherId),
  });
  const parents = await publishersById2(db, {
    parentIds: keysOf(publishers, (row) => row.parentId),
  });
  const parentOf = oneBy(parents, (row) => row.id);
  const publisherOf = oneBy(
    publishers.map((row) => ({ ...row, parent: parentOf(row.parentId) })),
    (row) => row.id,
  );
  return books.map((row) => ({ ...row, publisher: publisherOf(row.publisherId) }));
}
export const query = (db: Db) => booksWithPublisher(db);
// as one relational query:
import { asc } from "drizzle-orm";
import { book } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "book" | "bookRelations" | "publisher" | "publisherRelations">>) =>
  db.query.book.findMany({
    orderBy: asc(book.title),
    with: { publisher: { with: { parent: true } } },
  });

// Review.objects.prefetch_related('book__author__influences', 'reviewer')
import { asc, desc, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, authorInfluences, book, review, user } from "./schema";
import { keysOf, manyBy, oneBy } from "./sql";

export function booksById(db: Db, { bookIds }: { bookIds: number[] }) {
  return db.select().from(book).where(inArray(book.id, bookIds));
}
export function authorsById(db: Db, { authorIds }: { authorIds: number[] }) {
  return db.select().from(author).where(inArray(author.id, authorIds));
}
export function authorsByAuthorInfluencesFromAuthor(
  db: Db,
  { authorIds }: { authorIds: number[] },
) {
  return db
    .select({ fromAuthorId: authorInfluences.fromAuthorId, ...getTableColumns(author) })
    .from(author)
    .innerJoin(authorInfluences, eq(author.id, authorInfluences.toAuthorId))
    .where(inArray(authorInfluences.fromAuthorId, authorIds))
    .orderBy(asc(author.name));
}
export function usersById(db: Db, { reviewerIds }: { reviewerIds: number[] }) {
  return db.select().from(user).where(inArray(user.id, reviewerIds));
}
export async function reviewsWithBookAndReviewer(db: Db) {
  const reviews = await db.select().from(review).orderBy(desc(review.createdAt));
  const books = await booksById(db, { bookIds: keysOf(reviews, (row) => row.bookId) });
  const authors = await authorsById(db, { authorIds: keysOf(books, (row) => row.authorId) });
  const influences = await authorsByAuthorInfluencesFromAuthor(db, {
    authorIds: keysOf(authors, (row) => row.id),
  });
  const reviewers = await usersById(db, { reviewerIds: keysOf(reviews, (row) => row.reviewerId) });
  const reviewerOf = oneBy(reviewers, (row) => row.id);
  const influencesOf = manyBy(influences, (row) => row.fromAuthorId);
  const authorOf = oneBy(
    authors.map((row) => ({ ...row, influences: influencesOf(row.id) })),
    (row) => row.id,
  );
  const bookOf = oneBy(
    books.map((row) => ({ ...row, author: authorOf(row.authorId) })),
    (row) => row.id,
  );
  return reviews.map((row) => ({
    ...row,
    book: bookOf(row.bookId),
    reviewer: reviewerOf(row.reviewerId),
  }));
}
export const query = (db: Db) => reviewsWithBookAndReviewer(db);
// no relational query (db.query): book__author__influences: a relational query goes through the table in between: its rows would be rows of that table

// OrderLine.objects.prefetch_related('order__customer__user')
import { asc, inArray } from "drizzle-orm";
import { customer, order, orderLine, user } from "./schema";
import { keysOf, oneBy } from "./sql";

export function ordersByNumber(db: Db, { orderIds }: { orderIds: string[] }) {
  return db.select().from(order).where(inArray(order.number, orderIds));
}
export function customersById(db: Db, { customerIds }: { customerIds: number[] }) {
  return db.select().from(customer).where(inArray(customer.id, customerIds));
}
export function usersById(db: Db, { userIds }: { userIds: number[] }) {
  return db.select().from(user).where(inArray(user.id, userIds));
}
export async function orderLinesWithOrder(db: Db) {
  const orderLines = await db.select().from(orderLine).orderBy(asc(orderLine.id));
  const orders = await ordersByNumber(db, { orderIds: keysOf(orderLines, (row) => row.orderId) });
  const customers = await customersById(db, {
    customerIds: keysOf(orders, (row) => row.customerId),
  });
  const users = await usersById(db, { userIds: keysOf(customers, (row) => row.userId) });
  const userOf = oneBy(users, (row) => row.id);
  const customerOf = oneBy(
    customers.map((row) => ({ ...row, user: userOf(row.userId) })),
    (row) => row.id,
  );
  const orderOf = oneBy(
    orders.map((row) => ({ ...row, customer: customerOf(row.customerId) })),
    (row) => row.number,
  );
  return orderLines.map((row) => ({ ...row, order: orderOf(row.orderId) }));
}
export const query = (db: Db) => orderLinesWithOrder(db);
// no relational query (db.query): customer.signature: nested rows are read as JSON, which has no bytes: they are text

// Customer.objects.prefetch_related('user__customer')
import { inArray } from "drizzle-orm";
import { customer, user } from "./schema";
import { keysOf, oneBy } from "./sql";

export function usersById(db: Db, { userIds }: { userIds: number[] }) {
  return db.select().from(user).where(inArray(user.id, userIds));
}
export async function customersWithUser(db: Db) {
  const customers = await db.select().from(customer);
  const users = await usersById(db, { userIds: keysOf(customers, (row) => row.userId) });
  const userOf = oneBy(users, (row) => row.id);
  return customers.map((row) => ({ ...row, user: userOf(row.userId) }));
}
export const query = (db: Db) => customersWithUser(db);
// as one relational query:
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "customer" | "customerRelations" | "user" | "userRelations">>) =>
  db.query.customer.findMany({ with: { user: true } });

// AudioBook.objects.prefetch_related('author', 'book_ptr__publisher')
import { asc, eq, inArray } from "drizzle-orm";
import { audioBook, author, book, publisher } from "./schema";
import { keysOf, oneBy } from "./sql";

export function authorsById(db: Db, { authorIds }: { authorIds: number[] }) {
  return db.select().from(author).where(inArray(author.id, authorIds));
}
export function booksById(db: Db, { bookPtrIds }: { bookPtrIds: number[] }) {
  return db.select().from(book).where(inArray(book.id, bookPtrIds));
}
export function publishersById(db: Db, { publisherIds }: { publisherIds: number[] }) {
  return db.select().from(publisher).where(inArray(publisher.id, publisherIds));
}
export async function audioBooksWithAuthorAndBookPtr(db: Db) {
  const audioBooks = await db
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
    .orderBy(asc(book.title));
  const authors = await authorsById(db, { authorIds: keysOf(audioBooks, (row) => row.authorId) });
  const bookPtrs = await booksById(db, { bookPtrIds: keysOf(audioBooks, (row) => row.bookPtrId) });
  const publishers = await publishersById(db, {
    publisherIds: keysOf(bookPtrs, (row) => row.publisherId),
  });
  const publisherOf = oneBy(publishers, (row) => row.id);
  const bookPtrOf = oneBy(
    bookPtrs.map((row) => ({ ...row, publisher: publisherOf(row.publisherId) })),
    (row) => row.id,
  );
  const authorOf = oneBy(authors, (row) => row.id);
  return audioBooks.map((row) => ({
    ...row,
    author: authorOf(row.authorId),
    bookPtr: bookPtrOf(row.bookPtrId),
  }));
}
export const query = (db: Db) => audioBooksWithAuthorAndBookPtr(db);
// no relational query (db.query): orderBy: it names book, and a relational query knows its own table's columns only
