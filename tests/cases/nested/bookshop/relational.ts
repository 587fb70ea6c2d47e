// Publisher.objects.prefetch_related('imprints__imprints', 'parent')
import { asc, inArray } from "drizzle-orm";
import { publisher } from "./schema";
import { keysOf, manyBy, oneBy } from "./sql";

export function publishersByParent(db: Db, { publisherIds }: { publisherIds: number[] }) {
  return db
    .select()
    .from(publisher)
    .where(inArray(publisher.parentId, publisherIds))
    .orderBy(asc(publisher.name));
}
export function publishersById(db: Db, { parentIds }: { parentIds: number[] }) {
  return db.select().from(publisher).where(inArray(publisher.id, parentIds));
}
export async function publishersWithImprintsAndParent(db: Db) {
  const publishers = await db.select().from(publisher).orderBy(asc(publisher.name));
  const imprints = await publishersByParent(db, {
    publisherIds: keysOf(publishers, (row) => row.id),
  });
  const imprints2 = await publishersByParent(db, {
    publisherIds: keysOf(imprints, (row) => row.id),
  });
  const parents = await publishersById(db, { parentIds: keysOf(publishers, (row) => row.parentId) });
  const parentOf = oneBy(parents, (row) => row.id);
  const imprintsOf2 = manyBy(imprints2, (row) => row.parentId);
  const imprintsOf = manyBy(
    imprints.map((row) => ({ ...row, imprints: imprintsOf2(row.id) })),
    (row) => row.parentId,
  );
  return publishers.map((row) => ({
    ...row,
    imprints: imprintsOf(row.id),
    parent: parentOf(row.parentId),
  }));
}
export const query = (db: Db) => publishersWithImprintsAndParent(db);
// as one relational query:
import { asc } from "drizzle-orm";
import { publisher } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "publisher" | "publisherRelations">>) =>
  db.query.publisher.findMany({
    orderBy: asc(publisher.name),
    with: {
      imprints: {
        orderBy: asc(publisher.name),
        with: { imprints: { orderBy: asc(publisher.name) } },
      },
      parent: true,
    },
  });

// Book.objects.prefetch_related('reviews__reviewer', 'publisher')
import { asc, desc, inArray } from "drizzle-orm";
import { book, publisher, review, user } from "./schema";
import { keysOf, manyBy, oneBy } from "./sql";

export function reviewsByBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select()
    .from(review)
    .where(inArray(review.bookId, bookIds))
    .orderBy(desc(review.createdAt));
}
export function usersById(db: Db, { reviewerIds }: { reviewerIds: number[] }) {
  return db.select().from(user).where(inArray(user.id, reviewerIds));
}
export function publishersById(db: Db, { publisherIds }: { publisherIds: number[] }) {
  return db.select().from(publisher).where(inArray(publisher.id, publisherIds));
}
export async function booksWithReviewsAndPublisher(db: Db) {
  const books = await db.select().from(book).orderBy(asc(book.title));
  const reviews = await reviewsByBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const reviewers = await usersById(db, { reviewerIds: keysOf(reviews, (row) => row.reviewerId) });
  const publishers = await publishersById(db, {
    publisherIds: keysOf(books, (row) => row.publisherId),
  });
  const publisherOf = oneBy(publishers, (row) => row.id);
  const reviewerOf = oneBy(reviewers, (row) => row.id);
  const reviewsOf = manyBy(
    reviews.map((row) => ({ ...row, reviewer: reviewerOf(row.reviewerId) })),
    (row) => row.bookId,
  );
  return books.map((row) => ({
    ...row,
    reviews: reviewsOf(row.id),
    publisher: publisherOf(row.publisherId),
  }));
}
export const query = (db: Db) => booksWithReviewsAndPublisher(db);
// as one relational query:
import { asc, desc } from "drizzle-orm";
import { book, review } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "book" | "bookRelations" | "review" | "reviewRelations" | "user" | "userRelations" | "publisher" | "publisherRelations">>) =>
  db.query.book.findMany({
    orderBy: asc(book.title),
    with: {
      reviews: { orderBy: desc(review.createdAt), with: { reviewer: true } },
      publisher: true,
    },
  });

