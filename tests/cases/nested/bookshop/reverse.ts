// Author.objects.prefetch_related('books')
import { asc, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
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
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.prefetch_related('books__reviews')
import { asc, desc, inArray } from "drizzle-orm";
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
    .where(inArray(review.bookId, bookIds))
    .orderBy(desc(review.createdAt));
}
export async function authorsWithBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const reviews = await reviewsByBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const reviewsOf = manyBy(reviews, (row) => row.bookId);
  const booksOf = manyBy(
    books.map((row) => ({ ...row, reviews: reviewsOf(row.id) })),
    (row) => row.authorId,
  );
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Publisher.objects.prefetch_related('imprints__imprints')
import { asc, inArray } from "drizzle-orm";
import { publisher } from "./schema";
import { keysOf, manyBy } from "./sql";

export function publishersByParent(db: Db, { publisherIds }: { publisherIds: number[] }) {
  return db
    .select()
    .from(publisher)
    .where(inArray(publisher.parentId, publisherIds))
    .orderBy(asc(publisher.name));
}
export async function publishersWithImprints(db: Db) {
  const publishers = await db.select().from(publisher).orderBy(asc(publisher.name));
  const imprints = await publishersByParent(db, {
    publisherIds: keysOf(publishers, (row) => row.id),
  });
  const imprints2 = await publishersByParent(db, {
    publisherIds: keysOf(imprints, (row) => row.id),
  });
  const imprintsOf2 = manyBy(imprints2, (row) => row.parentId);
  const imprintsOf = manyBy(
    imprints.map((row) => ({ ...row, imprints: imprintsOf2(row.id) })),
    (row) => row.parentId,
  );
  return publishers.map((row) => ({ ...row, imprints: imprintsOf(row.id) }));
}
export const query = (db: Db) => publishersWithImprints(db);
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
    },
  });

// User.objects.prefetch_related('customer')
import { inArray } from "drizzle-orm";
import { customer, user } from "./schema";
import { keysOf, oneBy } from "./sql";

export function customersByUser(db: Db, { userIds }: { userIds: number[] }) {
  return db.select().from(customer).where(inArray(customer.userId, userIds));
}
export async function usersWithCustomer(db: Db) {
  const users = await db.select().from(user);
  const customers = await customersByUser(db, { userIds: keysOf(users, (row) => row.id) });
  const customerOf = oneBy(customers, (row) => row.userId);
  return users.map((row) => ({ ...row, customer: customerOf(row.id) }));
}
export const query = (db: Db) => usersWithCustomer(db);
// no relational query (db.query): customer.signature: nested rows are read as JSON, which has no bytes: they are text

// Customer.objects.prefetch_related('orders__lines')
import { asc, desc, inArray } from "drizzle-orm";
import { customer, order, orderLine } from "./schema";
import { keysOf, manyBy } from "./sql";

export function ordersByCustomer(db: Db, { customerIds }: { customerIds: number[] }) {
  return db
    .select()
    .from(order)
    .where(inArray(order.customerId, customerIds))
    .orderBy(desc(order.placedAt));
}
export function orderLinesByOrder(db: Db, { orderIds }: { orderIds: string[] }) {
  return db
    .select()
    .from(orderLine)
    .where(inArray(orderLine.orderId, orderIds))
    .orderBy(asc(orderLine.id));
}
export async function customersWithOrders(db: Db) {
  const customers = await db.select().from(customer);
  const orders = await ordersByCustomer(db, { customerIds: keysOf(customers, (row) => row.id) });
  const lines = await orderLinesByOrder(db, { orderIds: keysOf(orders, (row) => row.number) });
  const linesOf = manyBy(lines, (row) => row.orderId);
  const ordersOf = manyBy(
    orders.map((row) => ({ ...row, lines: linesOf(row.number) })),
    (row) => row.customerId,
  );
  return customers.map((row) => ({ ...row, orders: ordersOf(row.id) }));
}
export const query = (db: Db) => customersWithOrders(db);
// no relational query (db.query): orderLine.unitPrice: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.filter(born__isnull=False).order_by('-born')[:5].prefetch_related('books')
import { asc, desc, inArray, isNotNull } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export async function authorsWithBooks(db: Db) {
  const authors = await db
    .select()
    .from(author)
    .where(isNotNull(author.born))
    .orderBy(desc(author.born))
    .limit(5);
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const booksOf = manyBy(books, (row) => row.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.filter(name=variable('name')).prefetch_related('books')
import { asc, eq, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, manyBy } from "./sql";

export function authorsByName(db: Db, { name }: { name: string }) {
  return db
    .select()
    .from(author)
    .where(eq(author.name, name))
    .orderBy(asc(author.name));
}
export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export async function authorsByNameWithBooks(db: Db, { name }: { name: string }) {
  const authors = await authorsByName(db, { name });
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const booksOf = manyBy(books, (row) => row.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsByNameWithBooks(db, { name: "a" });
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.prefetch_related('books').first()
import { asc, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select()
    .from(book)
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export async function firstAuthorWithBooks(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name)).limit(1);
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const booksOf = manyBy(books, (row) => row.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => firstAuthorWithBooks(db);
// no relational query (db.query): book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, 9007199254740993.10 is 9007199254740994

// Author.objects.annotate(n=Count('books')).prefetch_related('contributions')
import { asc, count, eq, getTableColumns, inArray } from "drizzle-orm";
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
  const authors = await db
    .select({ ...getTableColumns(author), n: count(book.id) })
    .from(author)
    .leftJoin(book, eq(author.id, book.authorId))
    .groupBy(author.id);
  const contributions = await contributionsByAuthor(db, {
    authorIds: keysOf(authors, (row) => row.id),
  });
  const contributionsOf = manyBy(contributions, (row) => row.authorId);
  return authors.map((row) => ({ ...row, contributions: contributionsOf(row.id) }));
}
export const query = (db: Db) => authorsWithContributions(db);
// no relational query (db.query): groupBy: a relational query has no .groupBy()

// Author.objects.only('name').prefetch_related(Prefetch('books', queryset=Book.objects.only('title', 'author')))
import { asc, inArray } from "drizzle-orm";
import { author, book } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select({ id: book.id, title: book.title, authorId: book.authorId })
    .from(book)
    .where(inArray(book.authorId, authorIds))
    .orderBy(asc(book.title));
}
export async function authorsWithBooks(db: Db) {
  const authors = await db
    .select({ id: author.id, name: author.name })
    .from(author)
    .orderBy(asc(author.name));
  const books = await booksByAuthor(db, { authorIds: keysOf(authors, (row) => row.id) });
  const booksOf = manyBy(books, (row) => row.authorId);
  return authors.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => authorsWithBooks(db);
// as one relational query:
import { asc } from "drizzle-orm";
import { author, book } from "./schema";
import { type NodePgDatabase } from "drizzle-orm/node-postgres";

export const query = (db: NodePgDatabase<Pick<typeof import("./schema"), "author" | "authorRelations" | "book" | "bookRelations">>) =>
  db.query.author.findMany({
    columns: { id: true, name: true },
    orderBy: asc(author.name),
    with: {
      books: { columns: { id: true, title: true, authorId: true }, orderBy: asc(book.title) },
    },
  });
