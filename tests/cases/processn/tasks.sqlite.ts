// Project.objects.all()
db.select().from(project).orderBy(asc(project.name))

// Project.objects.active()
db
  .select()
  .from(project)
  .where(eq(project.archived, false))
  .orderBy(asc(project.name))

// Project.objects.visible_to(User(pk=1))
db
  .selectDistinct(getTableColumns(project))
  .from(project)
  .leftJoin(member, eq(project.id, member.projectId))
  .where(or(eq(project.public, true), eq(member.userId, 1)))
  .orderBy(asc(project.name))

// Task.objects.filter(project__members__user__username="ann")
db
  .select(getTableColumns(task))
  .from(task)
  .innerJoin(project, eq(task.projectId, project.id))
  .innerJoin(member, eq(project.id, member.projectId))
  .innerJoin(user, eq(member.userId, user.id))
  .where(eq(user.username, "ann"))
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.filter(project__name="Alpha", status="open")
db
  .select(getTableColumns(task))
  .from(task)
  .innerJoin(project, eq(task.projectId, project.id))
  .where(and(eq(project.name, "Alpha"), eq(task.status, "open")))
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.filter(assignee__isnull=True, due__lt=date(2026, 1, 1))
db
  .select()
  .from(task)
  .where(and(isNull(task.assigneeId), lt(task.due, "2026-01-01")))
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.filter(status__in=["open", "started"])
db
  .select()
  .from(task)
  .where(inArray(task.status, ["open", "started"]))
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.exclude(status="done")
db
  .select()
  .from(task)
  .where(not(eq(task.status, "done")))
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.filter(parent__isnull=True)
db
  .select()
  .from(task)
  .where(isNull(task.parentId))
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.filter(parent__parent__title="Root")
const parent = alias(task, "parent");
const parentParent = alias(task, "parent_parent");
db
  .select(getTableColumns(task))
  .from(task)
  .innerJoin(parent, eq(task.parentId, parent.id))
  .innerJoin(parentParent, eq(parent.parentId, parentParent.id))
  .where(eq(parentParent.title, "Root"))
  .orderBy(asc(task.due), asc(task.id));

// Task.objects.filter(subtasks__status="open").distinct()
const subtasks = alias(task, "subtasks");
db
  .selectDistinct(getTableColumns(task))
  .from(task)
  .innerJoin(subtasks, eq(task.id, subtasks.parentId))
  .where(eq(subtasks.status, "open"))
  .orderBy(asc(task.due), asc(task.id));

// Task.objects.filter(labels__name="bug")
db
  .select(getTableColumns(task))
  .from(task)
  .innerJoin(taskLabels, eq(task.id, taskLabels.taskId))
  .innerJoin(label, eq(taskLabels.labelId, label.id))
  .where(eq(label.name, "bug"))
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.exclude(labels__name="bug")
db
  .select()
  .from(task)
  .where(
    notExists(
      db
        .select({ one })
        .from(taskLabels)
        .innerJoin(label, eq(taskLabels.labelId, label.id))
        .where(and(eq(label.name, "bug"), eq(taskLabels.taskId, task.id)))
        .limit(1),
    ),
  )
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.select_related("project", "assignee", "parent")
const parent = alias(task, "parent");
db
  .select({ task, project, parent, assignee: user })
  .from(task)
  .innerJoin(project, eq(task.projectId, project.id))
  .leftJoin(parent, eq(task.parentId, parent.id))
  .leftJoin(user, eq(task.assigneeId, user.id))
  .orderBy(asc(task.due), asc(task.id));

// Task.objects.order_by(F("due").asc(nulls_last=True), "-estimate", "pk")
db.select().from(task).orderBy(nullsLast(asc(task.due)), desc(task.estimate), asc(task.id))

// Task.objects.values("status").annotate(n=Count("id")).order_by("status")
db
  .select({ status: task.status, n: count(task.id) })
  .from(task)
  .groupBy(task.status)
  .orderBy(asc(task.status))

