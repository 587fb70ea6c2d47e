"""Call sites as code bases have them: over several lines, with local values, on relations, through shortcuts."""

from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from .models import Book, Shelf

LIMIT = 3


class Report:
    queryset = Shelf.objects.all()

    def pages(self, request, offset, limit, **options):
        found = Book.objects.select_related("shelf")
        if request.GET.get("shelf"):
            found = found.filter(shelf__name__icontains=request.GET["shelf"])
        else:
            found = found.exclude(shelf=None)
        total = found.count()
        if options:
            found = found.filter(**options)
        return total, found[offset : offset + limit], found.order_by(request.GET["order"])


def names(prefix, ids):
    either = Q(name__startswith=prefix) | Q(pk__in=[int(each) for each in ids])
    return Shelf.objects.filter(either, ~Q(name="")).values_list("name", flat=True)[:LIMIT]


def one(pk, when):
    shelf = get_object_or_404(Shelf, pk=pk)
    for book in shelf.book_set.filter(id__gt=pk):
        print(book.pk)
    return shelf.book_set.filter(id__lt=when.day).exists()


def counted(shelf: Shelf):
    busy = Exists(Book.objects.filter(shelf=OuterRef("pk")))
    titles = [each.pk for each in Shelf.objects.annotate(n=Count("book")).filter(busy, n__gte=len(shelf.name))]
    later = timezone.now()
    return titles, shelf.book_set.filter(shelf__name=later.isoformat()), shelf.unknown.filter(x=1)


def beside(book: Book):
    return book.shelf.book_set.count()
