import { and, eq, exists, gt, inArray, isNull, not, or, sql } from "drizzle-orm";
import { QueryBuilder, alias } from "drizzle-orm/sqlite-core";
import { group, permission, user } from "../schema/auth.ts";
import { contentType } from "../schema/contenttypes.ts";
import { groupObjectPermission, userObjectPermission } from "../schema/guardian.ts";
import { label, member, project, task } from "../schema/processn.ts";
import { Filter, among, forSignedIn, rowsAsked, rowsWhere, same } from "./filters.ts";
import { own } from "./own.ts";
import { decimals } from "./values.ts";
import {
  Registry,
  granted,
  inEveryGroup,
  inSomeGroup,
  isActive,
  isAuthenticated,
  isGranted,
  predicate,
  signedIn,
  there,
  untranslated,
  type User,
} from "./rules.ts";

const rows = new QueryBuilder();

const task2 = alias(task, "processn_task_2");

// What the rules about one processn.Project read of it.
export interface ProjectContext {
  readonly archived: boolean;
  readonly description: string;
  readonly name: string;
  readonly public: boolean;
  readonly userObjectPermissionRows: readonly {
    readonly userId: number;
    readonly permission: {
      readonly codename: string;
      readonly contentType: {
        readonly appLabel: string;
        readonly model: string;
      };
    };
    readonly contentType: {
      readonly appLabel: string;
      readonly model: string;
    };
  }[];
  readonly groupObjectPermissionRows: readonly {
    readonly group: {
      readonly name: string;
    };
    readonly permission: {
      readonly codename: string;
      readonly contentType: {
        readonly appLabel: string;
        readonly model: string;
      };
    };
    readonly contentType: {
      readonly appLabel: string;
      readonly model: string;
    };
  }[];
  readonly members: readonly {
    readonly canAssign: boolean;
    readonly role: string;
    readonly userId: number;
    readonly user: {
      readonly username: string;
    };
  }[];
}

// django-guardian's grants
export const grantedOnProject = (codename: string) =>
  predicate<ProjectContext>(`granted:${codename}`, (user, project) => project !== undefined && isActive(user) && (project.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === codename && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "project" && row.contentType.appLabel === "processn" && row.contentType.model === "project") || project.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === codename && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "project" && row.contentType.appLabel === "processn" && row.contentType.model === "project")));
const grantedOnProjectRows = (viewer: User, codename: string) =>
  Filter
    .always(isActive(viewer))
    .and(
      Filter
        .when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(userObjectPermission)
              .where(
                and(
                  eq(userObjectPermission.objectPk, sql`cast(${project.id} as text)`),
                  same(userObjectPermission.userId, viewer.id),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(permission)
                      .where(
                        and(
                          eq(permission.id, userObjectPermission.permissionId),
                          exists(
                            rows
                              .select({ one: sql`1` })
                              .from(contentType)
                              .where(
                                and(
                                  eq(contentType.id, permission.contentTypeId),
                                  and(
                                    eq(permission.codename, codename),
                                    eq(contentType.appLabel, "processn"),
                                    eq(contentType.model, "project"),
                                  ),
                                ),
                              ),
                          ),
                        ),
                      ),
                  ),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(contentType)
                      .where(
                        and(
                          eq(contentType.id, userObjectPermission.contentTypeId),
                          and(
                            eq(contentType.appLabel, "processn"),
                            eq(contentType.model, "project"),
                          ),
                        ),
                      ),
                  ),
                ),
              ),
          ),
        )
        .or(
          Filter.when(
            exists(
              rows
                .select({ one: sql`1` })
                .from(groupObjectPermission)
                .where(
                  and(
                    eq(groupObjectPermission.objectPk, sql`cast(${project.id} as text)`),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(group)
                        .where(
                          and(
                            eq(group.id, groupObjectPermission.groupId),
                            among(group.name, viewer.groups),
                          ),
                        ),
                    ),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(permission)
                        .where(
                          and(
                            eq(permission.id, groupObjectPermission.permissionId),
                            exists(
                              rows
                                .select({ one: sql`1` })
                                .from(contentType)
                                .where(
                                  and(
                                    eq(contentType.id, permission.contentTypeId),
                                    and(
                                      eq(permission.codename, codename),
                                      eq(contentType.appLabel, "processn"),
                                      eq(contentType.model, "project"),
                                    ),
                                  ),
                                ),
                            ),
                          ),
                        ),
                    ),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(contentType)
                        .where(
                          and(
                            eq(contentType.id, groupObjectPermission.contentTypeId),
                            and(
                              eq(contentType.appLabel, "processn"),
                              eq(contentType.model, "project"),
                            ),
                          ),
                        ),
                    ),
                  ),
                ),
            ),
          ),
        ),
    );

// processn/predicates.py:7
export const isMember = predicate<ProjectContext>(
  "is_member",
  (user, project) => isAuthenticated(user) && signedIn(user) && project.members.some((row) => row.userId === user.id),
);
const isMemberRows = (viewer: User) =>
  Filter
    .always(isAuthenticated(viewer))
    .and(
      forSignedIn(
        viewer,
        Filter.when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(member)
              .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
          ),
        ),
      ),
    );

// processn/predicates.py:12
export const memberCanChange = predicate<ProjectContext>(
  "member_can_change",
  (user, project) => signedIn(user) && project.members.some((row) => row.userId === user.id && ["owner", "editor"].includes(row.role)),
);
const memberCanChangeRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(
            and(
              eq(member.projectId, project.id),
              same(member.userId, viewer.id),
              inArray(member.role, ["owner", "editor"]),
            ),
          ),
      ),
    ),
  );

// processn/predicates.py:32
export const isArchived = predicate<ProjectContext>(
  "is_archived",
  (user, project) => project.archived,
);
const isArchivedRows = (viewer: User) => Filter.when(eq(project.archived, true));

// processn/predicates.py:17
export const memberIsOwner = predicate<ProjectContext>(
  "member_is_owner",
  (user, project) => signedIn(user) && project.members.some((row) => row.userId === user.id && row.role === "owner"),
);
const memberIsOwnerRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(
            and(
              eq(member.projectId, project.id),
              same(member.userId, viewer.id),
              eq(member.role, "owner"),
            ),
          ),
      ),
    ),
  );

// processn/predicates.py:27
export const isPublic = predicate<ProjectContext>("is_public", (user, project) => project.public);
const isPublicRows = (viewer: User) => Filter.when(eq(project.public, true));

// rules/predicates.py:303
export const isStaff = predicate("is_staff", (user) => user.isStaff);

// rules/predicates.py:327
export const isGroupMemberAuditors = predicate(
  "is_group_member:auditors",
  (user) => inEveryGroup(user, ["auditors"]),
);

// cases/rules.py:107
export const amongNothing = predicate<ProjectContext>(
  "among_nothing",
  (user, project) => project.members.some((row) => false),
);
const amongNothingRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(member)
        .where(and(eq(member.projectId, project.id), sql`1 = 0`)),
    ),
  );

// cases/rules.py:175
export const anyMember = predicate<ProjectContext>(
  "any_member",
  (user, project) => project.members.some((row) => row.userId === user.id),
);
const anyMemberRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(member)
        .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
    ),
  );

// cases/rules.py:103
export const anybodyAtAll = predicate<ProjectContext>(
  "anybody_at_all",
  (user, project) => project.members.length > 0,
);
const anybodyAtAllRows = (viewer: User) =>
  Filter.when(
    exists(rows.select({ one: sql`1` }).from(member).where(eq(member.projectId, project.id))),
  );

// cases/rules.py:150
export const asBool = predicate<ProjectContext>(
  "as_bool",
  (user, project) => project.public && !project.archived,
);
const asBoolRows = (viewer: User) =>
  Filter.when(eq(project.public, true)).and(Filter.when(eq(project.archived, true)).not());

// cases/rules.py:179
export const asksItself = predicate<ProjectContext>(
  "asks_itself",
  (user, project) => (isActive(user) && user.isSiteAdmin) || project.public || (isAuthenticated(user) && signedIn(user) && project.members.some((row) => row.userId === user.id)) || (isActive(user) && (project.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === "view_project" && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "project" && row.contentType.appLabel === "processn" && row.contentType.model === "project") || project.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === "view_project" && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "project" && row.contentType.appLabel === "processn" && row.contentType.model === "project"))),
);
const asksItselfRows = (viewer: User) =>
  Filter
    .always(isActive(viewer))
    .and(Filter.always(viewer.isSiteAdmin))
    .or(Filter.when(eq(project.public, true)))
    .or(
      Filter
        .always(isAuthenticated(viewer))
        .and(
          forSignedIn(
            viewer,
            Filter.when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(member)
                  .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
              ),
            ),
          ),
        ),
    )
    .or(
      Filter
        .always(isActive(viewer))
        .and(
          Filter
            .when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(userObjectPermission)
                  .where(
                    and(
                      eq(userObjectPermission.objectPk, sql`cast(${project.id} as text)`),
                      same(userObjectPermission.userId, viewer.id),
                      exists(
                        rows
                          .select({ one: sql`1` })
                          .from(permission)
                          .where(
                            and(
                              eq(permission.id, userObjectPermission.permissionId),
                              exists(
                                rows
                                  .select({ one: sql`1` })
                                  .from(contentType)
                                  .where(
                                    and(
                                      eq(contentType.id, permission.contentTypeId),
                                      and(
                                        eq(permission.codename, "view_project"),
                                        eq(contentType.appLabel, "processn"),
                                        eq(contentType.model, "project"),
                                      ),
                                    ),
                                  ),
                              ),
                            ),
                          ),
                      ),
                      exists(
                        rows
                          .select({ one: sql`1` })
                          .from(contentType)
                          .where(
                            and(
                              eq(contentType.id, userObjectPermission.contentTypeId),
                              and(
                                eq(contentType.appLabel, "processn"),
                                eq(contentType.model, "project"),
                              ),
                            ),
                          ),
                      ),
                    ),
                  ),
              ),
            )
            .or(
              Filter.when(
                exists(
                  rows
                    .select({ one: sql`1` })
                    .from(groupObjectPermission)
                    .where(
                      and(
                        eq(groupObjectPermission.objectPk, sql`cast(${project.id} as text)`),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(group)
                            .where(
                              and(
                                eq(group.id, groupObjectPermission.groupId),
                                among(group.name, viewer.groups),
                              ),
                            ),
                        ),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(permission)
                            .where(
                              and(
                                eq(permission.id, groupObjectPermission.permissionId),
                                exists(
                                  rows
                                    .select({ one: sql`1` })
                                    .from(contentType)
                                    .where(
                                      and(
                                        eq(contentType.id, permission.contentTypeId),
                                        and(
                                          eq(permission.codename, "view_project"),
                                          eq(contentType.appLabel, "processn"),
                                          eq(contentType.model, "project"),
                                        ),
                                      ),
                                    ),
                                ),
                              ),
                            ),
                        ),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(contentType)
                            .where(
                              and(
                                eq(contentType.id, groupObjectPermission.contentTypeId),
                                and(
                                  eq(contentType.appLabel, "processn"),
                                  eq(contentType.model, "project"),
                                ),
                              ),
                            ),
                        ),
                      ),
                    ),
                ),
              ),
            ),
        ),
    );

