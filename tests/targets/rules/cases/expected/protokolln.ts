import { and, eq, exists, gte, inArray, isNull, lt, lte, not, or, sql } from "drizzle-orm";
import { QueryBuilder, alias } from "drizzle-orm/sqlite-core";
import { group, permission } from "../schema/auth.ts";
import { contentType } from "../schema/contenttypes.ts";
import { groupObjectPermission, userObjectPermission } from "../schema/guardian.ts";
import { node, nodeGrant } from "../schema/protokolln.ts";
import { Filter, among, forSignedIn, lineage, rowsAsked, rowsWhere, same } from "./filters.ts";
import { climbed } from "./values.ts";
import {
  Registry,
  granted,
  inSomeGroup,
  isActive,
  predicate,
  signedIn,
  there,
  untranslated,
  type User,
} from "./rules.ts";

const rows = new QueryBuilder();

const node2 = alias(node, "protokolln_node_2");
const node3 = alias(node, "protokolln_node_3");

// What the rules about one protokolln.Node read of it.
export interface NodeContext {
  readonly inherits: boolean;
  readonly parentId: number | null;
  readonly position: number;
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
  readonly grants: readonly { readonly level: number; readonly userId: number | null; }[];
  readonly children: readonly { readonly title: string; }[];
  readonly parentChain: readonly {
    readonly id: number;
    readonly inherits: boolean;
    readonly parentId: number | null;
    readonly grants: readonly {
      readonly groupId: number | null;
      readonly level: number;
      readonly userId: number | null;
      readonly group: {
        readonly name: string;
      } | null;
    }[];
  }[];
}

// django-guardian's grants
export const grantedOnNode = (codename: string) =>
  predicate<NodeContext>(`granted:${codename}`, (user, node) => node !== undefined && isActive(user) && (node.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === codename && row.permission.contentType.appLabel === "protokolln" && row.permission.contentType.model === "node" && row.contentType.appLabel === "protokolln" && row.contentType.model === "node") || node.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === codename && row.permission.contentType.appLabel === "protokolln" && row.permission.contentType.model === "node" && row.contentType.appLabel === "protokolln" && row.contentType.model === "node")));
const grantedOnNodeRows = (viewer: User, codename: string) =>
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
                  eq(userObjectPermission.objectPk, sql`cast(${node.id} as text)`),
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
                                    eq(contentType.appLabel, "protokolln"),
                                    eq(contentType.model, "node"),
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
                            eq(contentType.appLabel, "protokolln"),
                            eq(contentType.model, "node"),
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
                    eq(groupObjectPermission.objectPk, sql`cast(${node.id} as text)`),
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
                                      eq(contentType.appLabel, "protokolln"),
                                      eq(contentType.model, "node"),
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
                              eq(contentType.appLabel, "protokolln"),
                              eq(contentType.model, "node"),
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

// protokolln/rules.py:22
export const canWrite = predicate<NodeContext>(
  "can_write",
  (user, node) => isActive(user) && signedIn(user) && climbed(node.parentChain, (above2) => above2.inherits).some((above2) => above2.grants.some((row) => (row.userId === user.id || (row.groupId !== null && inSomeGroup(user, [there(row.group).name]))) && row.level >= 2)),
);
const canWriteRows = (viewer: User) =>
  Filter
    .always(isActive(viewer))
    .and(Filter.known(() => Filter.always(signedIn(viewer))))
    .and(
      Filter.when(
        exists(
          rows
            .select({ one: sql`1` })
            .from(node2)
            .where(
              and(
                inArray(
                  node2.id,
                  lineage(node, node3, node3.id, node3.parentId, node.id, eq(node3.inherits, true)),
                ),
                exists(
                  rows
                    .select({ one: sql`1` })
                    .from(nodeGrant)
                    .where(
                      and(
                        eq(nodeGrant.nodeId, node2.id),
                        or(
                          same(nodeGrant.userId, viewer.id),
                          and(
                            sql`(${isNull(nodeGrant.groupId)}) is not true`,
                            exists(
                              rows
                                .select({ one: sql`1` })
                                .from(group)
                                .where(
                                  and(
                                    eq(group.id, nodeGrant.groupId),
                                    among(group.name, viewer.groups),
                                  ),
                                ),
                            ),
                          ),
                        ),
                        gte(nodeGrant.level, 2),
                      ),
                    ),
                ),
              ),
            ),
        ),
      ),
    );

