from django import forms

from catalog.models import Book, Review


class PriceForm(forms.ModelForm):
    class Meta:
        model = Book
        fields = ["price"]


class ReviewForm(forms.ModelForm):
    class Meta:
        model = Review
        fields = ["stars", "text"]