// processn/predicates.py:22
export const memberCanAssignTasks = predicate<ProjectContext>(
  "member_can_assign_tasks",
  (user, project) => signedIn(user) && project.members.some((row) => row.userId === user.id && row.canAssign === true),
);
const memberCanAssignTasksRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(
            and(
              eq(member.projectId, project.id),
              same(member.userId, viewer.id),
              eq(member.canAssign, true),
            ),
          ),
      ),
    ),
  );

// cases/rules.py:129
export const branches = predicate<ProjectContext>(
  "branches",
  (user, project) => project.archived ? user.isStaff : (project.public ? isActive(user) : user.isSiteAdmin),
);
const branchesRows = (viewer: User) =>
  Filter.choice(
    Filter.when(eq(project.archived, true)),
    Filter.always(viewer.isStaff),
    Filter.choice(
      Filter.when(eq(project.public, true)),
      Filter.always(isActive(viewer)),
      Filter.always(viewer.isSiteAdmin),
    ),
  );

// rules/predicates.py:286
export const isAuthenticated2 = predicate("is_authenticated", (user) => isAuthenticated(user));

// rules/predicates.py:296
export const isSuperuser = predicate("is_superuser", (user) => user.isSiteAdmin);

// rules/predicates.py:278
export const alwaysAllow = predicate("always_allow", (user) => true);

// cases/rules.py:95
export const byKey = predicate<ProjectContext>(
  "by_key",
  (user, project) => project.members.some((row) => row.userId === user.id && row.canAssign === true),
);
const byKeyRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(member)
        .where(
          and(
            eq(member.projectId, project.id),
            same(member.userId, viewer.id),
            eq(member.canAssign, true),
          ),
        ),
    ),
  );

// cases/rules.py:187
export const byNameOfUser = predicate<ProjectContext>(
  "by_name_of_user",
  (user, project) => project.members.some((row) => row.user.username === "eva"),
);
const byNameOfUserRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(member)
        .where(
          and(
            eq(member.projectId, project.id),
            exists(
              rows
                .select({ one: sql`1` })
                .from(user)
                .where(and(eq(user.id, member.userId), eq(user.username, "eva"))),
            ),
          ),
        ),
    ),
  );

// cases/rules.py:199
export const counted = predicate<ProjectContext>(
  "counted",
  (user, project) => project.members.length > 2,
);
const countedRows = (viewer: User) =>
  Filter.when(
    sql`${rows.select({ count: sql`count(*)` }).from(member).where(eq(member.projectId, project.id))} > ${2}`,
  );

// cases/rules.py:119
export const earlyReturns = predicate<ProjectContext>(
  "early_returns",
  (user, project) => isAuthenticated(user) && (user.isStaff || (signedIn(user) && project.members.some((row) => row.userId === user.id && row.role === "owner"))),
);
const earlyReturnsRows = (viewer: User) =>
  Filter
    .always(isAuthenticated(viewer))
    .and(
      Filter
        .always(viewer.isStaff)
        .or(
          forSignedIn(
            viewer,
            Filter.when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(member)
                  .where(
                    and(
                      eq(member.projectId, project.id),
                      same(member.userId, viewer.id),
                      eq(member.role, "owner"),
                    ),
                  ),
              ),
            ),
          ),
        ),
    );

// cases/rules.py:18
export const inner = predicate<ProjectContext>(
  "inner",
  (user, project) => isAuthenticated(user) && project.members.some((row) => row.userId === user.id && row.role === "editor"),
);
const innerRows = (viewer: User) =>
  Filter
    .always(isAuthenticated(viewer))
    .and(
      Filter.when(
        exists(
          rows
            .select({ one: sql`1` })
            .from(member)
            .where(
              and(
                eq(member.projectId, project.id),
                same(member.userId, viewer.id),
                eq(member.role, "editor"),
              ),
            ),
        ),
      ),
    );

// cases/rules.py:191
export const emailOfUser = predicate(
  "email_of_user",
  (user) => own(user).email === "eva@example.com",
);

// cases/rules.py:183
export const excludes = predicate<ProjectContext>(
  "excludes",
  (user, project) => project.members.some((row) => row.role !== "owner"),
);
const excludesRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(member)
        .where(
          and(eq(member.projectId, project.id), sql`(${eq(member.role, "owner")}) is not true`),
        ),
    ),
  );

// cases/rules.py:99
export const filtersInARow = predicate<ProjectContext>(
  "filters_in_a_row",
  (user, project) => signedIn(user) && project.members.some((row) => row.role === "editor" && row.userId === user.id),
);
const filtersInARowRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(
            and(
              eq(member.projectId, project.id),
              eq(member.role, "editor"),
              same(member.userId, viewer.id),
            ),
          ),
      ),
    ),
  );

// cases/rules.py:146
export const general = predicate("general", (user) => isGranted(user, "processn.archive_project"));

// cases/rules.py:142
export const groups = predicate(
  "groups",
  (user) => inSomeGroup(user, ["auditors"]) || inSomeGroup(user, ["planners", "x"]),
);

// cases/rules.py:115
export const helpedByConstant = predicate<ProjectContext>(
  "helped_by_constant",
  (user, project) => isAuthenticated(user) && signedIn(user) && project.members.some((row) => row.userId === user.id && ["reader"].includes(row.role)),
);
const helpedByConstantRows = (viewer: User) =>
  Filter
    .always(isAuthenticated(viewer))
    .and(
      forSignedIn(
        viewer,
        Filter.when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(member)
              .where(
                and(
                  eq(member.projectId, project.id),
                  same(member.userId, viewer.id),
                  inArray(member.role, ["reader"]),
                ),
              ),
          ),
        ),
      ),
    );

// cases/rules.py:111
export const helped = predicate<ProjectContext>(
  "helped",
  (user, project) => isActive(user) && signedIn(user) && project.members.some((row) => row.userId === user.id && ["owner", "editor"].includes(row.role)),
);
const helpedRows = (viewer: User) =>
  Filter
    .always(isActive(viewer))
    .and(
      forSignedIn(
        viewer,
        Filter.when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(member)
              .where(
                and(
                  eq(member.projectId, project.id),
                  same(member.userId, viewer.id),
                  inArray(member.role, ["owner", "editor"]),
                ),
              ),
          ),
        ),
      ),
    );

// cases/rules.py:314
export const lambda = predicate<ProjectContext>(
  "<lambda>",
  (user, project) => project.public && user.isStaff,
);
const lambdaRows = (viewer: User) =>
  Filter.when(eq(project.public, true)).and(Filter.always(viewer.isStaff));

// cases/rules.py:168
export const loops = predicate<ProjectContext>(
  "loops",
  (user, project) => project.members.some((row) => row.userId === user.id),
);
const loopsRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(member)
        .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
    ),
  );

// cases/rules.py:159
export const noAnswer = predicate<ProjectContext>(
  "no_answer",
  (user, project) => project.public ? true : null,
);
const noAnswerRows = (viewer: User) =>
  Filter.choice(Filter.when(eq(project.public, true)), Filter.always(true), Filter.skipped());

// cases/rules.py:154
export const nothingThere = predicate("nothing_there", (user) => false);

// cases/rules.py:18
export const inner2 = predicate<ProjectContext>(
  "inner",
  (user, project) => isAuthenticated(user) && project.members.some((row) => row.userId === user.id && row.role === "owner"),
);
const inner2Rows = (viewer: User) =>
  Filter
    .always(isAuthenticated(viewer))
    .and(
      Filter.when(
        exists(
          rows
            .select({ one: sql`1` })
            .from(member)
            .where(
              and(
                eq(member.projectId, project.id),
                same(member.userId, viewer.id),
                eq(member.role, "owner"),
              ),
            ),
        ),
      ),
    );

// cases/rules.py:71
export const visitorRaises = predicate<ProjectContext>(
  "visitor_raises",
  (user, project) => signedIn(user) && project.members.some((row) => row.userId === user.id),
);
const visitorRaisesRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
      ),
    ),
  );

// cases/rules.py:67
export const signedInOrPublic = predicate<ProjectContext>(
  "signed_in_or_public",
  (user, project) => project.public || isAuthenticated(user),
);
const signedInOrPublicRows = (viewer: User) =>
  Filter.when(eq(project.public, true)).or(Filter.always(isAuthenticated(viewer)));