// Task.objects.values("project__name").annotate(hours=Sum("estimate"), n=Count("id"))
db
  .select({
    projectName: project.name,
    hours: toDecimal(cast<unknown>(sum(task.estimate), "numeric")),
    n: count(task.id),
  })
  .from(task)
  .innerJoin(project, eq(task.projectId, project.id))
  .groupBy(project.name)

// Task.objects.aggregate(hours=Sum("estimate"), mean=Avg("estimate"))
db
  .select({
    hours: toDecimal(cast<unknown>(sum(task.estimate), "numeric")),
    mean: toDecimal(cast<unknown>(avg(task.estimate), "numeric")),
  })
  .from(task)

// Project.objects.annotate(open=Count("tasks", filter=Q(tasks__status="open")), all=Count("tasks"))
db
  .select({
    ...getTableColumns(project),
    open: toInteger(filtered<number>(count(task.id), eq(task.status, "open"))),
    all: count(task.id),
  })
  .from(project)
  .leftJoin(task, eq(project.id, task.projectId))
  .groupBy(
    project.id,
    project.guid,
    project.metadata,
    project.createdAt,
    project.updatedAt,
    project.name,
    project.description,
    project.public,
    project.archived,
  )

// Project.objects.annotate(members_count=Count("members", distinct=True), tasks_count=Count("tasks", distinct=True))
db
  .select({
    ...getTableColumns(project),
    membersCount: countDistinct(member.id),
    tasksCount: countDistinct(task.id),
  })
  .from(project)
  .leftJoin(member, eq(project.id, member.projectId))
  .leftJoin(task, eq(project.id, task.projectId))
  .groupBy(
    project.id,
    project.guid,
    project.metadata,
    project.createdAt,
    project.updatedAt,
    project.name,
    project.description,
    project.public,
    project.archived,
  )

// Project.objects.filter(members__role="owner", members__user__username="ann")
db
  .select(getTableColumns(project))
  .from(project)
  .innerJoin(member, eq(project.id, member.projectId))
  .innerJoin(user, eq(member.userId, user.id))
  .where(and(eq(member.role, "owner"), eq(user.username, "ann")))
  .orderBy(asc(project.name))

// Project.objects.filter(members__role="owner").filter(members__user__username="ann")
const members = alias(member, "members");
db
  .select(getTableColumns(project))
  .from(project)
  .innerJoin(member, eq(project.id, member.projectId))
  .innerJoin(members, eq(project.id, members.projectId))
  .innerJoin(user, eq(members.userId, user.id))
  .where(and(eq(member.role, "owner"), eq(user.username, "ann")))
  .orderBy(asc(project.name));

// Project.objects.filter(Exists(Member.objects.filter(project=OuterRef("pk"), user=1, role__in=["owner", "editor"])))
db
  .select()
  .from(project)
  .where(
    exists(
      db
        .select({ one })
        .from(member)
        .where(
          and(
            eq(member.projectId, project.id),
            inArray(member.role, ["owner", "editor"]),
            eq(member.userId, 1),
          ),
        )
        .limit(1),
    ),
  )
  .orderBy(asc(project.name))

// Project.objects.annotate(last=Subquery(Task.objects.filter(project=OuterRef("pk")).order_by("-created_at", "pk").values("title")[:1])).values("name", "last")
db
  .select({
    name: project.name,
    last: scalar<string | null>(
      db
        .select({ title: task.title })
        .from(task)
        .where(eq(task.projectId, project.id))
        .orderBy(desc(task.createdAt), asc(task.id))
        .limit(1),
    ),
  })
  .from(project)
  .orderBy(asc(project.name))

