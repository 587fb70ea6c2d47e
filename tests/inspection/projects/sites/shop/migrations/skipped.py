from shop.models import Book

Book.objects.all()
