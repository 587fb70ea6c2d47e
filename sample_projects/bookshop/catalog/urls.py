from django.urls import path

from catalog import views

app_name = "catalog"
urlpatterns = [
    path("", views.BookList.as_view(), name="book-list"),
    path("books/new/", views.BookCreate.as_view(), name="book-create"),
    path("books/<slug:slug>/", views.BookDetail.as_view(), name="book-detail"),
    path("books/<slug:slug>/edit/", views.BookUpdate.as_view(), name="book-update"),
    path("books/<slug:slug>/delete/", views.BookDelete.as_view(), name="book-delete"),
    path("books/<slug:slug>/price/", views.set_price, name="book-price"),
    path("books/<slug:slug>/review/", views.write_review, name="book-review"),
]
