import shop.models as stock
from django.apps import apps
from django.contrib.auth import get_user_model

from . import models
from .models import Book as Volume

User = get_user_model()
Shelf = apps.get_model("shop", "Shelf")


def listing(request, names):
    users = User.objects.filter(username__in=names)
    grouped = (
        Volume.objects.filter(shelf__in=Shelf.objects.filter(name="é"))
        .order_by("-id")[:10]
    )
    count = len(models.Book._default_manager.all())
    found = [stock.Shelf.objects.get(name=name) for name in names]
    return users, grouped, count, found, request.thing.objects.all()
