// Book.objects.prefetch_related('tags')
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { book, bookTags, tag } from "./schema";
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
  const books = await db.select().from(book).orderBy(asc(book.title));
  const tags = await tagsByBookTagsBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const tagsOf = manyBy(tags, (row) => row.bookId);
  return books.map((row) => ({ ...row, tags: tagsOf(row.id) }));
}
export const query = (db: Db) => booksWithTags(db);
// no relational query (db.query): tags: a relational query goes through the table in between: its rows would be rows of that table

// Tag.objects.prefetch_related('books__author')
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, book, bookTags, tag } from "./schema";
import { keysOf, manyBy, oneBy } from "./sql";

export function booksByBookTagsTag(db: Db, { tagIds }: { tagIds: number[] }) {
  return db
    .select({ tagId: bookTags.tagId, ...getTableColumns(book) })
    .from(book)
    .innerJoin(bookTags, eq(book.id, bookTags.bookId))
    .where(inArray(bookTags.tagId, tagIds))
    .orderBy(asc(book.title));
}
export function authorsById(db: Db, { authorIds }: { authorIds: number[] }) {
  return db.select().from(author).where(inArray(author.id, authorIds));
}
export async function tagsWithBooks(db: Db) {
  const tags = await db.select().from(tag).orderBy(asc(tag.name));
  const books = await booksByBookTagsTag(db, { tagIds: keysOf(tags, (row) => row.id) });
  const authors = await authorsById(db, { authorIds: keysOf(books, (row) => row.authorId) });
  const authorOf = oneBy(authors, (row) => row.id);
  const booksOf = manyBy(
    books.map((row) => ({ ...row, author: authorOf(row.authorId) })),
    (row) => row.tagId,
  );
  return tags.map((row) => ({ ...row, books: booksOf(row.id) }));
}
export const query = (db: Db) => tagsWithBooks(db);
// no relational query (db.query): books: a relational query goes through the table in between: its rows would be rows of that table

// Author.objects.prefetch_related('influences', 'influenced')
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, authorInfluences } from "./schema";
import { keysOf, manyBy } from "./sql";

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
export function authorsByAuthorInfluencesToAuthor(db: Db, { authorIds }: { authorIds: number[] }) {
  return db
    .select({ toAuthorId: authorInfluences.toAuthorId, ...getTableColumns(author) })
    .from(author)
    .innerJoin(authorInfluences, eq(author.id, authorInfluences.fromAuthorId))
    .where(inArray(authorInfluences.toAuthorId, authorIds))
    .orderBy(asc(author.name));
}
export async function authorsWithInfluencesAndInfluenced(db: Db) {
  const authors = await db.select().from(author).orderBy(asc(author.name));
  const influences = await authorsByAuthorInfluencesFromAuthor(db, {
    authorIds: keysOf(authors, (row) => row.id),
  });
  const influenced = await authorsByAuthorInfluencesToAuthor(db, {
    authorIds: keysOf(authors, (row) => row.id),
  });
  const influencedOf = manyBy(influenced, (row) => row.toAuthorId);
  const influencesOf = manyBy(influences, (row) => row.fromAuthorId);
  return authors.map((row) => ({
    ...row,
    influences: influencesOf(row.id),
    influenced: influencedOf(row.id),
  }));
}
export const query = (db: Db) => authorsWithInfluencesAndInfluenced(db);
// no relational query (db.query): influences: a relational query goes through the table in between: its rows would be rows of that table

// Order.objects.prefetch_related('books__tags')
import { asc, desc, eq, getTableColumns, inArray } from "drizzle-orm";
import { book, bookTags, order, orderLine, tag } from "./schema";
import { keysOf, manyBy } from "./sql";

