from django.urls import path

from shop import views

app_name = "shop"
urlpatterns = [
    path("", views.opening_hours, name="opening-hours"),
    path("orders/", views.my_orders, name="my-orders"),
    path("orders/<uuid:number>/refund/", views.refund, name="refund"),
    path("sales/", views.sales, name="sales"),
]
