from decimal import Decimal
from http import HTTPStatus

from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, transaction
from django.test import TestCase

from shop.models import Bookmark, OpeningHours, Order


class ShopTest(TestCase):
    fixtures = ["catalog", "shop"]

    def setUp(self) -> None:
        self.cleo = User.objects.get(username="cleo")

    def test_the_total_of_an_order(self):
        totals = Order.objects.of(self.cleo).with_total().values_list("status", "total")
        self.assertEqual(dict(totals), {"sent": Decimal("26.99"), "paid": Decimal("30.96"), "basket": Decimal("9.99")})

    def test_open_orders_are_neither_sent_nor_refunded(self):
        self.assertEqual({order.status for order in Order.objects.open()}, {"basket", "paid"})

    def test_a_customer_has_one_basket(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Order.objects.create(customer=self.cleo.customer)

    def test_a_bookmark_leads_to_anything(self):
        self.assertEqual(str(Bookmark.objects.get(pk=2).target), "Ursula K. Le Guin")

    def test_hours_read_well(self):
        self.assertEqual(str(OpeningHours.objects.get(weekday=4)), "Thursday 09:30–20:00")

    def test_a_refund_needs_its_permission(self):
        order = Order.objects.get(status="paid")
        self.client.force_login(self.cleo)
        self.assertEqual(self.client.post(f"/shop/orders/{order.pk}/refund/").status_code, HTTPStatus.FORBIDDEN)
        self.cleo.user_permissions.add(Permission.objects.get(codename="refund_order"))
        self.client.post(f"/shop/orders/{order.pk}/refund/")
        order.refresh_from_db()
        self.assertEqual(order.status, Order.Status.REFUNDED)

    def test_sales_are_for_staff(self):
        self.client.force_login(User.objects.get(username="ben"))
        self.assertEqual(
            self.client.get("/shop/sales/").json()["sales"][0], {"title": "Finn Family Moomintroll", "total": "20.97"}
        )

    def test_my_orders_are_mine(self):
        self.client.force_login(User.objects.get(username="zadie"))
        page = self.client.get("/shop/orders/")
        self.assertContains(page, "Refunded")
        self.assertNotContains(page, "Paid")