// cases/rules.py:138
export const ternary = predicate<ProjectContext>(
  "ternary",
  (user, project) => project.archived ? user.isStaff : !user.isStaff,
);
const ternaryRows = (viewer: User) =>
  Filter.choice(
    Filter.when(eq(project.archived, true)),
    Filter.always(viewer.isStaff),
    Filter.always(viewer.isStaff).not(),
  );

// cases/rules.py:59
export const textDiffers = predicate<ProjectContext>(
  "text_differs",
  (user, project) => project.name !== "Quay \"7\" \\ `${x}`",
);
const textDiffersRows = (viewer: User) =>
  Filter.when(eq(project.name, "Quay \"7\" \\ `${x}`")).not();

// cases/rules.py:55
export const textEqual = predicate<ProjectContext>(
  "text_equal",
  (user, project) => project.name === "Harbour",
);
const textEqualRows = (viewer: User) => Filter.when(eq(project.name, "Harbour"));

// cases/rules.py:63
export const truthEqual = predicate<ProjectContext>(
  "truth_equal",
  (user, project) => project.archived === true,
);
const truthEqualRows = (viewer: User) => Filter.when(eq(project.archived, true));

// cases/rules.py:164
export const truthOfText = predicate<ProjectContext>(
  "truth_of_text",
  (user, project) => project.description !== "",
);
const truthOfTextRows = (viewer: User) => Filter.when(eq(project.description, "")).not();

// rules/predicates.py:327
export const isGroupMemberAuditorsPlanners = predicate(
  "is_group_member:auditors,planners",
  (user) => inEveryGroup(user, ["auditors", "planners"]),
);

// cases/rules.py:195
// def two_types(user, project):
//     return project.name == 7
export const twoTypes = untranslated(
  "two_types",
  "`project.name == 7` compares values of two types",
);

// cases/rules.py:34
// def inner(user, project):
//     return not function(user, project)
export const inner3 = untranslated("inner", "`function(user, project)` has no translation");

// cases/rules.py:91
export const visitorIsNobody = predicate<ProjectContext>(
  "visitor_is_nobody",
  (user, project) => project.members.some((row) => row.userId === user.id),
);
const visitorIsNobodyRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(member)
        .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
    ),
  );

// cases/rules.py:83
export const visitorRaisesEarly = predicate<ProjectContext>(
  "visitor_raises_early",
  (user, project) => (signedIn(user) && project.members.some((row) => row.userId === user.id)) || project.public,
);
const visitorRaisesEarlyRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
      ),
    ),
  ).or(Filter.when(eq(project.public, true)));

// cases/rules.py:87
export const visitorRaisesInside = predicate<ProjectContext>(
  "visitor_raises_inside",
  (user, project) => !(signedIn(user) && project.members.some((row) => row.userId === user.id) && project.archived),
);
const visitorRaisesInsideRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
      ),
    ),
  )
    .and(Filter.when(eq(project.archived, true)))
    .not();

// cases/rules.py:79
export const visitorRaisesLate = predicate<ProjectContext>(
  "visitor_raises_late",
  (user, project) => project.public || (signedIn(user) && project.members.some((row) => row.userId === user.id)),
);
const visitorRaisesLateRows = (viewer: User) =>
  Filter
    .when(eq(project.public, true))
    .or(
      forSignedIn(
        viewer,
        Filter.when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(member)
              .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
          ),
        ),
      ),
    );

// cases/rules.py:75
export const visitorRaisesNegated = predicate<ProjectContext>(
  "visitor_raises_negated",
  (user, project) => !(signedIn(user) && project.members.some((row) => row.userId === user.id)),
);
const visitorRaisesNegatedRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
      ),
    ),
  ).not();

// cases/rules.py:26
// @reversed_answer
// def wrapped(user, project):
//     return project.public
export const wrapped = untranslated("wrapped", "a decorator around it may change its answer");

// processn/admin.py:22
// def has_change_permission(self, request, obj=None):
//     if obj is not None and obj.archived:
//         return False
//     return super().has_change_permission(request, obj)
export const projectAdminChange = untranslated(
  "ProjectAdmin change",
  "`has_perm('processn.change_project')` asks a rule without its object",
);

// processn/admin.py:19
export const projectAdminDelete = predicate("ProjectAdmin delete", (user) => user.isSiteAdmin);

// processn/views.py:34
export const inProjectListView = predicate<ProjectContext>(
  "in ProjectListView",
  (user, project) => !isAuthenticated(user) ? project.public === true : (signedIn(user) && (project.public === true || project.members.some((rowA) => project.public === true || rowA.userId === user.id))),
);
const inProjectListViewRows = (viewer: User) =>
  Filter.choice(
    Filter.always(isAuthenticated(viewer)).not(),
    Filter.when(eq(project.public, true)),
    Filter
      .known(() => Filter.always(signedIn(viewer)))
      .and(
        Filter
          .when(eq(project.public, true))
          .or(
            Filter.when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(member)
                  .where(
                    and(
                      eq(member.projectId, project.id),
                      or(eq(project.public, true), same(member.userId, viewer.id)),
                    ),
                  ),
              ),
            ),
          ),
      ),
  );

// processn/api.py:44
export const inProjectViewSet = predicate<ProjectContext>(
  "in ProjectViewSet",
  (user, project) => signedIn(user) && project.members.some((rowA) => rowA.userId === user.id),
);
const inProjectViewSetRows = (viewer: User) =>
  Filter
    .known(() => Filter.always(signedIn(viewer)))
    .and(
      Filter.when(
        exists(
          rows
            .select({ one: sql`1` })
            .from(member)
            .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
        ),
      ),
    );

// authenticated
export const authenticated = predicate("authenticated", (user) => isAuthenticated(user));

// staff
export const staff = predicate("staff", (user) => user.isStaff);

// processn/api.py:28
export const isArchivedInGeneral = predicate("IsArchived in general", (user) => false);

// processn/api.py:21
export const isProjectMember = predicate<ProjectContext>(
  "IsProjectMember",
  (user, project) => signedIn(user) && project.members.some((row) => row.userId === user.id),
);
const isProjectMemberRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(member)
          .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
      ),
    ),
  );

// processn/api.py:31
export const isArchived2 = predicate<ProjectContext>(
  "IsArchived",
  (user, project) => project.archived,
);
const isArchived2Rows = (viewer: User) => Filter.when(eq(project.archived, true));

export const projectRules = new Registry<User, ProjectContext>();

// processn.add_project (processn/models.py:23)
projectRules.add("project.add", granted("processn.add_project").or(grantedOnProject("add_project")));

export const addProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnProjectRows(viewer, "add_project"));

// processn.change_project (processn/models.py:23)
projectRules.add(
  "project.change",
  isMember.and(memberCanChange).and(isArchived.not()).or(grantedOnProject("change_project")),
);

export const changeProjectsWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    isMemberRows(viewer)
      .and(memberCanChangeRows(viewer))
      .and(isArchivedRows(viewer).not())
      .or(grantedOnProjectRows(viewer, "change_project")),
  );

// processn.delete_project (processn/models.py:23)
projectRules.add(
  "project.delete",
  isMember.and(memberIsOwner).or(grantedOnProject("delete_project")),
);

export const deleteProjectsWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    isMemberRows(viewer)
      .and(memberIsOwnerRows(viewer))
      .or(grantedOnProjectRows(viewer, "delete_project")),
  );

// processn.view_project (processn/models.py:23)
projectRules.add("project.view", isPublic.or(isMember).or(grantedOnProject("view_project")));

export const visibleProjectsWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    isPublicRows(viewer).or(isMemberRows(viewer)).or(grantedOnProjectRows(viewer, "view_project")),
  );

// processn.archive_project (processn/models.py:35)
projectRules.add(
  "project.archive",
  granted("processn.archive_project").or(grantedOnProject("archive_project")),
);

export const archiveProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnProjectRows(viewer, "archive_project"));

// processn.audit_project (processn/rules.py:8)
projectRules.add(
  "project.audit",
  isStaff.or(isGroupMemberAuditors).or(grantedOnProject("audit_project")),
);

export const auditProjectsWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    Filter
      .user(isStaff, viewer)
      .or(Filter.user(isGroupMemberAuditors, viewer))
      .or(grantedOnProjectRows(viewer, "audit_project")),
  );

// processn.among_nothing_project (processn/models.py:23)
projectRules.add("project.amongNothing", amongNothing);

export const amongNothingProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, amongNothingRows(viewer));

// processn.any_member_project (processn/models.py:23)
projectRules.add("project.anyMember", anyMember);

export const anyMemberProjectsWhere = (viewer: User) => rowsWhere(viewer, anyMemberRows(viewer));

// processn.anybody_at_all_project (processn/models.py:23)
projectRules.add("project.anybodyAtAll", anybodyAtAll);

export const anybodyAtAllProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, anybodyAtAllRows(viewer));

// processn.as_bool_project (processn/models.py:23)
projectRules.add("project.asBool", asBool);

export const asBoolProjectsWhere = (viewer: User) => rowsWhere(viewer, asBoolRows(viewer));

// processn.asks_itself_project (processn/models.py:23)
projectRules.add("project.asksItself", asksItself);

export const asksItselfProjectsWhere = (viewer: User) => rowsWhere(viewer, asksItselfRows(viewer));

// processn.assign_tasks_project (processn/rules.py:7)
projectRules.add("project.assignTasks", isMember.and(memberCanAssignTasks).and(isArchived.not()));

export const assignTasksProjectsWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    isMemberRows(viewer).and(memberCanAssignTasksRows(viewer)).and(isArchivedRows(viewer).not()),
  );

// processn.branches_project (processn/models.py:23)
projectRules.add("project.branches", branches);