// protokolln/rules.py:27
export const canManage = predicate<NodeContext>(
  "can_manage",
  (user, node) => isActive(user) && signedIn(user) && climbed(node.parentChain, (above2) => above2.inherits).some((above2) => above2.grants.some((row) => (row.userId === user.id || (row.groupId !== null && inSomeGroup(user, [there(row.group).name]))) && row.level >= 3)),
);
const canManageRows = (viewer: User) =>
  Filter
    .always(isActive(viewer))
    .and(Filter.known(() => Filter.always(signedIn(viewer))))
    .and(
      Filter.when(
        exists(
          rows
            .select({ one: sql`1` })
            .from(node2)
            .where(
              and(
                inArray(
                  node2.id,
                  lineage(node, node3, node3.id, node3.parentId, node.id, eq(node3.inherits, true)),
                ),
                exists(
                  rows
                    .select({ one: sql`1` })
                    .from(nodeGrant)
                    .where(
                      and(
                        eq(nodeGrant.nodeId, node2.id),
                        or(
                          same(nodeGrant.userId, viewer.id),
                          and(
                            sql`(${isNull(nodeGrant.groupId)}) is not true`,
                            exists(
                              rows
                                .select({ one: sql`1` })
                                .from(group)
                                .where(
                                  and(
                                    eq(group.id, nodeGrant.groupId),
                                    among(group.name, viewer.groups),
                                  ),
                                ),
                            ),
                          ),
                        ),
                        gte(nodeGrant.level, 3),
                      ),
                    ),
                ),
              ),
            ),
        ),
      ),
    );

// protokolln/rules.py:37
export const isTop = predicate<NodeContext>("is_top", (user, node) => node.parentId === null);
const isTopRows = (viewer: User) => Filter.when(isNull(node.parentId));

// protokolln/rules.py:17
export const canRead = predicate<NodeContext>(
  "can_read",
  (user, node) => isActive(user) && signedIn(user) && climbed(node.parentChain, (above2) => above2.inherits).some((above2) => above2.grants.some((row) => (row.userId === user.id || (row.groupId !== null && inSomeGroup(user, [there(row.group).name]))) && row.level >= 1)),
);
const canReadRows = (viewer: User) =>
  Filter
    .always(isActive(viewer))
    .and(Filter.known(() => Filter.always(signedIn(viewer))))
    .and(
      Filter.when(
        exists(
          rows
            .select({ one: sql`1` })
            .from(node2)
            .where(
              and(
                inArray(
                  node2.id,
                  lineage(node, node3, node3.id, node3.parentId, node.id, eq(node3.inherits, true)),
                ),
                exists(
                  rows
                    .select({ one: sql`1` })
                    .from(nodeGrant)
                    .where(
                      and(
                        eq(nodeGrant.nodeId, node2.id),
                        or(
                          same(nodeGrant.userId, viewer.id),
                          and(
                            sql`(${isNull(nodeGrant.groupId)}) is not true`,
                            exists(
                              rows
                                .select({ one: sql`1` })
                                .from(group)
                                .where(
                                  and(
                                    eq(group.id, nodeGrant.groupId),
                                    among(group.name, viewer.groups),
                                  ),
                                ),
                            ),
                          ),
                        ),
                        gte(nodeGrant.level, 1),
                      ),
                    ),
                ),
              ),
            ),
        ),
      ),
    );

// cases/rules.py:281
export const grantOfVisitor = predicate<NodeContext>(
  "grant_of_visitor",
  (user, node) => node.grants.some((row) => row.userId === user.id),
);
const grantOfVisitorRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(nodeGrant)
        .where(and(eq(nodeGrant.nodeId, node.id), same(nodeGrant.userId, viewer.id))),
    ),
  );

// cases/rules.py:273
export const hasBudget = predicate<NodeContext>(
  "has_budget",
  (user, node) => node.children.some((row) => row.title === "Budget"),
);
const hasBudgetRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(node2)
        .where(and(eq(node2.parentId, node.id), eq(node2.title, "Budget"))),
    ),
  );

