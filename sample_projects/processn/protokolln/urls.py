from django.urls import path

from protokolln import views

urlpatterns = [
    path("", views.NodeListView.as_view(), name="node-list"),
    path("<int:pk>/", views.NodeDetailView.as_view(), name="node-detail"),
    path("<int:pk>/edit/", views.NodeUpdateView.as_view(), name="node-update"),
]