export const branchesProjectsWhere = (viewer: User) => rowsWhere(viewer, branchesRows(viewer));

// processn.built_in_project (cases/rules.py:315)
projectRules.add("project.builtIn", isAuthenticated2.and(isSuperuser.not()).and(alwaysAllow));

export const builtInProjectsWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    Filter
      .user(isAuthenticated2, viewer)
      .and(Filter.user(isSuperuser, viewer).not())
      .and(Filter.user(alwaysAllow, viewer)),
  );

// processn.by_key_project (processn/models.py:23)
projectRules.add("project.byKey", byKey);

export const byKeyProjectsWhere = (viewer: User) => rowsWhere(viewer, byKeyRows(viewer));

// processn.by_name_of_user_project (processn/models.py:23)
projectRules.add("project.byNameOfUser", byNameOfUser);

export const byNameOfUserProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, byNameOfUserRows(viewer));

// processn.counted_project (processn/models.py:23)
projectRules.add("project.counted", counted);

export const countedProjectsWhere = (viewer: User) => rowsWhere(viewer, countedRows(viewer));

// processn.early_returns_project (processn/models.py:23)
projectRules.add("project.earlyReturns", earlyReturns);

export const earlyReturnsProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, earlyReturnsRows(viewer));

// processn.edited_project (cases/rules.py:308)
projectRules.add("project.edited", inner);

export const editedProjectsWhere = (viewer: User) => rowsWhere(viewer, innerRows(viewer));

// processn.email_of_user_project (processn/models.py:23)
projectRules.add("project.emailOfUser", emailOfUser);

export const emailOfUserProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, Filter.user(emailOfUser, viewer));

// processn.excludes_project (processn/models.py:23)
projectRules.add("project.excludes", excludes);

export const excludesProjectsWhere = (viewer: User) => rowsWhere(viewer, excludesRows(viewer));

// processn.exclusive_project (cases/rules.py:309)
projectRules.add("project.exclusive", isStaff.xor(asBool));

export const exclusiveProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, Filter.user(isStaff, viewer).xor(asBoolRows(viewer)));

// processn.filters_in_a_row_project (processn/models.py:23)
projectRules.add("project.filtersInARow", filtersInARow);

export const filtersInARowProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, filtersInARowRows(viewer));

// processn.general_project (processn/models.py:23)
projectRules.add("project.general", general);

export const generalProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, Filter.user(general, viewer));

// processn.groups_project (processn/models.py:23)
projectRules.add("project.groups", groups);

export const groupsProjectsWhere = (viewer: User) => rowsWhere(viewer, Filter.user(groups, viewer));

// processn.helped_by_constant_project (processn/models.py:23)
projectRules.add("project.helpedByConstant", helpedByConstant);

export const helpedByConstantProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, helpedByConstantRows(viewer));

// processn.helped_project (processn/models.py:23)
projectRules.add("project.helped", helped);

export const helpedProjectsWhere = (viewer: User) => rowsWhere(viewer, helpedRows(viewer));

// processn.lambda_project (cases/rules.py:314)
projectRules.add("project.lambda", lambda);

export const lambdaProjectsWhere = (viewer: User) => rowsWhere(viewer, lambdaRows(viewer));

// processn.loops_project (processn/models.py:23)
projectRules.add("project.loops", loops);

export const loopsProjectsWhere = (viewer: User) => rowsWhere(viewer, loopsRows(viewer));

// processn.no_answer_project (processn/models.py:23)
projectRules.add("project.noAnswer", noAnswer);

export const noAnswerProjectsWhere = (viewer: User) => rowsWhere(viewer, noAnswerRows(viewer));

// processn.nothing_there_project (processn/models.py:23)
projectRules.add("project.nothingThere", nothingThere);

export const nothingThereProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, Filter.user(nothingThere, viewer));

// processn.owned_project (cases/rules.py:307)
projectRules.add("project.owned", inner2);

export const ownedProjectsWhere = (viewer: User) => rowsWhere(viewer, inner2Rows(viewer));

// processn.refused_second_project (cases/rules.py:311)
projectRules.add("project.refusedSecond", asBool.or(visitorRaises));

export const refusedSecondProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, asBoolRows(viewer).or(visitorRaisesRows(viewer)));

// processn.refused_then_negated_project (cases/rules.py:310)
projectRules.add("project.refusedThenNegated", visitorRaises.and(asBool).not());

export const refusedThenNegatedProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, visitorRaisesRows(viewer).and(asBoolRows(viewer)).not());

// processn.signed_in_or_public_project (processn/models.py:23)
projectRules.add("project.signedInOrPublic", signedInOrPublic);

export const signedInOrPublicProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, signedInOrPublicRows(viewer));

// processn.ternary_project (processn/models.py:23)
projectRules.add("project.ternary", ternary);

export const ternaryProjectsWhere = (viewer: User) => rowsWhere(viewer, ternaryRows(viewer));

// processn.text_differs_project (processn/models.py:23)
projectRules.add("project.textDiffers", textDiffers);

export const textDiffersProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, textDiffersRows(viewer));

// processn.text_equal_project (processn/models.py:23)
projectRules.add("project.textEqual", textEqual);

export const textEqualProjectsWhere = (viewer: User) => rowsWhere(viewer, textEqualRows(viewer));

// processn.truth_equal_project (processn/models.py:23)
projectRules.add("project.truthEqual", truthEqual);

export const truthEqualProjectsWhere = (viewer: User) => rowsWhere(viewer, truthEqualRows(viewer));

// processn.truth_of_text_project (processn/models.py:23)
projectRules.add("project.truthOfText", truthOfText);

export const truthOfTextProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, truthOfTextRows(viewer));

// processn.two_groups_project (cases/rules.py:316)
projectRules.add("project.twoGroups", isGroupMemberAuditorsPlanners);

export const twoGroupsProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, Filter.user(isGroupMemberAuditorsPlanners, viewer));

// processn.two_types_project (processn/models.py:23)
projectRules.add("project.twoTypes", twoTypes);

export const twoTypesProjectsWhere = (viewer: User) => rowsWhere(viewer, Filter.refused());

// processn.unnamed_project (cases/rules.py:306)
projectRules.add("project.unnamed", inner3);

export const unnamedProjectsWhere = (viewer: User) => rowsWhere(viewer, Filter.refused());

// processn.untranslated_negated_project (cases/rules.py:312)
projectRules.add("project.untranslatedNegated", anyMember.not());

export const untranslatedNegatedProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, anyMemberRows(viewer).not());

// processn.untranslated_second_project (cases/rules.py:313)
projectRules.add("project.untranslatedSecond", asBool.or(anyMember));

export const untranslatedSecondProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, asBoolRows(viewer).or(anyMemberRows(viewer)));

// processn.visitor_is_nobody_project (processn/models.py:23)
projectRules.add("project.visitorIsNobody", visitorIsNobody);

export const visitorIsNobodyProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, visitorIsNobodyRows(viewer));

// processn.visitor_raises_early_project (processn/models.py:23)
projectRules.add("project.visitorRaisesEarly", visitorRaisesEarly);

export const visitorRaisesEarlyProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, visitorRaisesEarlyRows(viewer));

// processn.visitor_raises_inside_project (processn/models.py:23)
projectRules.add("project.visitorRaisesInside", visitorRaisesInside);

export const visitorRaisesInsideProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, visitorRaisesInsideRows(viewer));

// processn.visitor_raises_late_project (processn/models.py:23)
projectRules.add("project.visitorRaisesLate", visitorRaisesLate);

export const visitorRaisesLateProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, visitorRaisesLateRows(viewer));

// processn.visitor_raises_negated_project (processn/models.py:23)
projectRules.add("project.visitorRaisesNegated", visitorRaisesNegated);

export const visitorRaisesNegatedProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, visitorRaisesNegatedRows(viewer));

// processn.visitor_raises_project (processn/models.py:23)
projectRules.add("project.visitorRaises", visitorRaises);

export const visitorRaisesProjectsWhere = (viewer: User) =>
  rowsWhere(viewer, visitorRaisesRows(viewer));

// processn.wrapped_project (processn/models.py:23)
projectRules.add("project.wrapped", wrapped);

export const wrappedProjectsWhere = (viewer: User) => rowsWhere(viewer, Filter.refused());

/** What views decide: site admins are asked as everybody is. */
export const projectAccess = new Registry<User, ProjectContext>(false);

// processn.ProjectAdmin.change (processn/admin.py:22)
projectAccess.add("ProjectAdmin.change", projectAdminChange);

export const projectAdminChangeWhere = (viewer: User) => rowsAsked(viewer, Filter.refused());

// processn.ProjectAdmin.delete (processn/admin.py:19)
projectAccess.add("ProjectAdmin.delete", projectAdminDelete);

export const projectAdminDeleteWhere = (viewer: User) =>
  rowsAsked(viewer, Filter.user(projectAdminDelete, viewer));

// processn.ProjectListView.rows (processn/views.py:34)
projectAccess.add("ProjectListView.rows", inProjectListView);

export const projectListViewRowsWhere = (viewer: User) =>
  rowsAsked(viewer, inProjectListViewRows(viewer));

// processn.ProjectViewSet.rows (processn/api.py:44)
projectAccess.add("ProjectViewSet.rows", inProjectViewSet);

export const projectViewSetRowsWhere = (viewer: User) =>
  rowsAsked(viewer, inProjectViewSetRows(viewer));

// processn.ProjectViewSet.retrieve/update/partial_update/destroy (processn/api.py:40)
projectAccess.add(
  "ProjectViewSet.retrieve/update/partial_update/destroy",
  authenticated
    .and(staff.or(isArchivedInGeneral.not()))
    .and(staff.or(isArchivedInGeneral.not().and(isProjectMember.and(isArchived2.not())))),
);

