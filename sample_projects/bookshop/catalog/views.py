"""Pages of the catalogue: each guard says who may open the page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin, UserPassesTestMixin
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.generic import CreateView, DeleteView, DetailView, ListView, UpdateView

from catalog.forms import PriceForm, ReviewForm
from catalog.models import Book, Review


class BookList(ListView):
    queryset = Book.objects.in_print().with_ratings().select_related("author").order_by("title")
    paginate_by = 20


class BookDetail(DetailView):
    queryset = Book.objects.select_related("author", "publisher").prefetch_related("tags")

    def get_context_data(self, **kwargs):
        reviews = self.object.reviews.visible_to(self.request.user)
        return super().get_context_data(reviews=reviews, **kwargs)


class BookCreate(PermissionRequiredMixin, CreateView):
    model = Book
    permission_required = "catalog.add_book"
    fields = ["title", "slug", "author", "publisher", "price", "published", "binding", "audience"]
    success_url = reverse_lazy("catalog:book-list")


class BookUpdate(LoginRequiredMixin, UserPassesTestMixin, UpdateView):
    """Editors and the author of the book may change what is said about it."""

    model = Book
    fields = ["title", "subtitle", "details"]
    success_url = reverse_lazy("catalog:book-list")

    def test_func(self) -> bool:
        user = self.request.user
        return user.has_perm("catalog.change_book") or self.get_object().author.email == user.email


class BookDelete(PermissionRequiredMixin, DeleteView):
    model = Book
    permission_required = ("catalog.view_book", "catalog.delete_book")
    success_url = reverse_lazy("catalog:book-list")


@login_required
@permission_required("catalog.set_price", raise_exception=True)
def set_price(request, slug):
    book = get_object_or_404(Book, slug=slug)
    form = PriceForm(request.POST or None, instance=book)
    if form.is_valid():
        form.save()
        return redirect("catalog:book-detail", slug=slug)
    return render(request, "catalog/book_form.html", {"form": form, "object": book})


@login_required
def write_review(request, slug):
    book = get_object_or_404(Book, slug=slug)
    mine = Review.objects.filter(book=book, reviewer=request.user).first()
    form = ReviewForm(request.POST or None, instance=mine or Review(book=book, reviewer=request.user))
    if form.is_valid():
        form.save()
        return redirect("catalog:book-detail", slug=slug)
    return render(request, "catalog/book_form.html", {"form": form, "object": book})
