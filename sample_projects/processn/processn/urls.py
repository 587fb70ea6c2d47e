from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from processn import api, views

router = DefaultRouter()
router.register("projects", api.ProjectViewSet, basename="api-project")
router.register("tasks", api.TaskViewSet, basename="api-task")

urlpatterns = [
    path("", views.ProjectListView.as_view(), name="project-list"),
    path("about/", views.AboutView.as_view(), name="about"),
    path("health/", views.health, name="health"),
    path("projects/new/", views.ProjectCreateView.as_view(), name="project-create"),
    path("projects/<int:pk>/", views.ProjectDetailView.as_view(), name="project-detail"),
    path("projects/<int:pk>/edit/", views.ProjectUpdateView.as_view(), name="project-update"),
    path("projects/<int:pk>/delete/", views.ProjectDeleteView.as_view(), name="project-delete"),
    path("projects/<int:pk>/archive/", views.archive_project, name="project-archive"),
    path("projects/<int:pk>/members/", views.MemberListView.as_view(), name="member-list"),
    path("tasks/", views.TaskListView.as_view(), name="task-list"),
    path("tasks/granted/", views.granted_tasks, name="task-granted"),
    path("tasks/<int:pk>/", views.TaskDetailView.as_view(), name="task-detail"),
    path("tasks/<int:pk>/finish/", views.finish_task, name="task-finish"),
    path("tasks/<int:pk>/assign/<int:user_id>/", views.reassign_task, name="task-reassign"),
    path("labels/", login_required(views.LabelListView.as_view()), name="label-list"),
    path("audit/", views.audit, name="audit"),
    path("statistics/", views.statistics, name="statistics"),
    path("staff/", staff_member_required(views.AboutView.as_view()), name="staff"),
    path("api/", include(router.urls)),
]
