from django.contrib.auth.decorators import login_not_required
from django.urls import path
from doors import views

urlpatterns = [
    path("hall/", views.hall),
    path("porch/", login_not_required(views.porch)),
    path("staff/", views.Staff.as_view()),
]