// cases/rules.py:269
export const inTheMiddle = predicate<NodeContext>(
  "in_the_middle",
  (user, node) => 0 <= node.position && node.position <= 1 && node.inherits,
);
const inTheMiddleRows = (viewer: User) =>
  Filter
    .when(gte(node.position, 0))
    .and(Filter.when(lte(node.position, 1)))
    .and(Filter.when(eq(node.inherits, true)));

// protokolln/rules.py:32
export const hasDirectGrant = predicate<NodeContext>(
  "has_direct_grant",
  (user, node) => signedIn(user) && node.grants.some((row) => row.userId === user.id),
);
const hasDirectGrantRows = (viewer: User) =>
  forSignedIn(
    viewer,
    Filter.when(
      exists(
        rows
          .select({ one: sql`1` })
          .from(nodeGrant)
          .where(and(eq(nodeGrant.nodeId, node.id), same(nodeGrant.userId, viewer.id))),
      ),
    ),
  );

// cases/rules.py:265
export const onTop = predicate<NodeContext>("on_top", (user, node) => node.position < 1);
const onTopRows = (viewer: User) => Filter.when(lt(node.position, 1));

// cases/rules.py:277
export const unownedGrant = predicate<NodeContext>(
  "unowned_grant",
  (user, node) => node.grants.some((row) => row.userId === null && row.level === 1),
);
const unownedGrantRows = (viewer: User) =>
  Filter.when(
    exists(
      rows
        .select({ one: sql`1` })
        .from(nodeGrant)
        .where(and(eq(nodeGrant.nodeId, node.id), isNull(nodeGrant.userId), eq(nodeGrant.level, 1))),
    ),
  );

// protokolln/views.py:16
// def get_queryset(self):
//     nodes = Node.objects.filter(parent=None)
//     return [node for node in nodes if self.request.user.has_perm("protokolln.view_node", node)]
export const inNodeListView = untranslated(
  "in NodeListView",
  "`[node for node in nodes if self.request.user.has_perm('protokolln.view_node', node)]` may raise in the middle of its rows",
);

export const nodeRules = new Registry<User, NodeContext>();

// protokolln.add_node (protokolln/models.py:10)
nodeRules.add("node.add", granted("protokolln.add_node").or(grantedOnNode("add_node")));

export const addNodesWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnNodeRows(viewer, "add_node"));

// protokolln.change_node (protokolln/rules.py:43)
nodeRules.add("node.change", canWrite.or(grantedOnNode("change_node")));

export const changeNodesWhere = (viewer: User) =>
  rowsWhere(viewer, canWriteRows(viewer).or(grantedOnNodeRows(viewer, "change_node")));

// protokolln.delete_node (protokolln/rules.py:44)
nodeRules.add("node.delete", canManage.and(isTop.not()).or(grantedOnNode("delete_node")));

export const deleteNodesWhere = (viewer: User) =>
  rowsWhere(
    viewer,
    canManageRows(viewer).and(isTopRows(viewer).not()).or(grantedOnNodeRows(viewer, "delete_node")),
  );

// protokolln.view_node (protokolln/rules.py:42)
nodeRules.add("node.view", canRead.or(grantedOnNode("view_node")));

export const visibleNodesWhere = (viewer: User) =>
  rowsWhere(viewer, canReadRows(viewer).or(grantedOnNodeRows(viewer, "view_node")));

// protokolln.grant_of_visitor_node (protokolln/models.py:10)
nodeRules.add("node.grantOfVisitor", grantOfVisitor);

export const grantOfVisitorNodesWhere = (viewer: User) =>
  rowsWhere(viewer, grantOfVisitorRows(viewer));

// protokolln.has_budget_node (protokolln/models.py:10)
nodeRules.add("node.hasBudget", hasBudget);

export const hasBudgetNodesWhere = (viewer: User) => rowsWhere(viewer, hasBudgetRows(viewer));

// protokolln.in_the_middle_node (protokolln/models.py:10)
nodeRules.add("node.inTheMiddle", inTheMiddle);

export const inTheMiddleNodesWhere = (viewer: User) => rowsWhere(viewer, inTheMiddleRows(viewer));