// Book.objects.filter(in_print=True).order_by('-price', 'id')[:20].prefetch_related('reviews')
import { asc, desc, eq, inArray } from "drizzle-orm";
import { book, review } from "./schema";
import { keysOf, manyBy } from "./sql";

export function reviewsByBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select()
    .from(review)
    .where(inArray(review.bookId, bookIds))
    .orderBy(desc(review.createdAt));
}
export async function booksWithReviews(db: Db) {
  const books = await db
    .select()
    .from(book)
    .where(eq(book.inPrint, true))
    .orderBy(desc(book.price), asc(book.id))
    .limit(20);
  const reviews = await reviewsByBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const reviewsOf = manyBy(reviews, (row) => row.bookId);
  return books.map((row) => ({ ...row, reviews: reviewsOf(row.id) }));
}
export const query = (db: Db) => booksWithReviews(db);
// as one relational query:
import { asc, desc, eq } from "drizzle-orm";
import { book, review } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "book" | "bookRelations" | "review" | "reviewRelations">>) =>
  db.query.book.findMany({
    where: eq(book.inPrint, true),
    orderBy: [desc(book.price), asc(book.id)],
    limit: 20,
    with: { reviews: { orderBy: desc(review.createdAt) } },
  });

// Book.objects.prefetch_related(Prefetch('reviews', queryset=Review.objects.filter(stars__gt=2).only('stars', 'book', 'created_at')))
import { and, asc, desc, gt, inArray } from "drizzle-orm";
import { book, review } from "./schema";
import { keysOf, manyBy } from "./sql";

export function reviewsByBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select({
      id: review.id,
      createdAt: review.createdAt,
      bookId: review.bookId,
      stars: review.stars,
    })
    .from(review)
    .where(and(gt(review.stars, 2), inArray(review.bookId, bookIds)))
    .orderBy(desc(review.createdAt));
}
export async function booksWithReviews(db: Db) {
  const books = await db.select().from(book).orderBy(asc(book.title));
  const reviews = await reviewsByBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const reviewsOf = manyBy(reviews, (row) => row.bookId);
  return books.map((row) => ({ ...row, reviews: reviewsOf(row.id) }));
}
export const query = (db: Db) => booksWithReviews(db);
// as one relational query:
import { asc, desc, gt } from "drizzle-orm";
import { book, review } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "book" | "bookRelations" | "review" | "reviewRelations">>) =>
  db.query.book.findMany({
    orderBy: asc(book.title),
    with: {
      reviews: {
        columns: { id: true, createdAt: true, bookId: true, stars: true },
        where: gt(review.stars, 2),
        orderBy: desc(review.createdAt),
      },
    },
  });

// Book.objects.select_related('publisher').prefetch_related('publisher__imprints')
import { asc, eq, inArray } from "drizzle-orm";
import { book, publisher } from "./schema";
import { keysOf, manyBy } from "./sql";

export function publishersByParent(db: Db, { publisherIds }: { publisherIds: number[] }) {
  return db
    .select()
    .from(publisher)
    .where(inArray(publisher.parentId, publisherIds))
    .orderBy(asc(publisher.name));
}
export async function booksWithPublisherImprints(db: Db) {
  const books = await db
    .select({ book, publisher })
    .from(book)
    .leftJoin(publisher, eq(book.publisherId, publisher.id))
    .orderBy(asc(book.title));
  const publisherImprints = await publishersByParent(db, {
    publisherIds: keysOf(books, (row) => row.publisher?.id),
  });
  const publisherImprintsOf = manyBy(publisherImprints, (row) => row.parentId);
  return books.map((row) => ({
    ...row,
    publisher: row.publisher && {
      ...row.publisher,
      imprints: publisherImprintsOf(row.publisher.id),
    },
  }));
}
export const query = (db: Db) => booksWithPublisherImprints(db);
// as one relational query:
import { asc } from "drizzle-orm";
import { book, publisher } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "book" | "bookRelations" | "publisher" | "publisherRelations">>) =>
  db.query.book.findMany({
    orderBy: asc(book.title),
    with: { publisher: { with: { imprints: { orderBy: asc(publisher.name) } } } },
  });

