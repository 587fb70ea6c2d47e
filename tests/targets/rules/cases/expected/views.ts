import {
  orForbidden,
  orLogin,
  orNotFound,
  requireFound,
  requireNothingKnown,
  requirePermission,
  requireRule,
  requireSession,
  requireStaff,
  requireTest,
} from "./guards.ts";
import {
  projectAccess,
  projectRules,
  taskAccess,
  taskRules,
  type ProjectContext,
  type TaskContext,
} from "./processn.ts";
import { nodeRules, type NodeContext } from "./protokolln.ts";
import { inSomeGroup, isActive, isAuthenticated, type User } from "./rules.ts";

// protocols/ (protokolln/views.py:10)
// decides inside (protokolln/views.py:16): def get_queryset(self):
//         nodes = Node.objects.filter(parent=None)
//         return [node for node in nodes if self.request.user.has_perm("protokolln.view_node", node)]
// decides inside (protokolln/views.py:18): self.request.user.has_perm("protokolln.view_node", node)
export function guardNodeList(user: User): void {
  requireSession(user);
}

// protocols/<int:pk>/ (protokolln/views.py:21)
export function guardNodeDetail(user: User, object: NodeContext | undefined): void {
  requireFound(object);
  orForbidden(() => requireRule(nodeRules, user, "node.view", object));
}

// protocols/<int:pk>/edit/ (protokolln/views.py:27)
export function guardNodeUpdate(user: User, object: NodeContext | undefined): void {
  requireFound(object);
  orForbidden(() => requireRule(nodeRules, user, "node.change", object));
}

// (processn/views.py:29)
// decides inside (processn/views.py:34): def get_queryset(self):
//         return Project.objects.visible_to(self.request.user)
export function guardProjectList(_user: User): void {
}

// projects/new/ (processn/views.py:43)
export function guardProjectCreate(user: User): void {
  requireSession(user);
}

// projects/<int:pk>/ (processn/views.py:38)
export function guardProjectDetail(user: User, object: ProjectContext | undefined): void {
  requireFound(object);
  requireRule(projectRules, user, "project.view", object);
}

// projects/<int:pk>/edit/ (processn/views.py:53)
export function guardProjectUpdate(user: User, object: ProjectContext | undefined): void {
  requireSession(user);
  requireFound(object);
  requireRule(projectRules, user, "project.change", object);
}

// projects/<int:pk>/delete/ (processn/views.py:59)
export function guardProjectDelete(user: User, object: ProjectContext | undefined): void {
  requireFound(object);
  orLogin(() => requireTest(user, (user) => isAuthenticated(user)));
  orForbidden(() => requireRule(projectRules, user, "project.delete", object));
}

// projects/<int:pk>/archive/ (processn/views.py:73)
export function guardProjectArchive(user: User): void {
  requireSession(user);
  requirePermission(user, "processn.archive_project");
}

// projects/<int:pk>/members/ (processn/views.py:91)
// def test_func(self):
//     return Member.objects.filter(project=self.kwargs["pk"], user=self.request.user.pk).exists()
export function guardMemberList(user: User): void {
  requireNothingKnown(user, "`self.kwargs['pk']` has no translation");
}

// tasks/ (processn/views.py:104)
// decides inside (processn/views.py:108): def get_queryset(self):
//         return Task.objects.filter(project__members__user=self.request.user).select_related("project")
export function guardTaskList(user: User): void {
  requireSession(user);
}

// tasks/granted/ (processn/views.py:140)
export function guardTaskGranted(user: User): void {
  requireSession(user);
}

// tasks/<int:pk>/ (processn/views.py:112)
export function guardTaskDetail(user: User, object: TaskContext | undefined): void {
  requireFound(object);
  orForbidden(() => requireRule(taskRules, user, "task.view", object));
}