// Task.objects.filter(metadata__priority="high")
db
  .select()
  .from(task)
  .where(
    eq(
      caseWhen(
        [
          [
            inArray(jsonType(task.metadata, "$.\"priority\""), ["null", "false", "true"]),
            jsonType(task.metadata, "$.\"priority\""),
          ],
        ],
        jsonExtract(task.metadata, "$.\"priority\""),
      ),
      jsonExtract("\"high\"", "$"),
    ),
  )
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.filter(guid__in=[UUID("00000000-0000-0000-0000-000000000001")])
db
  .select()
  .from(task)
  .where(inArray(task.guid, ["00000000-0000-0000-0000-000000000001"]))
  .orderBy(asc(task.due), asc(task.id))

// Task.objects.filter(created_at__date__gte=date(2024, 1, 1)).count()
// query-untranslated: django_datetime_cast_date("processn_task"."created_at", $1, $2): SQLite knows no time zones: Django computes the wall time of Europe/Stockholm in Python

// Node.objects.filter(parent__parent__kind="folder")
const parent = alias(node, "parent");
const parentParent = alias(node, "parent_parent");
db
  .select(getTableColumns(node))
  .from(node)
  .innerJoin(parent, eq(node.parentId, parent.id))
  .innerJoin(parentParent, eq(parent.parentId, parentParent.id))
  .where(eq(parentParent.kind, "folder"))
  .orderBy(asc(node.parentId), asc(node.position));

// Node.objects.filter(children__kind="point").distinct()
const children = alias(node, "children");
db
  .selectDistinct(getTableColumns(node))
  .from(node)
  .innerJoin(children, eq(node.id, children.parentId))
  .where(eq(children.kind, "point"))
  .orderBy(asc(node.parentId), asc(node.position));

// NodeGrant.objects.filter(Q(user=1) | Q(group__user=1), level__gte=2)
db
  .select(getTableColumns(nodeGrant))
  .from(nodeGrant)
  .leftJoin(group, eq(nodeGrant.groupId, group.id))
  .leftJoin(userGroups, eq(group.id, userGroups.groupId))
  .where(and(or(eq(nodeGrant.userId, 1), eq(userGroups.userId, 1)), gte(nodeGrant.level, 2)))

// Node.objects.filter(grants__level__gte=2, grants__user__username="ann").distinct()
db
  .selectDistinct(getTableColumns(node))
  .from(node)
  .innerJoin(nodeGrant, eq(node.id, nodeGrant.nodeId))
  .innerJoin(user, eq(nodeGrant.userId, user.id))
  .where(and(gte(nodeGrant.level, 2), eq(user.username, "ann")))
  .orderBy(asc(node.parentId), asc(node.position))

// Member.objects.select_related("user", "project").filter(project__archived=False)
db
  .select({ member, user, project })
  .from(member)
  .innerJoin(project, eq(member.projectId, project.id))
  .innerJoin(user, eq(member.userId, user.id))
  .where(eq(project.archived, false))
  .orderBy(asc(project.name), asc(member.userId))

// User.objects.filter(memberships__project__public=True).distinct().count()
const subquery = db
  .selectDistinct({
    col1: user.id,
    col2: user.password,
    col3: user.lastLogin,
    col4: user.isSuperuser,
    col5: user.username,
    col6: user.firstName,
    col7: user.lastName,
    col8: user.email,
    col9: user.isStaff,
    col10: user.isActive,
    col11: user.dateJoined,
  })
  .from(user)
  .innerJoin(member, eq(user.id, member.userId))
  .innerJoin(project, eq(member.projectId, project.id))
  .where(eq(project.public, true))
  .as("subquery");
db.select({ count: count() }).from(subquery);

// Label.objects.annotate(n=Count("tasks")).filter(n__gt=0).values_list("name", "n")
db
  .select({ name: label.name, n: count(taskLabels.taskId) })
  .from(label)
  .leftJoin(taskLabels, eq(label.id, taskLabels.labelId))
  .groupBy(
    label.id,
    label.guid,
    label.metadata,
    label.createdAt,
    label.updatedAt,
    label.name,
    label.color,
  )
  .having(gt(count(taskLabels.taskId), 0))
