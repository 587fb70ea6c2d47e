// Book.objects.filter(price__gt=3).delete()
db.transaction(async (tx) => {
  const bookIds = (
    await tx.select({ id: book.id }).from(book).where(gt(book.price, "3"))
  ).map((row) => row.id);
  const orderLines = await tx
    .select({ id: orderLine.id })
    .from(orderLine)
    .where(inArray(orderLine.bookId, bookIds));
  if (orderLines.length > 0) {
    throw new Error("shop.OrderLine.book protects the rows that it refers to");
  }
  await tx.delete(bookTags).where(inArray(bookTags.bookId, bookIds));
  await tx.delete(contribution).where(inArray(contribution.bookId, bookIds));
  await tx.delete(review).where(inArray(review.bookId, bookIds));
  await tx.delete(audioBook).where(inArray(audioBook.bookPtrId, bookIds));
  await tx.delete(book).where(inArray(book.id, bookIds));
});

// Book.objects.get(pk=1).delete()
db.transaction(async (tx) => {
  const [found, another] = await tx.select().from(book).where(eq(book.id, 1)).limit(21);
  if (!found || another) throw new Error("not exactly one book matches");
  const orderLines = await tx
    .select({ id: orderLine.id })
    .from(orderLine)
    .where(inArray(orderLine.bookId, [found.id]));
  if (orderLines.length > 0) {
    throw new Error("shop.OrderLine.book protects the rows that it refers to");
  }
  await tx.delete(bookTags).where(inArray(bookTags.bookId, [found.id]));
  await tx.delete(contribution).where(inArray(contribution.bookId, [found.id]));
  await tx.delete(review).where(inArray(review.bookId, [found.id]));
  await tx.delete(audioBook).where(inArray(audioBook.bookPtrId, [found.id]));
  await tx.delete(book).where(inArray(book.id, [found.id]));
});

// Book.objects.filter(reviews__stars=variable("stars")).delete()
export function deleteBooks(db: Db, { stars }: { stars: 1 | 2 | 3 | 4 | 5 }) {
  return db.transaction(async (tx) => {
    const bookIds = (
      await tx
        .select(getTableColumns(book))
        .from(book)
        .innerJoin(review, eq(book.id, review.bookId))
        .where(eq(review.stars, stars))
    ).map((row) => row.id);
    const orderLines = await tx
      .select({ id: orderLine.id })
      .from(orderLine)
      .where(inArray(orderLine.bookId, bookIds));
    if (orderLines.length > 0) {
      throw new Error("shop.OrderLine.book protects the rows that it refers to");
    }
    await tx.delete(bookTags).where(inArray(bookTags.bookId, bookIds));
    await tx.delete(contribution).where(inArray(contribution.bookId, bookIds));
    await tx.delete(review).where(inArray(review.bookId, bookIds));
    await tx.delete(audioBook).where(inArray(audioBook.bookPtrId, bookIds));
    await tx.delete(book).where(inArray(book.id, bookIds));
  });
}

// Author.objects.filter(pk__in=variable("ids")).delete()
export function deleteAuthors(db: Db, { ids }: { ids: number[] }) {
  return db.transaction(async (tx) => {
    const authorIds = (
      await tx.select({ id: author.id }).from(author).where(inArray(author.id, ids))
    ).map((row) => row.id);
    const bookIds = (
      await tx.select({ id: book.id }).from(book).where(inArray(book.authorId, authorIds))
    ).map((row) => row.id);
    const orderLines = await tx
      .select({ id: orderLine.id })
      .from(orderLine)
      .where(inArray(orderLine.bookId, bookIds));
    if (orderLines.length > 0) {
      throw new Error("shop.OrderLine.book protects the rows that it refers to");
    }
    await tx.delete(bookTags).where(inArray(bookTags.bookId, bookIds));
    await tx.delete(contribution).where(inArray(contribution.bookId, bookIds));
    await tx.delete(review).where(inArray(review.bookId, bookIds));
    await tx
      .delete(authorInfluences)
      .where(
        or(
          inArray(authorInfluences.fromAuthorId, authorIds),
          inArray(authorInfluences.toAuthorId, authorIds),
        ),
      );
    await tx.delete(contribution).where(inArray(contribution.authorId, authorIds));
    await tx.delete(audioBook).where(inArray(audioBook.bookPtrId, bookIds));
    await tx.delete(book).where(inArray(book.id, bookIds));
    await tx.delete(author).where(inArray(author.id, authorIds));
  });
}

