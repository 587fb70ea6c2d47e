from django.contrib import admin

from catalog.models import AudioBook, Author, Book, Contribution, Publisher, Review, Tag


class ContributionInline(admin.TabularInline):
    model = Contribution
    extra = 0


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author", "price", "published", "in_print"]
    list_filter = ["in_print", "binding", "audience", "tags"]
    search_fields = ["title", "author__name", "isbn"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ContributionInline]

    def has_change_permission(self, request, obj=None):
        """A book that is out of print is history: only superusers rewrite it."""
        if obj is not None and not obj.in_print and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


@admin.register(Review)
class ReviewAdmin(admin.ModelAdmin):
    list_display = ["book", "stars", "reviewer", "is_public"]

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("catalog.publish_review")

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)


admin.site.register([AudioBook, Author, Publisher, Tag])