export function booksByOrderLinesOrder(db: Db, { orderIds }: { orderIds: string[] }) {
  return db
    .select({ orderId: orderLine.orderId, ...getTableColumns(book) })
    .from(book)
    .innerJoin(orderLine, eq(book.id, orderLine.bookId))
    .where(inArray(orderLine.orderId, orderIds))
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
export async function ordersWithBooks(db: Db) {
  const orders = await db.select().from(order).orderBy(desc(order.placedAt));
  const books = await booksByOrderLinesOrder(db, { orderIds: keysOf(orders, (row) => row.number) });
  const tags = await tagsByBookTagsBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const tagsOf = manyBy(tags, (row) => row.bookId);
  const booksOf = manyBy(
    books.map((row) => ({ ...row, tags: tagsOf(row.id) })),
    (row) => row.orderId,
  );
  return orders.map((row) => ({ ...row, books: booksOf(row.number) }));
}
export const query = (db: Db) => ordersWithBooks(db);
// no relational query (db.query): books: a relational query goes through the table in between: its rows would be rows of that table

// Book.objects.prefetch_related('contributors', 'contributions')
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { author, book, contribution } from "./schema";
import { keysOf, manyBy } from "./sql";

export function authorsByContributionsBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select({ bookId: contribution.bookId, ...getTableColumns(author) })
    .from(author)
    .innerJoin(contribution, eq(author.id, contribution.authorId))
    .where(inArray(contribution.bookId, bookIds))
    .orderBy(asc(author.name));
}
export function contributionsByBook(db: Db, { bookIds }: { bookIds: number[] }) {
  return db
    .select(getTableColumns(contribution))
    .from(contribution)
    .innerJoin(book, eq(contribution.bookId, book.id))
    .where(inArray(contribution.bookId, bookIds))
    .orderBy(asc(book.title), asc(contribution.role));
}
export async function booksWithContributorsAndContributions(db: Db) {
  const books = await db.select().from(book).orderBy(asc(book.title));
  const contributors = await authorsByContributionsBook(db, {
    bookIds: keysOf(books, (row) => row.id),
  });
  const contributions = await contributionsByBook(db, { bookIds: keysOf(books, (row) => row.id) });
  const contributionsOf = manyBy(contributions, (row) => row.bookId);
  const contributorsOf = manyBy(contributors, (row) => row.bookId);
  return books.map((row) => ({
    ...row,
    contributors: contributorsOf(row.id),
    contributions: contributionsOf(row.id),
  }));
}
export const query = (db: Db) => booksWithContributorsAndContributions(db);
// no relational query (db.query): contributors: a relational query goes through the table in between: its rows would be rows of that table

// AudioBook.objects.prefetch_related('tags')
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { audioBook, book, bookTags, tag } from "./schema";
import { keysOf, manyBy } from "./sql";

export function tagsByBookTagsBook(db: Db, { audiobookIds }: { audiobookIds: number[] }) {
  return db
    .select({ bookId: bookTags.bookId, ...getTableColumns(tag) })
    .from(tag)
    .innerJoin(bookTags, eq(tag.id, bookTags.tagId))
    .where(inArray(bookTags.bookId, audiobookIds))
    .orderBy(asc(tag.name));
}
export async function audioBooksWithTags(db: Db) {
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
  const tags = await tagsByBookTagsBook(db, { audiobookIds: keysOf(audioBooks, (row) => row.id) });
  const tagsOf = manyBy(tags, (row) => row.bookId);
  return audioBooks.map((row) => ({ ...row, tags: tagsOf(row.id) }));
}
export const query = (db: Db) => audioBooksWithTags(db);
// no relational query (db.query): tags: a relational query goes through the table in between: its rows would be rows of that table

// User.objects.prefetch_related('groups__permissions')
import { asc, eq, getTableColumns, inArray } from "drizzle-orm";
import { contentType, group, groupPermissions, permission, user, userGroups } from "./schema";
import { keysOf, manyBy } from "./sql";

export function groupsByUserGroupsUser(db: Db, { userIds }: { userIds: number[] }) {
  return db
    .select({ userId: userGroups.userId, ...getTableColumns(group) })
    .from(group)
    .innerJoin(userGroups, eq(group.id, userGroups.groupId))
    .where(inArray(userGroups.userId, userIds));
}
export function permissionsByGroupPermissionsGroup(db: Db, { groupIds }: { groupIds: number[] }) {
  return db
    .select({ groupId: groupPermissions.groupId, ...getTableColumns(permission) })
    .from(permission)
    .innerJoin(groupPermissions, eq(permission.id, groupPermissions.permissionId))
    .innerJoin(contentType, eq(permission.contentTypeId, contentType.id))
    .where(inArray(groupPermissions.groupId, groupIds))
    .orderBy(asc(contentType.appLabel), asc(contentType.model), asc(permission.codename));
}
export async function usersWithGroups(db: Db) {
  const users = await db.select().from(user);
  const groups = await groupsByUserGroupsUser(db, { userIds: keysOf(users, (row) => row.id) });
  const permissions = await permissionsByGroupPermissionsGroup(db, {
    groupIds: keysOf(groups, (row) => row.id),
  });
  const permissionsOf = manyBy(permissions, (row) => row.groupId);
  const groupsOf = manyBy(
    groups.map((row) => ({ ...row, permissions: permissionsOf(row.id) })),
    (row) => row.userId,
  );
  return users.map((row) => ({ ...row, groups: groupsOf(row.id) }));
}
export const query = (db: Db) => usersWithGroups(db);
// no relational query (db.query): groups: a relational query goes through the table in between: its rows would be rows of that table