// Book.objects.filter(binding=variable('binding')).prefetch_related('author')
import { asc, eq, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, oneBy } from "./sql";

export function booksByBinding(
  db: Db,
  { binding }: { binding: "hardback" | "paperback" | "ebook" },
) {
  return db
    .select()
    .from(book)
    .where(eq(book.binding, binding))
    .orderBy(asc(book.title));
}
export function authorsById(db: Db, { authorIds }: { authorIds: number[] }) {
  return db.select().from(author).where(inArray(author.id, authorIds));
}
export async function booksByBindingWithAuthor(
  db: Db,
  { binding }: { binding: "hardback" | "paperback" | "ebook" },
) {
  const books = await booksByBinding(db, { binding });
  const authors = await authorsById(db, { authorIds: keysOf(books, (row) => row.authorId) });
  const authorOf = oneBy(authors, (row) => row.id);
  return books.map((row) => ({ ...row, author: authorOf(row.authorId) }));
}
export const query = (db: Db) => booksByBindingWithAuthor(db, { binding: "hardback" });
// as one relational query:
import { asc, eq } from "drizzle-orm";
import { book } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "book" | "bookRelations" | "author" | "authorRelations">>) => {
  const binding = "hardback";
  return db.query.book.findMany({
    where: eq(book.binding, binding),
    orderBy: asc(book.title),
    with: { author: true },
  });
};

// Author.objects.prefetch_related('contributions')
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
export async function authorsWithContributions(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const contributions = await contributionsByAuthor(db, {
    authorIds: keysOf(authors, (row) => row.id),
  });
  const contributionsOf = manyBy(contributions, (row) => row.authorId);
  return authors.map((row) => ({ ...row, contributions: contributionsOf(row.id) }));
}
export const query = (db: Db) => authorsWithContributions(db);
// no relational query (db.query): orderBy: it names book, and a relational query knows its own table's columns only

// Customer.objects.prefetch_related('bookmarks__content_type')
import { asc, inArray } from "drizzle-orm";
import { bookmark, contentType, customer } from "./schema";
import { keysOf, manyBy, oneBy } from "./sql";

export function bookmarksByCustomer(db: Db, { customerIds }: { customerIds: number[] }) {
  return db
    .select()
    .from(bookmark)
    .where(inArray(bookmark.customerId, customerIds))
    .orderBy(asc(bookmark.id));
}
export function contentTypesById(db: Db, { contentTypeIds }: { contentTypeIds: number[] }) {
  return db.select().from(contentType).where(inArray(contentType.id, contentTypeIds));
}
export async function customersWithBookmarks(db: Db) {
  const customers = await db.select().from(customer);
  const bookmarks = await bookmarksByCustomer(db, {
    customerIds: keysOf(customers, (row) => row.id),
  });
  const contentTypes = await contentTypesById(db, {
    contentTypeIds: keysOf(bookmarks, (row) => row.contentTypeId),
  });
  const contentTypeOf = oneBy(contentTypes, (row) => row.id);
  const bookmarksOf = manyBy(
    bookmarks.map((row) => ({ ...row, contentType: contentTypeOf(row.contentTypeId) })),
    (row) => row.customerId,
  );
  return customers.map((row) => ({ ...row, bookmarks: bookmarksOf(row.id) }));
}
export const query = (db: Db) => customersWithBookmarks(db);
// no relational query (db.query): bookmark.objectId: nested rows are read as JSON, whose numbers are doubles: digits are lost beyond 2**53