export const projectViewSetRetrieveUpdatePartialUpdateDestroyWhere = (viewer: User) =>
  rowsAsked(
    viewer,
    Filter
      .user(authenticated, viewer)
      .and(Filter.user(staff, viewer).or(Filter.user(isArchivedInGeneral, viewer).not()))
      .and(
        Filter
          .user(staff, viewer)
          .or(
            Filter
              .user(isArchivedInGeneral, viewer)
              .not()
              .and(isProjectMemberRows(viewer).and(isArchived2Rows(viewer).not())),
          ),
      ),
  );

// What the rules about one processn.Member read of it.
export interface MemberContext {
  readonly userObjectPermissionRows: readonly {
    readonly userId: number;
    readonly permission: {
      readonly codename: string;
      readonly contentType: {
        readonly appLabel: string;
        readonly model: string;
      };
    };
    readonly contentType: {
      readonly appLabel: string;
      readonly model: string;
    };
  }[];
  readonly groupObjectPermissionRows: readonly {
    readonly group: {
      readonly name: string;
    };
    readonly permission: {
      readonly codename: string;
      readonly contentType: {
        readonly appLabel: string;
        readonly model: string;
      };
    };
    readonly contentType: {
      readonly appLabel: string;
      readonly model: string;
    };
  }[];
}

// django-guardian's grants
export const grantedOnMember = (codename: string) =>
  predicate<MemberContext>(`granted:${codename}`, (user, member) => member !== undefined && isActive(user) && (member.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === codename && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "member" && row.contentType.appLabel === "processn" && row.contentType.model === "member") || member.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === codename && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "member" && row.contentType.appLabel === "processn" && row.contentType.model === "member")));
const grantedOnMemberRows = (viewer: User, codename: string) =>
  Filter
    .always(isActive(viewer))
    .and(
      Filter
        .when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(userObjectPermission)
              .where(
                and(
                  eq(userObjectPermission.objectPk, sql`cast(${member.id} as text)`),
                  same(userObjectPermission.userId, viewer.id),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(permission)
                      .where(
                        and(
                          eq(permission.id, userObjectPermission.permissionId),
                          exists(
                            rows
                              .select({ one: sql`1` })
                              .from(contentType)
                              .where(
                                and(
                                  eq(contentType.id, permission.contentTypeId),
                                  and(
                                    eq(permission.codename, codename),
                                    eq(contentType.appLabel, "processn"),
                                    eq(contentType.model, "member"),
                                  ),
                                ),
                              ),
                          ),
                        ),
                      ),
                  ),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(contentType)
                      .where(
                        and(
                          eq(contentType.id, userObjectPermission.contentTypeId),
                          and(
                            eq(contentType.appLabel, "processn"),
                            eq(contentType.model, "member"),
                          ),
                        ),
                      ),
                  ),
                ),
              ),
          ),
        )
        .or(
          Filter.when(
            exists(
              rows
                .select({ one: sql`1` })
                .from(groupObjectPermission)
                .where(
                  and(
                    eq(groupObjectPermission.objectPk, sql`cast(${member.id} as text)`),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(group)
                        .where(
                          and(
                            eq(group.id, groupObjectPermission.groupId),
                            among(group.name, viewer.groups),
                          ),
                        ),
                    ),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(permission)
                        .where(
                          and(
                            eq(permission.id, groupObjectPermission.permissionId),
                            exists(
                              rows
                                .select({ one: sql`1` })
                                .from(contentType)
                                .where(
                                  and(
                                    eq(contentType.id, permission.contentTypeId),
                                    and(
                                      eq(permission.codename, codename),
                                      eq(contentType.appLabel, "processn"),
                                      eq(contentType.model, "member"),
                                    ),
                                  ),
                                ),
                            ),
                          ),
                        ),
                    ),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(contentType)
                        .where(
                          and(
                            eq(contentType.id, groupObjectPermission.contentTypeId),
                            and(
                              eq(contentType.appLabel, "processn"),
                              eq(contentType.model, "member"),
                            ),
                          ),
                        ),
                    ),
                  ),
                ),
            ),
          ),
        ),
    );

export const memberRules = new Registry<User, MemberContext>();

// processn.add_member (processn/models.py:49)
memberRules.add("member.add", granted("processn.add_member").or(grantedOnMember("add_member")));

export const addMembersWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnMemberRows(viewer, "add_member"));

// processn.change_member (processn/models.py:49)
memberRules.add(
  "member.change",
  granted("processn.change_member").or(grantedOnMember("change_member")),
);

export const changeMembersWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnMemberRows(viewer, "change_member"));

// processn.delete_member (processn/models.py:49)
memberRules.add(
  "member.delete",
  granted("processn.delete_member").or(grantedOnMember("delete_member")),
);

export const deleteMembersWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnMemberRows(viewer, "delete_member"));

// processn.view_member (processn/models.py:49)
memberRules.add("member.view", granted("processn.view_member").or(grantedOnMember("view_member")));

export const visibleMembersWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnMemberRows(viewer, "view_member"));

// What the rules about one processn.Label read of it.
export interface LabelContext {
  readonly userObjectPermissionRows: readonly {
    readonly userId: number;
    readonly permission: {
      readonly codename: string;
      readonly contentType: {
        readonly appLabel: string;
        readonly model: string;
      };
    };
    readonly contentType: {
      readonly appLabel: string;
      readonly model: string;
    };
  }[];
  readonly groupObjectPermissionRows: readonly {
    readonly group: {
      readonly name: string;
    };
    readonly permission: {
      readonly codename: string;
      readonly contentType: {
        readonly appLabel: string;
        readonly model: string;
      };
    };
    readonly contentType: {
      readonly appLabel: string;
      readonly model: string;
    };
  }[];
}

// django-guardian's grants
export const grantedOnLabel = (codename: string) =>
  predicate<LabelContext>(`granted:${codename}`, (user, label) => label !== undefined && isActive(user) && (label.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === codename && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "label" && row.contentType.appLabel === "processn" && row.contentType.model === "label") || label.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === codename && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "label" && row.contentType.appLabel === "processn" && row.contentType.model === "label")));
const grantedOnLabelRows = (viewer: User, codename: string) =>
  Filter
    .always(isActive(viewer))
    .and(
      Filter
        .when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(userObjectPermission)
              .where(
                and(
                  eq(userObjectPermission.objectPk, sql`cast(${label.id} as text)`),
                  same(userObjectPermission.userId, viewer.id),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(permission)
                      .where(
                        and(
                          eq(permission.id, userObjectPermission.permissionId),
                          exists(
                            rows
                              .select({ one: sql`1` })
                              .from(contentType)
                              .where(
                                and(
                                  eq(contentType.id, permission.contentTypeId),
                                  and(
                                    eq(permission.codename, codename),
                                    eq(contentType.appLabel, "processn"),
                                    eq(contentType.model, "label"),
                                  ),
                                ),
                              ),
                          ),
                        ),
                      ),
                  ),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(contentType)
                      .where(
                        and(
                          eq(contentType.id, userObjectPermission.contentTypeId),
                          and(eq(contentType.appLabel, "processn"), eq(contentType.model, "label")),
                        ),
                      ),
                  ),
                ),
              ),
          ),
        )
        .or(
          Filter.when(
            exists(
              rows
                .select({ one: sql`1` })
                .from(groupObjectPermission)
                .where(
                  and(
                    eq(groupObjectPermission.objectPk, sql`cast(${label.id} as text)`),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(group)
                        .where(
                          and(
                            eq(group.id, groupObjectPermission.groupId),
                            among(group.name, viewer.groups),
                          ),
                        ),
                    ),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(permission)
                        .where(
                          and(
                            eq(permission.id, groupObjectPermission.permissionId),
                            exists(
                              rows
                                .select({ one: sql`1` })
                                .from(contentType)
                                .where(
                                  and(
                                    eq(contentType.id, permission.contentTypeId),
                                    and(
                                      eq(permission.codename, codename),
                                      eq(contentType.appLabel, "processn"),
                                      eq(contentType.model, "label"),
                                    ),
                                  ),
                                ),
                            ),
                          ),
                        ),
                    ),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(contentType)
                        .where(
                          and(
                            eq(contentType.id, groupObjectPermission.contentTypeId),
                            and(
                              eq(contentType.appLabel, "processn"),
                              eq(contentType.model, "label"),
                            ),
                          ),
                        ),
                    ),
                  ),
                ),
            ),
          ),
        ),
    );

export const labelRules = new Registry<User, LabelContext>();

// processn.add_label (processn/models.py:70)
labelRules.add("label.add", granted("processn.add_label").or(grantedOnLabel("add_label")));

export const addLabelsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnLabelRows(viewer, "add_label"));

// processn.change_label (processn/models.py:70)
labelRules.add("label.change", granted("processn.change_label").or(grantedOnLabel("change_label")));

export const changeLabelsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnLabelRows(viewer, "change_label"));

// processn.delete_label (processn/models.py:70)
labelRules.add("label.delete", granted("processn.delete_label").or(grantedOnLabel("delete_label")));

export const deleteLabelsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnLabelRows(viewer, "delete_label"));

// processn.view_label (processn/models.py:70)
labelRules.add("label.view", granted("processn.view_label").or(grantedOnLabel("view_label")));

export const visibleLabelsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnLabelRows(viewer, "view_label"));