// tasks/<int:pk>/finish/ (processn/views.py:122)
export function guardTaskFinish(user: User, object: TaskContext | undefined): void {
  requireFound(object);
  orForbidden(() => requireRule(taskRules, user, "task.change", object));
}

// tasks/<int:pk>/assign/<int:user_id>/ (processn/views.py:128)
// decides inside (processn/views.py:131): request.user.has_perm("processn.reassign_task", task)
export function guardTaskReassign(user: User): void {
  requireSession(user);
}

// labels/ (processn/views.py:147)
export function guardLabelList(user: User): void {
  requireSession(user);
}

// audit/ (processn/views.py:81)
export function guardAudit(user: User): void {
  orLogin(() => requireTest(user, (user) => isActive(user) && (user.isStaff || inSomeGroup(user, ["auditors"]))));
}

// statistics/ (processn/views.py:86)
export function guardStatistics(user: User): void {
  orLogin(() => requireTest(user, (user) => user.isSiteAdmin));
}

// staff/ (processn/views.py:23)
export function guardStaff(user: User): void {
  requireStaff(user);
}

// api/^projects/$ api/^projects\.(?P<format>[a-z0-9]+)/?$ (processn/api.py:40)
// decides inside (processn/api.py:44): def get_queryset(self):
//         return Project.objects.filter(members__user=self.request.user)
export function guardApiProjectList(user: User): void {
  orForbidden(() => requireTest(user, (user) => isAuthenticated(user) && (user.isStaff || !false)));
}

// api/^projects/(?P<pk>[^/.]+)/$ api/^projects/(?P<pk>[^/.]+)\.(?P<format>[a-z0-9]+)/?$ (processn/api.py:40)
// decides inside (processn/api.py:44): def get_queryset(self):
//         return Project.objects.filter(members__user=self.request.user)
export function guardApiProjectDetail(user: User, object: ProjectContext | undefined): void {
  orForbidden(() => requireTest(user, (user) => isAuthenticated(user) && (user.isStaff || !false)));
  requireFound(object);
  orNotFound(() => requireRule(projectAccess, user, "ProjectViewSet.rows", object));
  orForbidden(() => requireRule(projectAccess, user, "ProjectViewSet.retrieve/update/partial_update/destroy", object));
}

// api/^tasks/$ api/^tasks\.(?P<format>[a-z0-9]+)/?$ (processn/api.py:48)
// decides inside (processn/api.py:57): def get_queryset(self):
//         return super().get_queryset().filter(project__members__user=self.request.user)
export function guardApiTaskList(user: User): void {
  orForbidden(() => requireTest(user, (user) => isAuthenticated(user)));
}

// GET api/^tasks/(?P<pk>[^/.]+)/$ api/^tasks/(?P<pk>[^/.]+)\.(?P<format>[a-z0-9]+)/?$ (processn/api.py:48)
// decides inside (processn/api.py:57): def get_queryset(self):
//         return super().get_queryset().filter(project__members__user=self.request.user)
export function guardApiTaskDetail(user: User): void {
  orForbidden(() => requireTest(user, (user) => isAuthenticated(user)));
}

// PUT PATCH DELETE api/^tasks/(?P<pk>[^/.]+)/$ api/^tasks/(?P<pk>[^/.]+)\.(?P<format>[a-z0-9]+)/?$ (processn/api.py:48)
// decides inside (processn/api.py:57): def get_queryset(self):
//         return super().get_queryset().filter(project__members__user=self.request.user)
export function guardApiTaskDetailPut(user: User, object: TaskContext | undefined): void {
  orForbidden(() => requireTest(user, (user) => isAuthenticated(user)));
  requireFound(object);
  orNotFound(() => requireRule(taskAccess, user, "TaskViewSet.rows", object));
  orForbidden(() => requireRule(taskAccess, user, "TaskViewSet.update/partial_update/destroy", object));
}

// open to everybody: about/ processn.views.AboutView (processn/views.py:23)

// open to everybody: health/ processn.views.health (processn/views.py:153)