// Publisher.objects.filter(name=variable("name")).delete()
export function deletePublishers(db: Db, { name }: { name: string }) {
  return db.transaction(async (tx) => {
    const publisherIds = (
      await tx.select({ id: publisher.id }).from(publisher).where(eq(publisher.name, name))
    ).map((row) => row.id);
    await tx
      .update(publisher)
      .set({ parentId: null, updatedAt: publisher.updatedAt })
      .where(inArray(publisher.parentId, publisherIds));
    await tx
      .update(book)
      .set({ publisherId: null, updatedAt: book.updatedAt })
      .where(inArray(book.publisherId, publisherIds));
    await tx.delete(publisher).where(inArray(publisher.id, publisherIds));
  });
}

// Customer.objects.filter(pk=1).delete()
db.transaction(async (tx) => {
  const customerIds = (
    await tx.select({ id: customer.id }).from(customer).where(eq(customer.id, 1))
  ).map((row) => row.id);
  const orders = await tx
    .select({ number: order.number })
    .from(order)
    .where(inArray(order.customerId, customerIds));
  if (orders.length > 0) throw new Error("shop.Order.customer protects the rows that it refers to");
  await tx.delete(bookmark).where(inArray(bookmark.customerId, customerIds));
  await tx.delete(customer).where(inArray(customer.id, customerIds));
});

// Tag(pk=1).delete()
db.transaction(async (tx) => {
  await tx.delete(bookTags).where(inArray(bookTags.tagId, [1]));
  await tx.delete(tag).where(inArray(tag.id, [1]));
});

// AudioBook.objects.filter(sample_rate__gt=0).delete()
db.transaction(async (tx) => {
  const audioBookIds = (
    await tx
      .select({ id: book.id })
      .from(audioBook)
      .innerJoin(book, eq(audioBook.bookPtrId, book.id))
      .where(gt(audioBook.sampleRate, 0))
  ).map((row) => row.id);
  const orderLines = await tx
    .select({ id: orderLine.id })
    .from(orderLine)
    .where(inArray(orderLine.bookId, audioBookIds));
  if (orderLines.length > 0) {
    throw new Error("shop.OrderLine.book protects the rows that it refers to");
  }
  await tx.delete(bookTags).where(inArray(bookTags.bookId, audioBookIds));
  await tx.delete(contribution).where(inArray(contribution.bookId, audioBookIds));
  await tx.delete(review).where(inArray(review.bookId, audioBookIds));
  await tx.delete(audioBook).where(inArray(audioBook.bookPtrId, audioBookIds));
  await tx.delete(book).where(inArray(book.id, audioBookIds));
});

// get_user_model().objects.filter(pk=variable("pk")).delete()
export function deleteUsers(db: Db, { id }: { id: number }) {
  return db.transaction(async (tx) => {
    const userIds = (
      await tx.select({ id: user.id }).from(user).where(eq(user.id, id))
    ).map((row) => row.id);
    const customerIds = (
      await tx.select({ id: customer.id }).from(customer).where(inArray(customer.userId, userIds))
    ).map((row) => row.id);
    const orders = await tx
      .select({ number: order.number })
      .from(order)
      .where(inArray(order.customerId, customerIds));
    if (orders.length > 0) {
      throw new Error("shop.Order.customer protects the rows that it refers to");
    }
    await tx.delete(bookmark).where(inArray(bookmark.customerId, customerIds));
    await tx.delete(logEntry).where(inArray(logEntry.userId, userIds));
    await tx.delete(userGroups).where(inArray(userGroups.userId, userIds));
    await tx.delete(userUserPermissions).where(inArray(userUserPermissions.userId, userIds));
    await tx
      .update(review)
      .set({ reviewerId: null, updatedAt: review.updatedAt })
      .where(inArray(review.reviewerId, userIds));
    await tx.delete(customer).where(inArray(customer.id, customerIds));
    await tx.delete(user).where(inArray(user.id, userIds));
  });
}
