from django.contrib import admin

from shop.models import Bookmark, Customer, OpeningHours, Order, OrderLine


class OrderLineInline(admin.TabularInline):
    model = OrderLine
    extra = 0


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "customer", "status", "placed_at"]
    inlines = [OrderLineInline]

    def has_delete_permission(self, request, obj=None):
        """Orders are kept for the tax office."""
        return False


admin.site.register([Bookmark, Customer, OpeningHours])
