from django.urls import path

from gallery import views

urlpatterns = [path(f"{kind.__name__}/<int:pk>/", kind.as_view(views.ACTIONS)) for kind in views.CLASSES]
urlpatterns += [path("One/<int:pk>/", views.One.as_view()), path("Api/", views.Api.as_view({"get": "list"}))]
urlpatterns += [path(f"{kind.__name__}/", kind.as_view()) for kind in views.ROWS]
urlpatterns += [path("granted/", views.granted_folders)]
