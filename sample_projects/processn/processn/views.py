"""The pages, guarded in every style that Django programmers use."""

from django.contrib.auth.decorators import login_required, permission_required, user_passes_test
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DeleteView, DetailView, ListView, TemplateView, UpdateView
from guardian.decorators import permission_required_or_403
from guardian.shortcuts import assign_perm, get_objects_for_user
from rules.contrib.views import PermissionRequiredMixin

from processn.models import Label, Member, Project, Task


def can_audit(user):
    return user.is_active and (user.is_staff or user.groups.filter(name="auditors").exists())


class AboutView(TemplateView):
    """Open to everybody."""

    template_name = "processn/about.html"


class ProjectListView(ListView):
    """Open to everybody, narrowed to what the visitor may see."""

    model = Project

    def get_queryset(self):
        return Project.objects.visible_to(self.request.user)


class ProjectDetailView(PermissionRequiredMixin, DetailView):
    model = Project
    permission_required = "processn.view_project"


class ProjectCreateView(LoginRequiredMixin, CreateView):
    model = Project
    fields = ["name", "description", "public"]

    def form_valid(self, form):
        response = super().form_valid(form)
        Member.objects.create(project=self.object, user=self.request.user, role=Member.Role.OWNER, can_assign=True)
        return response


class ProjectUpdateView(LoginRequiredMixin, PermissionRequiredMixin, UpdateView):
    model = Project
    fields = ["name", "description", "public"]
    permission_required = "processn.change_project"


class ProjectDeleteView(DeleteView):
    """Guarded by hand, in dispatch."""

    model = Project
    success_url = reverse_lazy("project-list")

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect("login")
        if not request.user.has_perm("processn.delete_project", self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@require_POST
@login_required
@permission_required("processn.archive_project", raise_exception=True)
def archive_project(request, pk):
    Project.objects.filter(pk=pk).update(archived=True)
    return redirect("project-detail", pk=pk)


@user_passes_test(can_audit)
def audit(request):
    return render(request, "processn/audit.html", {"projects": Project.objects.all(), "tasks": Task.objects.count()})


@user_passes_test(lambda user: user.is_superuser)
def statistics(request):
    return JsonResponse({"projects": Project.objects.count(), "tasks": Task.objects.count()})


class MemberListView(UserPassesTestMixin, ListView):
    """Members are shown to members."""

    model = Member
    raise_exception = True

    def test_func(self):
        return Member.objects.filter(project=self.kwargs["pk"], user=self.request.user.pk).exists()

    def get_queryset(self):
        return Member.objects.filter(project=self.kwargs["pk"]).select_related("user")


@method_decorator(login_required, name="dispatch")
class TaskListView(ListView):
    model = Task

    def get_queryset(self):
        return Task.objects.filter(project__members__user=self.request.user).select_related("project")


class TaskDetailView(DetailView):
    """Guardian's view: the grant on this one task decides."""

    model = Task

    @method_decorator(permission_required_or_403("processn.view_task", (Task, "pk", "pk")))
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


@permission_required_or_403("processn.change_task", (Task, "pk", "pk"))
def finish_task(request, pk):
    Task.objects.filter(pk=pk).update(status=Task.Status.DONE)
    return redirect("task-detail", pk=pk)


@login_required
def reassign_task(request, pk, user_id):
    task = get_object_or_404(Task, pk=pk)
    if not request.user.has_perm("processn.reassign_task", task):
        raise PermissionDenied
    member = get_object_or_404(Member, project=task.project, user=user_id)
    task.assignee = member.user
    task.save(update_fields=["assignee", "updated_at"])
    assign_perm("processn.change_task", member.user, task)
    return redirect("task-detail", pk=pk)


@login_required
def granted_tasks(request):
    """Tasks that somebody granted to this user or to a group of theirs."""
    tasks = get_objects_for_user(request.user, "processn.view_task", klass=Task, accept_global_perms=False)
    return JsonResponse({"tasks": list(tasks.values_list("title", flat=True))})


class LabelListView(ListView):
    """Guarded where its address is written, in urls.py."""

    model = Label


def health(request):
    return HttpResponse("ok", content_type="text/plain")