// What the rules about one processn.Task read of it.
export interface TaskContext {
  readonly assigneeId: number | null;
  readonly estimate: string | null;
  readonly parentId: number | null;
  readonly status: string;
  readonly project: {
    readonly archived: boolean;
    readonly name: string;
    readonly members: readonly { readonly canAssign: boolean; readonly role: string; readonly userId: number; }[];
  };
  readonly parent: {
    readonly status: string;
  } | null;
  readonly userObjectPermissionRows: readonly {
    readonly userId: number;
    readonly permission: {
      readonly codename: string;
      readonly contentType: {
        readonly appLabel: string;
        readonly model: string;
      };
    };
    readonly contentType: {
      readonly appLabel: string;
      readonly model: string;
    };
  }[];
  readonly groupObjectPermissionRows: readonly {
    readonly group: {
      readonly name: string;
    };
    readonly permission: {
      readonly codename: string;
      readonly contentType: {
        readonly appLabel: string;
        readonly model: string;
      };
    };
    readonly contentType: {
      readonly appLabel: string;
      readonly model: string;
    };
  }[];
}

// django-guardian's grants
export const grantedOnTask = (codename: string) =>
  predicate<TaskContext>(`granted:${codename}`, (user, task) => task !== undefined && isActive(user) && (task.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === codename && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "task" && row.contentType.appLabel === "processn" && row.contentType.model === "task") || task.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === codename && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "task" && row.contentType.appLabel === "processn" && row.contentType.model === "task")));
const grantedOnTaskRows = (viewer: User, codename: string) =>
  Filter
    .always(isActive(viewer))
    .and(
      Filter
        .when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(userObjectPermission)
              .where(
                and(
                  eq(userObjectPermission.objectPk, sql`cast(${task.id} as text)`),
                  same(userObjectPermission.userId, viewer.id),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(permission)
                      .where(
                        and(
                          eq(permission.id, userObjectPermission.permissionId),
                          exists(
                            rows
                              .select({ one: sql`1` })
                              .from(contentType)
                              .where(
                                and(
                                  eq(contentType.id, permission.contentTypeId),
                                  and(
                                    eq(permission.codename, codename),
                                    eq(contentType.appLabel, "processn"),
                                    eq(contentType.model, "task"),
                                  ),
                                ),
                              ),
                          ),
                        ),
                      ),
                  ),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(contentType)
                      .where(
                        and(
                          eq(contentType.id, userObjectPermission.contentTypeId),
                          and(eq(contentType.appLabel, "processn"), eq(contentType.model, "task")),
                        ),
                      ),
                  ),
                ),
              ),
          ),
        )
        .or(
          Filter.when(
            exists(
              rows
                .select({ one: sql`1` })
                .from(groupObjectPermission)
                .where(
                  and(
                    eq(groupObjectPermission.objectPk, sql`cast(${task.id} as text)`),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(group)
                        .where(
                          and(
                            eq(group.id, groupObjectPermission.groupId),
                            among(group.name, viewer.groups),
                          ),
                        ),
                    ),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(permission)
                        .where(
                          and(
                            eq(permission.id, groupObjectPermission.permissionId),
                            exists(
                              rows
                                .select({ one: sql`1` })
                                .from(contentType)
                                .where(
                                  and(
                                    eq(contentType.id, permission.contentTypeId),
                                    and(
                                      eq(permission.codename, codename),
                                      eq(contentType.appLabel, "processn"),
                                      eq(contentType.model, "task"),
                                    ),
                                  ),
                                ),
                            ),
                          ),
                        ),
                    ),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(contentType)
                        .where(
                          and(
                            eq(contentType.id, groupObjectPermission.contentTypeId),
                            and(
                              eq(contentType.appLabel, "processn"),
                              eq(contentType.model, "task"),
                            ),
                          ),
                        ),
                    ),
                  ),
                ),
            ),
          ),
        ),
    );

// processn/predicates.py:49
export const isProjectMember2 = predicate<TaskContext>(
  "is_project_member",
  (user, task) => isAuthenticated(user) && signedIn(user) && task.project.members.some((row) => row.userId === user.id),
);
const isProjectMember2Rows = (viewer: User) =>
  Filter
    .always(isAuthenticated(viewer))
    .and(
      forSignedIn(
        viewer,
        Filter.when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(project)
              .where(
                and(
                  eq(project.id, task.projectId),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(member)
                      .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
                  ),
                ),
              ),
          ),
        ),
      ),
    );

// processn/predicates.py:54
export const canChangeProject = predicate<TaskContext>(
  "can_change_project",
  (user, task) => signedIn(user) && task.project.members.some((row) => row.userId === user.id && ["owner", "editor"].includes(row.role)),
);
const canChangeProjectRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(project)
          .where(
            and(
              eq(project.id, task.projectId),
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(member)
                  .where(
                    and(
                      eq(member.projectId, project.id),
                      same(member.userId, viewer.id),
                      inArray(member.role, ["owner", "editor"]),
                    ),
                  ),
              ),
            ),
          ),
      ),
    ),
  );

// processn/predicates.py:37
export const isAssignee = predicate<TaskContext>(
  "is_assignee",
  (user, task) => task.assigneeId !== null && task.assigneeId === user.id,
);
const isAssigneeRows = (viewer: User) =>
  Filter.when(isNull(task.assigneeId)).not().and(Filter.when(same(task.assigneeId, viewer.id)));

// processn/predicates.py:42
export const isOpen = predicate<TaskContext>(
  "is_open",
  (user, task) => task.status !== "cancelled" && task.status !== "done",
);
const isOpenRows = (viewer: User) =>
  Filter.when(eq(task.status, "cancelled")).not().and(Filter.when(eq(task.status, "done")).not());

// processn/predicates.py:64
export const isProjectArchived = predicate<TaskContext>(
  "is_project_archived",
  (user, task) => task.project.archived,
);
const isProjectArchivedRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(project)
        .where(and(eq(project.id, task.projectId), eq(project.archived, true))),
    ),
  );

// processn/predicates.py:59
export const canAssignInProject = predicate<TaskContext>(
  "can_assign_in_project",
  (user, task) => signedIn(user) && task.project.members.some((row) => row.userId === user.id && row.canAssign === true),
);
const canAssignInProjectRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(project)
          .where(
            and(
              eq(project.id, task.projectId),
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(member)
                  .where(
                    and(
                      eq(member.projectId, project.id),
                      same(member.userId, viewer.id),
                      eq(member.canAssign, true),
                    ),
                  ),
              ),
            ),
          ),
      ),
    ),
  );

// processn/predicates.py:69
// @rules.predicate
// def during_office_hours(user):
//     """Depends on the clock: no row of the database answers it."""
//     now = timezone.localtime()
//     return now.weekday() < 5 and 8 <= now.hour < 17
export const duringOfficeHours = untranslated(
  "during_office_hours",
  "`timezone.localtime()` has no translation",
);

// cases/rules.py:217
export const assignedObject = predicate<TaskContext>(
  "assigned_object",
  (user, task) => task.assigneeId !== null && task.assigneeId === user.id,
);
const assignedObjectRows = (viewer: User) =>
  Filter.when(isNull(task.assigneeId)).not().and(Filter.when(same(task.assigneeId, viewer.id)));

// cases/rules.py:213
export const assigned = predicate<TaskContext>(
  "assigned",
  (user, task) => task.assigneeId === user.id,
);
const assignedRows = (viewer: User) => Filter.when(same(task.assigneeId, viewer.id));

// cases/rules.py:252
export const assigneeIsListed = predicate<TaskContext>(
  "assignee_is_listed",
  (user, task) => (task.assigneeId !== null && [5, 6].includes(task.assigneeId)),
);
const assigneeIsListedRows = (viewer: User) => Filter.when(inArray(task.assigneeId, [5, 6]));

// cases/rules.py:261
export const decimal = predicate<TaskContext>(
  "decimal",
  (user, task) => decimals(there(task.estimate), "2") > 0,
);
const decimalRows = (viewer: User) =>
  Filter.partly(gt(task.estimate, "2"), not(gt(task.estimate, "2")));

// cases/rules.py:243
export const inProject = predicate<TaskContext>(
  "in_project",
  (user, task) => isAuthenticated(user) && signedIn(user) && task.project.members.some((row) => row.userId === user.id) && !task.project.archived,
);
const inProjectRows = (viewer: User) =>
  Filter
    .always(isAuthenticated(viewer))
    .and(
      forSignedIn(
        viewer,
        Filter.when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(project)
              .where(
                and(
                  eq(project.id, task.projectId),
                  exists(
                    rows
                      .select({ one: sql`1` })
                      .from(member)
                      .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
                  ),
                ),
              ),
          ),
        ),
      ),
    )
    .and(
      Filter
        .when(
          exists(
            rows
              .select({ one: sql`1` })
              .from(project)
              .where(and(eq(project.id, task.projectId), eq(project.archived, true))),
          ),
        )
        .not(),
    );

// cases/rules.py:225
export const nobodyAssigned = predicate<TaskContext>(
  "nobody_assigned",
  (user, task) => task.assigneeId === null,
);
const nobodyAssignedRows = (viewer: User) => Filter.when(isNull(task.assigneeId));

// cases/rules.py:221
export const notAssignedObject = predicate<TaskContext>(
  "not_assigned_object",
  (user, task) => !(task.assigneeId !== null && task.assigneeId === user.id),
);
const notAssignedObjectRows = (viewer: User) =>
  Filter
    .when(isNull(task.assigneeId))
    .not()
    .and(Filter.when(same(task.assigneeId, viewer.id)))
    .not();

// cases/rules.py:239
export const started = predicate<TaskContext>("started", (user, task) => task.status === "started");
const startedRows = (viewer: User) => Filter.when(eq(task.status, "started"));

// cases/rules.py:229
export const subTask = predicate<TaskContext>(
  "sub_task",
  (user, task) => task.parentId !== null || task.parentId !== null,
);
const subTaskRows = (viewer: User) =>
  Filter.when(isNull(task.parentId)).not().or(Filter.when(isNull(task.parentId)).not());

