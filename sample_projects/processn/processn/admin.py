"""The admin: only site administrators remove projects."""

from django.contrib import admin
from guardian.admin import GuardedModelAdmin

from processn.models import Label, Member, Project, Task


class MemberInline(admin.TabularInline):
    model = Member
    extra = 0


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    list_display = ["name", "public", "archived"]
    inlines = [MemberInline]

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.archived:
            return False
        return super().has_change_permission(request, obj)


@admin.register(Task)
class TaskAdmin(GuardedModelAdmin):
    list_display = ["title", "project", "assignee", "status", "due"]
    list_filter = ["status"]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset if request.user.is_superuser else queryset.filter(project__members__user=request.user)


admin.site.register(Label)
