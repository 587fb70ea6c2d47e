"""Pages of the shop."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required, permission_required, user_passes_test
from django.db.models import F, Sum
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from shop.models import OpeningHours, Order, OrderLine


def opening_hours(request):
    return render(request, "shop/openinghours_list.html", {"object_list": OpeningHours.objects.all()})


@login_required
def my_orders(request):
    orders = Order.objects.of(request.user).with_total()
    return render(request, "shop/order_list.html", {"object_list": orders})


@require_POST
@permission_required("shop.refund_order", raise_exception=True)
def refund(request, number):
    order = get_object_or_404(Order, number=number, status=Order.Status.PAID)
    order.status = Order.Status.REFUNDED
    order.save(update_fields=["status"])
    return redirect("shop:my-orders")


@user_passes_test(lambda user: user.is_staff)
def sales(request):
    lines = OrderLine.objects.filter(order__status__in=[Order.Status.PAID, Order.Status.SENT])
    totals = lines.values("book__title").annotate(total=Sum(F("quantity") * F("unit_price"))).order_by("-total")
    return JsonResponse({"sales": [{"title": row["book__title"], "total": f"{row['total']:.2f}"} for row in totals]})
