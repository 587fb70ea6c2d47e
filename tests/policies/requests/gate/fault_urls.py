from django.urls import path
from doors import views

urlpatterns = [path("hall/", views.hall), path("endless/", views.endless), path("end/", views.end)]
