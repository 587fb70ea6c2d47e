// Book.objects.select_related('author', 'publisher').prefetch_related('tags')
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, book, bookTags, publisher, tag } from "./schema";
import { keysOf, manyBy } from "./sql";

export function tagsByBookTagsBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select({ bookId: bookTags.bookId, ...getTableColumns(tag) })
    .from(tag)
    .innerJoin(bookTags, eq(tag.id, bookTags.tagId))
    .where(inArray(bookTags.bookId, bookIds))
    .orderBy(asc(tag.name));
}
export async function booksWithTags(db: Db) {
  const books = await db
    .select({ book, author, publisher })
    .from(book)
    .innerJoin(author, eq(book.authorId, author.id))
    .leftJoin(publisher, eq(book.publisherId, publisher.id))
    .orderBy(asc(book.title));
  const tags = await tagsByBookTagsBook(db, { bookIds: keysOf(books, (row) => row.book.id) });
  const tagsOf = manyBy(tags, (row) => row.bookId);
  return books.map((row) => ({ ...row, tags: tagsOf(row.book.id) }));
}
export const query = (db: Db) => booksWithTags(db);
// no relational query (db.query): tags: a relational query goes through the table in between: its rows would be rows of that table

// Book.objects.select_related('author').prefetch_related('author__contributions')
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, book, contribution } from "./schema";
import { keysOf, manyBy } from "./sql";

export function contributionsByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select(getTableColumns(contribution))
    .from(contribution)
    .innerJoin(book, eq(contribution.bookId, book.id))
    .where(inArray(contribution.authorId, authorIds))
    .orderBy(asc(book.title), asc(contribution.role));
}
export async function booksWithAuthorContributions(db: Db) {
  const books = await db
    .select({ book, author })
    .from(book)
    .innerJoin(author, eq(book.authorId, author.id))
    .orderBy(asc(book.title));
  const authorContributions = await contributionsByAuthor(db, {
    authorIds: keysOf(books, (row) => row.author.id),
  });
  const authorContributionsOf = manyBy(authorContributions, (row) => row.authorId);
  return books.map((row) => ({
    ...row,
    author: { ...row.author, contributions: authorContributionsOf(row.author.id) },
  }));
}
export const query = (db: Db) => booksWithAuthorContributions(db);
// no relational query (db.query): orderBy: it names book, and a relational query knows its own table's columns only

// Book.objects.select_related('publisher__parent').prefetch_related('publisher__parent__imprints', 'publisher__imprints')
import { asc, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { book, publisher } from "./schema";
import { keysOf, manyBy } from "./sql";

export function publishersByParent(db: Db, { publisherIds }: { publisherIds: number[] }) {
  return db
    .select()
    .from(publisher)
    .where(inArray(publisher.parentId, publisherIds))
    .orderBy(asc(publisher.name));
}
export async function booksWithPublisherParentImprintsAndPublisherImprints(db: Db) {
  const publisherParent = alias(publisher, "publisher_parent");
  const books = await db
    .select({ book, publisher, publisherParent })
    .from(book)
    .leftJoin(publisher, eq(book.publisherId, publisher.id))
    .leftJoin(publisherParent, eq(publisher.parentId, publisherParent.id))
    .orderBy(asc(book.title));
  const publisherParentImprints = await publishersByParent(db, {
    publisherIds: keysOf(books, (row) => row.publisherParent?.id),
  });
  const publisherImprints = await publishersByParent(db, {
    publisherIds: keysOf(books, (row) => row.publisher?.id),
  });
  const publisherImprintsOf = manyBy(publisherImprints, (row) => row.parentId);
  const publisherParentImprintsOf = manyBy(publisherParentImprints, (row) => row.parentId);
  return books.map((row) => ({
    ...row,
    publisherParent: row.publisherParent && {
      ...row.publisherParent,
      imprints: publisherParentImprintsOf(row.publisherParent.id),
    },
    publisher: row.publisher && {
      ...row.publisher,
      imprints: publisherImprintsOf(row.publisher.id),
    },
  }));
}
export const query = (db: Db) => booksWithPublisherParentImprintsAndPublisherImprints(db);
// as one relational query:
import { asc } from "drizzle-orm";
import { book, publisher } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "book" | "bookRelations" | "publisher" | "publisherRelations">>) =>
  db.query.book.findMany({
    orderBy: asc(book.title),
    with: {
      publisher: {
        with: {
          parent: { with: { imprints: { orderBy: asc(publisher.name) } } },
          imprints: { orderBy: asc(publisher.name) },
        },
      },
    },
  });

// Review.objects.select_related('book__author').prefetch_related('book__tags', 'book__author__influences')
import { asc, desc, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, authorInfluences, book, bookTags, review, tag } from "./schema";
import { keysOf, manyBy } from "./sql";

export function tagsByBookTagsBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select({ bookId: bookTags.bookId, ...getTableColumns(tag) })
    .from(tag)
    .innerJoin(bookTags, eq(tag.id, bookTags.tagId))
    .where(inArray(bookTags.bookId, bookIds))
    .orderBy(asc(tag.name));
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
export async function reviewsWithBookTagsAndBookAuthorInfluences(db: Db) {
  const reviews = await db
    .select({ review, book, bookAuthor: author })
    .from(review)
    .innerJoin(book, eq(review.bookId, book.id))
    .innerJoin(author, eq(book.authorId, author.id))
    .orderBy(desc(review.createdAt));
  const bookTags2 = await tagsByBookTagsBook(db, { bookIds: keysOf(reviews, (row) => row.book.id) });
  const bookAuthorInfluences = await authorsByAuthorInfluencesFromAuthor(db, {
    authorIds: keysOf(reviews, (row) => row.bookAuthor.id),
  });
  const bookAuthorInfluencesOf = manyBy(bookAuthorInfluences, (row) => row.fromAuthorId);
  const bookTagsOf = manyBy(bookTags2, (row) => row.bookId);
  return reviews.map((row) => ({
    ...row,
    book: { ...row.book, tags: bookTagsOf(row.book.id) },
    bookAuthor: { ...row.bookAuthor, influences: bookAuthorInfluencesOf(row.bookAuthor.id) },
  }));
}
export const query = (db: Db) => reviewsWithBookTagsAndBookAuthorInfluences(db);
// no relational query (db.query): book__tags: a relational query goes through the table in between: its rows would be rows of that table

// User.objects.select_related('customer').prefetch_related('customer__orders')
import { desc, eq, inArray } from "drizzle-orm";
import { customer, order, user } from "./schema";
import { keysOf, manyBy } from "./sql";

export function ordersByCustomer(db: Db, { customerIds }: { customerIds: number[] }) {
  return db
    .select()
    .from(order)
    .where(inArray(order.customerId, customerIds))
    .orderBy(desc(order.placedAt));
}
export async function usersWithCustomerOrders(db: Db) {
  const users = await db
    .select({ user, customer })
    .from(user)
    .leftJoin(customer, eq(user.id, customer.userId));
  const customerOrders = await ordersByCustomer(db, {
    customerIds: keysOf(users, (row) => row.customer?.id),
  });
  const customerOrdersOf = manyBy(customerOrders, (row) => row.customerId);
  return users.map((row) => ({
    ...row,
    customer: row.customer && { ...row.customer, orders: customerOrdersOf(row.customer.id) },
  }));
}
export const query = (db: Db) => usersWithCustomerOrders(db);
// no relational query (db.query): customer: it is followed against its foreign key
