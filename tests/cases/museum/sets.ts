// Exhibit.objects.filter(seen=True).values("id").union(Exhibit.objects.filter(balance__gt=3).values("id"))
union(
  db.select({ id: exhibit.id }).from(exhibit).where(eq(exhibit.seen, true)),
  db.select({ id: exhibit.id }).from(exhibit).where(gt(exhibit.balance, 3)),
)

// Exhibit.objects.values_list("title").union(Room.objects.values_list("name"), all=True)
unionAll(
  db.select({ title: exhibit.title }).from(exhibit),
  db.select({ title: room.name }).from(room),
)

// Exhibit.objects.values("id").intersection(Exhibit.objects.filter(seen=True).values("id"))
intersect(
  db.select({ id: exhibit.id }).from(exhibit),
  db.select({ id: exhibit.id }).from(exhibit).where(eq(exhibit.seen, true)),
)

// Exhibit.objects.values("id").difference(Exhibit.objects.filter(seen=True).values("id")).order_by("-id")
except(
  db.select({ id: exhibit.id }).from(exhibit),
  db.select({ id: exhibit.id }).from(exhibit).where(eq(exhibit.seen, true)),
).orderBy(desc(position(1)))

// Exhibit.objects.values("id").union(Room.objects.values("id"), Loan.objects.values("number")).order_by("id")[:5]
union(
  union(db.select({ id: exhibit.id }).from(exhibit), db.select({ id: room.id }).from(room)),
  db.select({ id: loan.number }).from(loan),
)
  .orderBy(asc(position(1)))
  .limit(5)

// Exhibit.objects.values("id").union(Room.objects.values("id").difference(Exhibit.objects.filter(seen=True).values("id")))
union(
  db.select({ id: exhibit.id }).from(exhibit),
  except(
    db.select({ id: room.id }).from(room),
    db.select({ id: exhibit.id }).from(exhibit).where(eq(exhibit.seen, true)),
  ),
)

// Exhibit.objects.filter(room__in=Room.objects.filter(floor=1).union(Room.objects.filter(floor=2)).values("id")).values("id")
db
  .select({ id: exhibit.id })
  .from(exhibit)
  .where(
    inArray(
      exhibit.roomId,
      union(
        db.select({ id: room.id }).from(room).where(eq(room.floor, 1)),
        db.select({ id: room.id }).from(room).where(eq(room.floor, 2)),
      ),
    ),
  )

// Room.objects.filter(floor=1).union(Room.objects.filter(floor=2)).count()
const subquery = union(
  db
    .select({ col1: room.id, col2: room.name, col3: room.floor, col4: room.nextId })
    .from(room)
    .where(eq(room.floor, 1)),
  db
    .select({ col1: room.id, col2: room.name, col3: room.floor, col4: room.nextId })
    .from(room)
    .where(eq(room.floor, 2)),
).as("subquery");
db.select({ count: count() }).from(subquery);

// Room.objects.filter(floor=1).union(Room.objects.filter(floor=2)).order_by("name")
union(
  db
    .select({ col1: room.id, col2: room.name, col3: room.floor, col4: room.nextId })
    .from(room)
    .where(eq(room.floor, 1)),
  db
    .select({ col1: room.id, col2: room.name, col3: room.floor, col4: room.nextId })
    .from(room)
    .where(eq(room.floor, 2)),
).orderBy(asc(position(2)))

// Exhibit.objects.order_by("id").values("id")[:3].union(Room.objects.order_by("-id").values("id")[:2])
union(
  db
    .select({ id: exhibit.id })
    .from(exhibit)
    .orderBy(asc(exhibit.id))
    .limit(3),
  db
    .select({ id: room.id })
    .from(room)
    .orderBy(desc(room.id))
    .limit(2),
)

// Exhibit.objects.values("title", kind=Value("exhibit")).union(Room.objects.values("name", kind=Value("room"))).order_by("kind", "title")
union(
  db.select({ title: exhibit.title, kind: cast<string>("exhibit", "text") }).from(exhibit),
  db.select({ title: room.name, kind: cast<string>("room", "text") }).from(room),
).orderBy(asc(position(2)), asc(position(1)))
