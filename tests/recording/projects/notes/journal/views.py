from django.http import HttpResponse

from journal.models import Page


def pages(request):
    return HttpResponse(", ".join(f"{page.title} by {page.author.name}" for page in Page.objects.order_by("title")))