// cases/rules.py:257
export const throughANull = predicate<TaskContext>(
  "through_a_null",
  (user, task) => there(task.parent).status === "open",
);
const throughANullRows = (viewer: User) =>
  Filter.partly(
    exists(
      rows
        .select({ one: sql`1` })
        .from(task2)
        .where(and(eq(task2.id, task.parentId), eq(task2.status, "open"))),
    ),
    exists(
      rows
        .select({ one: sql`1` })
        .from(task2)
        .where(and(eq(task2.id, task.parentId), sql`(${eq(task2.status, "open")}) is not true`)),
    ),
  );

// cases/rules.py:248
export const throughProject = predicate<TaskContext>(
  "through_project",
  (user, task) => ["Harbour", "Tram"].includes(task.project.name),
);
const throughProjectRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(project)
        .where(and(eq(project.id, task.projectId), inArray(project.name, ["Harbour", "Tram"]))),
    ),
  );

// cases/rules.py:235
export const unfinished = predicate<TaskContext>(
  "unfinished",
  (user, task) => !["done", "cancelled"].includes(task.status),
);
const unfinishedRows = (viewer: User) =>
  Filter.when(inArray(task.status, ["done", "cancelled"])).not();

// processn/admin.py:33
export const inTaskAdmin = predicate<TaskContext>(
  "in TaskAdmin",
  (user, task) => user.isSiteAdmin || (signedIn(user) && task.project.members.some((rowA) => rowA.userId === user.id)),
);
const inTaskAdminRows = (viewer: User) =>
  Filter
    .always(viewer.isSiteAdmin)
    .or(
      Filter
        .known(() => Filter.always(signedIn(viewer)))
        .and(
          Filter.when(
            exists(
              rows
                .select({ one: sql`1` })
                .from(project)
                .where(
                  and(
                    eq(project.id, task.projectId),
                    exists(
                      rows
                        .select({ one: sql`1` })
                        .from(member)
                        .where(
                          and(eq(member.projectId, project.id), same(member.userId, viewer.id)),
                        ),
                    ),
                  ),
                ),
            ),
          ),
        ),
    );

// processn/views.py:108
export const inTaskListView = predicate<TaskContext>(
  "in TaskListView",
  (user, task) => signedIn(user) && task.project.members.some((rowA) => rowA.userId === user.id),
);
const inTaskListViewRows = (viewer: User) =>
  Filter
    .known(() => Filter.always(signedIn(viewer)))
    .and(
      Filter.when(
        exists(
          rows
            .select({ one: sql`1` })
            .from(project)
            .where(
              and(
                eq(project.id, task.projectId),
                exists(
                  rows
                    .select({ one: sql`1` })
                    .from(member)
                    .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
                ),
              ),
            ),
        ),
      ),
    );

// processn/api.py:57
export const inTaskViewSet = predicate<TaskContext>(
  "in TaskViewSet",
  (user, task) => signedIn(user) && task.project.members.some((rowA) => rowA.userId === user.id),
);
const inTaskViewSetRows = (viewer: User) =>
  Filter
    .known(() => Filter.always(signedIn(viewer)))
    .and(
      Filter.when(
        exists(
          rows
            .select({ one: sql`1` })
            .from(project)
            .where(
              and(
                eq(project.id, task.projectId),
                exists(
                  rows
                    .select({ one: sql`1` })
                    .from(member)
                    .where(and(eq(member.projectId, project.id), same(member.userId, viewer.id))),
                ),
              ),
            ),
        ),
      ),
    );

// authenticated
export const authenticated2 = predicate("authenticated", (user) => isAuthenticated(user));

// processn/api.py:36
export const mayChangeTask = predicate<TaskContext>(
  "MayChangeTask",
  (user, task) => (isActive(user) && user.isSiteAdmin) || (((isAuthenticated(user) && signedIn(user) && task.project.members.some((row) => row.userId === user.id) && signedIn(user) && task.project.members.some((row) => row.userId === user.id && ["owner", "editor"].includes(row.role))) || (task.assigneeId !== null && task.assigneeId === user.id && task.status !== "cancelled" && task.status !== "done")) && !task.project.archived) || (isActive(user) && (task.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === "change_task" && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "task" && row.contentType.appLabel === "processn" && row.contentType.model === "task") || task.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === "change_task" && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "task" && row.contentType.appLabel === "processn" && row.contentType.model === "task"))),
);
const mayChangeTaskRows = (viewer: User) =>
  Filter
    .always(isActive(viewer))
    .and(Filter.always(viewer.isSiteAdmin))
    .or(
      Filter
        .always(isAuthenticated(viewer))
        .and(
          forSignedIn(
            viewer,
            Filter.when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(project)
                  .where(
                    and(
                      eq(project.id, task.projectId),
                      exists(
                        rows
                          .select({ one: sql`1` })
                          .from(member)
                          .where(
                            and(eq(member.projectId, project.id), same(member.userId, viewer.id)),
                          ),
                      ),
                    ),
                  ),
              ),
            ),
          ),
        )
        .and(
          forSignedIn(
            viewer,
            Filter.when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(project)
                  .where(
                    and(
                      eq(project.id, task.projectId),
                      exists(
                        rows
                          .select({ one: sql`1` })
                          .from(member)
                          .where(
                            and(
                              eq(member.projectId, project.id),
                              same(member.userId, viewer.id),
                              inArray(member.role, ["owner", "editor"]),
                            ),
                          ),
                      ),
                    ),
                  ),
              ),
            ),
          ),
        )
        .or(
          Filter
            .when(isNull(task.assigneeId))
            .not()
            .and(Filter.when(same(task.assigneeId, viewer.id)))
            .and(Filter.when(eq(task.status, "cancelled")).not())
            .and(Filter.when(eq(task.status, "done")).not()),
        )
        .and(
          Filter
            .when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(project)
                  .where(and(eq(project.id, task.projectId), eq(project.archived, true))),
              ),
            )
            .not(),
        ),
    )
    .or(
      Filter
        .always(isActive(viewer))
        .and(
          Filter
            .when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(userObjectPermission)
                  .where(
                    and(
                      eq(userObjectPermission.objectPk, sql`cast(${task.id} as text)`),
                      same(userObjectPermission.userId, viewer.id),
                      exists(
                        rows
                          .select({ one: sql`1` })
                          .from(permission)
                          .where(
                            and(
                              eq(permission.id, userObjectPermission.permissionId),
                              exists(
                                rows
                                  .select({ one: sql`1` })
                                  .from(contentType)
                                  .where(
                                    and(
                                      eq(contentType.id, permission.contentTypeId),
                                      and(
                                        eq(permission.codename, "change_task"),
                                        eq(contentType.appLabel, "processn"),
                                        eq(contentType.model, "task"),
                                      ),
                                    ),
                                  ),
                              ),
                            ),
                          ),
                      ),
                      exists(
                        rows
                          .select({ one: sql`1` })
                          .from(contentType)
                          .where(
                            and(
                              eq(contentType.id, userObjectPermission.contentTypeId),
                              and(
                                eq(contentType.appLabel, "processn"),
                                eq(contentType.model, "task"),
                              ),
                            ),
                          ),
                      ),
                    ),
                  ),
              ),
            )
            .or(
              Filter.when(
                exists(
                  rows
                    .select({ one: sql`1` })
                    .from(groupObjectPermission)
                    .where(
                      and(
                        eq(groupObjectPermission.objectPk, sql`cast(${task.id} as text)`),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(group)
                            .where(
                              and(
                                eq(group.id, groupObjectPermission.groupId),
                                among(group.name, viewer.groups),
                              ),
                            ),
                        ),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(permission)
                            .where(
                              and(
                                eq(permission.id, groupObjectPermission.permissionId),
                                exists(
                                  rows
                                    .select({ one: sql`1` })
                                    .from(contentType)
                                    .where(
                                      and(
                                        eq(contentType.id, permission.contentTypeId),
                                        and(
                                          eq(permission.codename, "change_task"),
                                          eq(contentType.appLabel, "processn"),
                                          eq(contentType.model, "task"),
                                        ),
                                      ),
                                    ),
                                ),
                              ),
                            ),
                        ),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(contentType)
                            .where(
                              and(
                                eq(contentType.id, groupObjectPermission.contentTypeId),
                                and(
                                  eq(contentType.appLabel, "processn"),
                                  eq(contentType.model, "task"),
                                ),
                              ),
                            ),
                        ),
                      ),
                    ),
                ),
              ),
            ),
        ),
    );

