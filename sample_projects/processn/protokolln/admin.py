from django.contrib import admin

from protokolln.models import Node, NodeGrant


class NodeGrantInline(admin.TabularInline):
    model = NodeGrant
    extra = 0


@admin.register(Node)
class NodeAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "parent", "inherits"]
    inlines = [NodeGrantInline]

    def has_module_permission(self, request):
        return request.user.is_superuser