// protokolln.leave_node (protokolln/rules.py:45)
nodeRules.add("node.leave", hasDirectGrant);

export const leaveNodesWhere = (viewer: User) => rowsWhere(viewer, hasDirectGrantRows(viewer));

// protokolln.on_top_node (protokolln/models.py:10)
nodeRules.add("node.onTop", onTop);

export const onTopNodesWhere = (viewer: User) => rowsWhere(viewer, onTopRows(viewer));

// protokolln.unowned_grant_node (protokolln/models.py:10)
nodeRules.add("node.unownedGrant", unownedGrant);

export const unownedGrantNodesWhere = (viewer: User) => rowsWhere(viewer, unownedGrantRows(viewer));

/** What views decide: site admins are asked as everybody is. */
export const nodeAccess = new Registry<User, NodeContext>(false);

// protokolln.NodeListView.rows (protokolln/views.py:16)
nodeAccess.add("NodeListView.rows", inNodeListView);

export const nodeListViewRowsWhere = (viewer: User) => rowsAsked(viewer, Filter.refused());

// What the rules about one protokolln.NodeGrant read of it.
export interface NodeGrantContext {
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
export const grantedOnNodeGrant = (codename: string) =>
  predicate<NodeGrantContext>(`granted:${codename}`, (user, nodeGrant) => nodeGrant !== undefined && isActive(user) && (nodeGrant.userObjectPermissionRows.some((row) => row.userId === user.id && row.permission.codename === codename && row.permission.contentType.appLabel === "protokolln" && row.permission.contentType.model === "nodegrant" && row.contentType.appLabel === "protokolln" && row.contentType.model === "nodegrant") || nodeGrant.groupObjectPermissionRows.some((row) => inSomeGroup(user, [row.group.name]) && row.permission.codename === codename && row.permission.contentType.appLabel === "protokolln" && row.permission.contentType.model === "nodegrant" && row.contentType.appLabel === "protokolln" && row.contentType.model === "nodegrant")));
const grantedOnNodeGrantRows = (viewer: User, codename: string) =>
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
                  eq(userObjectPermission.objectPk, sql`cast(${nodeGrant.id} as text)`),
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
                                    eq(contentType.appLabel, "protokolln"),
                                    eq(contentType.model, "nodegrant"),
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
                            eq(contentType.appLabel, "protokolln"),
                            eq(contentType.model, "nodegrant"),
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
                    eq(groupObjectPermission.objectPk, sql`cast(${nodeGrant.id} as text)`),
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
                                      eq(contentType.appLabel, "protokolln"),
                                      eq(contentType.model, "nodegrant"),
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
                              eq(contentType.appLabel, "protokolln"),
                              eq(contentType.model, "nodegrant"),
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

export const nodeGrantRules = new Registry<User, NodeGrantContext>();

// protokolln.add_nodegrant (protokolln/models.py:43)
nodeGrantRules.add(
  "nodeGrant.add",
  granted("protokolln.add_nodegrant").or(grantedOnNodeGrant("add_nodegrant")),
);

export const addNodeGrantsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnNodeGrantRows(viewer, "add_nodegrant"));

// protokolln.change_nodegrant (protokolln/models.py:43)
nodeGrantRules.add(
  "nodeGrant.change",
  granted("protokolln.change_nodegrant").or(grantedOnNodeGrant("change_nodegrant")),
);

export const changeNodeGrantsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnNodeGrantRows(viewer, "change_nodegrant"));

// protokolln.delete_nodegrant (protokolln/models.py:43)
nodeGrantRules.add(
  "nodeGrant.delete",
  granted("protokolln.delete_nodegrant").or(grantedOnNodeGrant("delete_nodegrant")),
);

export const deleteNodeGrantsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnNodeGrantRows(viewer, "delete_nodegrant"));

// protokolln.view_nodegrant (protokolln/models.py:43)
nodeGrantRules.add(
  "nodeGrant.view",
  granted("protokolln.view_nodegrant").or(grantedOnNodeGrant("view_nodegrant")),
);

export const visibleNodeGrantsWhere = (viewer: User) =>
  rowsWhere(viewer, grantedOnNodeGrantRows(viewer, "view_nodegrant"));