// processn/views.py:143
export const inGrantedTasks = predicate<TaskContext>(
  "in granted_tasks",
  (user, task) => user.isSiteAdmin || (signedIn(user) && (task.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === "view_task" && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "task" && row.contentType.appLabel === "processn" && row.contentType.model === "task") || task.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === "view_task" && row.permission.contentType.appLabel === "processn" && row.permission.contentType.model === "task" && row.contentType.appLabel === "processn" && row.contentType.model === "task"))),
);
const inGrantedTasksRows = (viewer: User) =>
  Filter
    .always(viewer.isSiteAdmin)
    .or(
      Filter
        .known(() => Filter.always(signedIn(viewer)))
        .and(
          Filter
            .when(
              exists(
                rows
                  .select({ one: sql`1` })
                  .from(userObjectPermission)
                  .where(
                    and(
                      eq(userObjectPermission.objectPk, sql`cast(${task.id} as text)`),
                      same(userObjectPermission.userId, viewer.id),
                      exists(
                        rows
                          .select({ one: sql`1` })
                          .from(permission)
                          .where(
                            and(
                              eq(permission.id, userObjectPermission.permissionId),
                              exists(
                                rows
                                  .select({ one: sql`1` })
                                  .from(contentType)
                                  .where(
                                    and(
                                      eq(contentType.id, permission.contentTypeId),
                                      and(
                                        eq(permission.codename, "view_task"),
                                        eq(contentType.appLabel, "processn"),
                                        eq(contentType.model, "task"),
                                      ),
                                    ),
                                  ),
                              ),
                            ),
                          ),
                      ),
                      exists(
                        rows
                          .select({ one: sql`1` })
                          .from(contentType)
                          .where(
                            and(
                              eq(contentType.id, userObjectPermission.contentTypeId),
                              and(
                                eq(contentType.appLabel, "processn"),
                                eq(contentType.model, "task"),
                              ),
                            ),
                          ),
                      ),
                    ),
                  ),
              ),
            )
            .or(
              Filter.when(
                exists(
                  rows
                    .select({ one: sql`1` })
                    .from(groupObjectPermission)
                    .where(
                      and(
                        eq(groupObjectPermission.objectPk, sql`cast(${task.id} as text)`),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(group)
                            .where(
                              and(
                                eq(group.id, groupObjectPermission.groupId),
                                among(group.name, viewer.groups),
                              ),
                            ),
                        ),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(permission)
                            .where(
                              and(
                                eq(permission.id, groupObjectPermission.permissionId),
                                exists(
                                  rows
                                    .select({ one: sql`1` })
                                    .from(contentType)
                                    .where(
                                      and(
                                        eq(contentType.id, permission.contentTypeId),
                                        and(
                                          eq(permission.codename, "view_task"),
                                          eq(contentType.appLabel, "processn"),
                                          eq(contentType.model, "task"),
                                        ),
                                      ),
                                    ),
                                ),
                              ),
                            ),
                        ),
                        exists(
                          rows
                            .select({ one: sql`1` })
                            .from(contentType)
                            .where(
                              and(
                                eq(contentType.id, groupObjectPermission.contentTypeId),
                                and(
                                  eq(contentType.appLabel, "processn"),
                                  eq(contentType.model, "task"),
                                ),
                              ),
                            ),
                        ),
                      ),
                    ),
                ),
              ),
            ),
        ),
    );

export const taskRules = new Registry<User, TaskContext>();

// processn.add_task (processn/models.py:83)
taskRules.add("task.add", granted("processn.add_task").or(grantedOnTask("add_task")));

export const addTasksWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnTaskRows(viewer, "add_task"));

// processn.change_task (processn/rules.py:11)
taskRules.add(
  "task.change",
  isProjectMember2
    .and(canChangeProject)
    .or(isAssignee.and(isOpen))
    .and(isProjectArchived.not())
    .or(grantedOnTask("change_task")),
);

export const changeTasksWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    isProjectMember2Rows(viewer)
      .and(canChangeProjectRows(viewer))
      .or(isAssigneeRows(viewer).and(isOpenRows(viewer)))
      .and(isProjectArchivedRows(viewer).not())
      .or(grantedOnTaskRows(viewer, "change_task")),
  );

// processn.delete_task (processn/rules.py:15)
taskRules.add(
  "task.delete",
  isProjectMember2
    .and(canChangeProject)
    .and(isProjectArchived.not())
    .or(grantedOnTask("delete_task")),
);

export const deleteTasksWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    isProjectMember2Rows(viewer)
      .and(canChangeProjectRows(viewer))
      .and(isProjectArchivedRows(viewer).not())
      .or(grantedOnTaskRows(viewer, "delete_task")),
  );

// processn.view_task (processn/rules.py:10)
taskRules.add("task.view", isProjectMember2.or(grantedOnTask("view_task")));

export const visibleTasksWhere = (viewer: User) =>
  rowsWhere(viewer, isProjectMember2Rows(viewer).or(grantedOnTaskRows(viewer, "view_task")));

// processn.reassign_task (processn/rules.py:16)
taskRules.add(
  "task.reassign",
  isProjectMember2.and(canAssignInProject).and(isOpen).or(grantedOnTask("reassign_task")),
);

export const reassignTasksWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    isProjectMember2Rows(viewer)
      .and(canAssignInProjectRows(viewer))
      .and(isOpenRows(viewer))
      .or(grantedOnTaskRows(viewer, "reassign_task")),
  );

// processn.export_task (processn/rules.py:17)
taskRules.add(
  "task.export",
  isProjectMember2.and(duringOfficeHours).or(grantedOnTask("export_task")),
);

export const exportTasksWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    isProjectMember2Rows(viewer).and(Filter.refused()).or(grantedOnTaskRows(viewer, "export_task")),
  );

// processn.assigned_object_task (processn/models.py:83)
taskRules.add("task.assignedObject", assignedObject);

export const assignedObjectTasksWhere = (viewer: User) =>
  rowsWhere(viewer, assignedObjectRows(viewer));

// processn.assigned_task (processn/models.py:83)
taskRules.add("task.assigned", assigned);

export const assignedTasksWhere = (viewer: User) => rowsWhere(viewer, assignedRows(viewer));

// processn.assignee_is_listed_task (processn/models.py:83)
taskRules.add("task.assigneeIsListed", assigneeIsListed);

export const assigneeIsListedTasksWhere = (viewer: User) =>
  rowsWhere(viewer, assigneeIsListedRows(viewer));

// processn.decimal_task (processn/models.py:83)
taskRules.add("task.decimal", decimal);

export const decimalTasksWhere = (viewer: User) => rowsWhere(viewer, decimalRows(viewer));

// processn.in_project_task (processn/models.py:83)
taskRules.add("task.inProject", inProject);

export const inProjectTasksWhere = (viewer: User) => rowsWhere(viewer, inProjectRows(viewer));

// processn.nobody_assigned_task (processn/models.py:83)
taskRules.add("task.nobodyAssigned", nobodyAssigned);

export const nobodyAssignedTasksWhere = (viewer: User) =>
  rowsWhere(viewer, nobodyAssignedRows(viewer));

// processn.not_assigned_object_task (processn/models.py:83)
taskRules.add("task.notAssignedObject", notAssignedObject);

export const notAssignedObjectTasksWhere = (viewer: User) =>
  rowsWhere(viewer, notAssignedObjectRows(viewer));

// processn.started_task (processn/models.py:83)
taskRules.add("task.started", started);

export const startedTasksWhere = (viewer: User) => rowsWhere(viewer, startedRows(viewer));

// processn.sub_task_task (processn/models.py:83)
taskRules.add("task.subTask", subTask);

export const subTaskTasksWhere = (viewer: User) => rowsWhere(viewer, subTaskRows(viewer));

// processn.through_a_null_task (processn/models.py:83)
taskRules.add("task.throughANull", throughANull);

export const throughANullTasksWhere = (viewer: User) => rowsWhere(viewer, throughANullRows(viewer));

// processn.through_project_task (processn/models.py:83)
taskRules.add("task.throughProject", throughProject);

export const throughProjectTasksWhere = (viewer: User) =>
  rowsWhere(viewer, throughProjectRows(viewer));

// processn.unfinished_task (processn/models.py:83)
taskRules.add("task.unfinished", unfinished);

export const unfinishedTasksWhere = (viewer: User) => rowsWhere(viewer, unfinishedRows(viewer));

/** What views decide: site admins are asked as everybody is. */
export const taskAccess = new Registry<User, TaskContext>(false);

// processn.TaskAdmin.rows (processn/admin.py:33)
taskAccess.add("TaskAdmin.rows", inTaskAdmin);

export const taskAdminRowsWhere = (viewer: User) => rowsAsked(viewer, inTaskAdminRows(viewer));

// processn.TaskListView.rows (processn/views.py:108)
taskAccess.add("TaskListView.rows", inTaskListView);

export const taskListViewRowsWhere = (viewer: User) =>
  rowsAsked(viewer, inTaskListViewRows(viewer));

// processn.TaskViewSet.rows (processn/api.py:57)
taskAccess.add("TaskViewSet.rows", inTaskViewSet);

export const taskViewSetRowsWhere = (viewer: User) => rowsAsked(viewer, inTaskViewSetRows(viewer));

// processn.TaskViewSet.update/partial_update/destroy (processn/api.py:48)
taskAccess.add("TaskViewSet.update/partial_update/destroy", authenticated2.and(mayChangeTask));

export const taskViewSetUpdatePartialUpdateDestroyWhere = (viewer: User) =>
  rowsAsked(viewer, Filter.user(authenticated2, viewer).and(mayChangeTaskRows(viewer)));

// processn.granted_tasks.rows (processn/views.py:143)
taskAccess.add("granted_tasks.rows", inGrantedTasks);

export const grantedTasksRowsWhere = (viewer: User) =>
  rowsAsked(viewer, inGrantedTasksRows(viewer));

/** Its rules look at the user only. */
export type ProcessnContext = unknown;

// authenticated
export const authenticated3 = predicate("authenticated", (user) => isAuthenticated(user));

// staff
export const staff2 = predicate("staff", (user) => user.isStaff);

// processn/api.py:28
export const isArchivedInGeneral2 = predicate("IsArchived in general", (user) => false);

// rules/predicates.py:286
export const isAuthenticated3 = predicate("is_authenticated", (user) => isAuthenticated(user));

// rules/predicates.py:310
export const isActive2 = predicate("is_active", (user) => isActive(user));

export const processnRules = new Registry<User, ProcessnContext>();

/** What views decide: site admins are asked as everybody is. */
export const processnAccess = new Registry<User, ProcessnContext>(false);

// processn.ProjectViewSet.list/create (processn/api.py:40)
processnAccess.add(
  "ProjectViewSet.list/create",
  authenticated3.and(staff2.or(isArchivedInGeneral2.not())),
);

// processn.rule can_open_project (rules/predicates.py:286)
processnAccess.add("can_open_project", isAuthenticated3.and(isActive2));
