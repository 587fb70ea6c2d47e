from django.urls import path
from journal.views import pages

urlpatterns = [path("", pages)]
