// Exhibit.objects.select_for_update().filter(seen=True).order_by("id")
db
  .select()
  .from(exhibit)
  .where(eq(exhibit.seen, true))
  .orderBy(asc(exhibit.id))
  .for("update")

// Exhibit.objects.select_for_update(skip_locked=True).values("id")
db.select({ id: exhibit.id }).from(exhibit).for("update", { skipLocked: true })

// Exhibit.objects.select_for_update(nowait=True).values("id")
db.select({ id: exhibit.id }).from(exhibit).for("update", { noWait: true })

// Exhibit.objects.select_for_update(no_key=True).values("id")
db.select({ id: exhibit.id }).from(exhibit).for("no key update")

// Exhibit.objects.select_related("room").select_for_update(of=("self",), skip_locked=True).filter(room__isnull=False)
db
  .select({ exhibit, room })
  .from(exhibit)
  .innerJoin(room, eq(exhibit.roomId, room.id))
  .where(isNotNull(exhibit.roomId))
  .for("update", { of: exhibit, skipLocked: true })

// Exhibit.objects.filter(room__floor=1).select_for_update(of=("self", "room")).select_related("room")
db
  .select({ exhibit, room })
  .from(exhibit)
  .innerJoin(room, eq(exhibit.roomId, room.id))
  .where(eq(room.floor, 1))
  .for("update", { of: [exhibit, room] })
