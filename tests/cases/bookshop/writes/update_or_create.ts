// Tag.objects.update_or_create(name=variable("name"), defaults={"slug": variable("slug")})
export function updateOrCreateTag(db: Db, { name, slug }: { name: string; slug: string }) {
  return db.transaction(async (tx) => {
    const find = () => tx.select().from(tag).where(eq(tag.name, name)).limit(21).for("update");
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx.insert(tag).values({ name, slug }).onConflictDoNothing().returning();
      if (made) return { tag: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one tag matches");
    const [found] = rows;
    const [changed] = await tx.update(tag).set({ slug }).where(eq(tag.id, found.id)).returning();
    return { tag: changed, created: false };
  });
}

// Book.objects.update_or_create(pk=1, defaults={"price": variable("price"), "title": "t"})
export function updateOrCreateBook(
  db: Db,
  { price, reference, now }: { price: string; reference: string; now: string },
) {
  return db.transaction(async (tx) => {
    const find = () => tx.select().from(book).where(eq(book.id, 1)).limit(21).for("update");
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx
        .insert(book)
        .values({
          id: 1,
          createdAt: now,
          updatedAt: now,
          title: "t",
          subtitle: "",
          slug: "",
          isbn: null,
          reference,
          authorId: cast(null, "bigint"),
          publisherId: null,
          price,
          published: null,
          binding: "paperback",
          audience: 3,
          pages: null,
          weight: null,
          copiesSold: 0n,
          inPrint: true,
          isFeatured: false,
          details: {},
          cover: "",
        })
        .onConflictDoNothing()
        .returning();
      if (made) return { book: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one book matches");
    const [found] = rows;
    const [changed] = await tx
      .update(book)
      .set({
        createdAt: found.createdAt,
        updatedAt: now,
        title: "t",
        price,
        published: found.published,
        cover: found.cover,
      })
      .where(eq(book.id, found.id))
      .returning();
    return { book: changed, created: false };
  });
}

// Review.objects.update_or_create(book_id=1, reviewer_id=2, defaults={"stars": 4})
export function updateOrCreateReview(db: Db, { now }: { now: string }) {
  return db.transaction(async (tx) => {
    const find = () =>
      tx
        .select()
        .from(review)
        .where(and(eq(review.bookId, 1), eq(review.reviewerId, 2)))
        .limit(21)
        .for("update");
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx
        .insert(review)
        .values({
          createdAt: now,
          updatedAt: now,
          bookId: 1,
          reviewerId: 2,
          stars: 4,
          text: "",
          isPublic: false,
          sentFrom: null,
        })
        .onConflictDoNothing()
        .returning();
      if (made) return { review: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one review matches");
    const [found] = rows;
    const [changed] = await tx
      .update(review)
      .set({ createdAt: found.createdAt, updatedAt: now, stars: 4 })
      .where(eq(review.id, found.id))
      .returning();
    return { review: changed, created: false };
  });
}

// Review.objects.update_or_create(book_id=1, reviewer_id=2, defaults={"stars": 4}, create_defaults={"stars": 5, "text": "first"})
export function updateOrCreateReview(db: Db, { now }: { now: string }) {
  return db.transaction(async (tx) => {
    const find = () =>
      tx
        .select()
        .from(review)
        .where(and(eq(review.bookId, 1), eq(review.reviewerId, 2)))
        .limit(21)
        .for("update");
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx
        .insert(review)
        .values({
          createdAt: now,
          updatedAt: now,
          bookId: 1,
          reviewerId: 2,
          stars: 5,
          text: "first",
          isPublic: false,
          sentFrom: null,
        })
        .onConflictDoNothing()
        .returning();
      if (made) return { review: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one review matches");
    const [found] = rows;
    const [changed] = await tx
      .update(review)
      .set({ createdAt: found.createdAt, updatedAt: now, stars: 4 })
      .where(eq(review.id, found.id))
      .returning();
    return { review: changed, created: false };
  });
}

// Customer.objects.update_or_create(user_id=variable("user.id"), defaults={"points": 10, "phone": ""})
export function updateOrCreateCustomer(db: Db, { userId, now }: { userId: number; now: string }) {
  return db.transaction(async (tx) => {
    const find = () =>
      tx
        .select()
        .from(customer)
        .where(eq(customer.userId, userId))
        .limit(21)
        .for("update");
    const rows = await find();
    if (rows.length === 0) {
      const [made] = await tx
        .insert(customer)
        .values({
          createdAt: now,
          updatedAt: now,
          userId,
          phone: "",
          points: 10,
          wantsNewsletter: null,
          deliverAfter: null,
          signature: null,
        })
        .onConflictDoNothing()
        .returning();
      if (made) return { customer: made, created: true };
      rows.push(...(await find()));
    }
    if (rows.length !== 1) throw new Error("not exactly one customer matches");
    const [found] = rows;
    const [changed] = await tx
      .update(customer)
      .set({
        createdAt: found.createdAt,
        updatedAt: now,
        phone: "",
        points: 10,
        deliverAfter: found.deliverAfter,
      })
      .where(eq(customer.id, found.id))
      .returning();
    return { customer: changed, created: false };
  });
}
