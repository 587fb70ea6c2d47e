"""The JSON interface (Django REST Framework)."""

from rest_framework import permissions, serializers, viewsets

from processn.models import Project, Task


class ProjectSerializer(serializers.ModelSerializer):
    class Meta:
        model = Project
        fields = ["id", "guid", "name", "description", "public", "archived"]


class TaskSerializer(serializers.ModelSerializer):
    class Meta:
        model = Task
        fields = ["id", "guid", "project", "parent", "assignee", "title", "status", "due", "estimate", "labels"]


class IsProjectMember(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.members.filter(user=request.user).exists()


class IsArchived(permissions.BasePermission):
    """Only ever used negated: without an object nothing is archived."""

    def has_permission(self, request, view):
        return False

    def has_object_permission(self, request, view, obj):
        return obj.archived


class MayChangeTask(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return request.user.has_perm("processn.change_task", obj)


class ProjectViewSet(viewsets.ModelViewSet):
    serializer_class = ProjectSerializer
    permission_classes = [permissions.IsAuthenticated & (permissions.IsAdminUser | (IsProjectMember & ~IsArchived))]

    def get_queryset(self):
        return Project.objects.filter(members__user=self.request.user)


class TaskViewSet(viewsets.ModelViewSet):
    serializer_class = TaskSerializer
    queryset = Task.objects.all()

    def get_permissions(self):
        if self.action in ("update", "partial_update", "destroy"):
            return [permissions.IsAuthenticated(), MayChangeTask()]
        return [permissions.IsAuthenticated()]

    def get_queryset(self):
        return super().get_queryset().filter(project__members__user=self.request.user)
