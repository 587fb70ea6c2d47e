"""Grants are inherited down the tree, until a node stops it."""

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from protokolln.models import Node


class Tree(TestCase):
    fixtures = ["processn", "protokolln"]

    def allowed(self, permission, title):
        node = Node.objects.get(title=title)
        return [user.username for user in User.objects.order_by("pk") if user.has_perm(permission, node)]

    def test_grants_are_inherited(self):
        self.assertEqual(self.allowed("protokolln.view_node", "Board"), ["ada", "cia", "dan"])
        self.assertEqual(self.allowed("protokolln.view_node", "Budget"), ["ada", "cia", "dan", "fia"])
        self.assertEqual(self.allowed("protokolln.change_node", "Budget"), ["ada", "dan", "fia"])

    def test_a_node_may_stop_inheriting(self):
        self.assertEqual(self.allowed("protokolln.view_node", "Salaries"), ["ada", "eva"])

    def test_the_top_is_never_deleted(self):
        self.assertEqual(self.allowed("protokolln.delete_node", "Board"), ["ada"])
        self.assertEqual(self.allowed("protokolln.delete_node", "2026"), ["ada", "dan"])

    def test_an_inactive_user_holds_nothing(self):
        self.assertEqual(self.allowed("protokolln.view_node", "Club"), ["ada"])

    def test_pages(self):
        self.assertEqual(self.client.get(reverse("node-list")).status_code, 302)
        self.client.force_login(User.objects.get(username="fia"))
        self.assertNotContains(self.client.get(reverse("node-list")), "Board")
        meeting = Node.objects.get(title="January meeting")
        self.assertContains(self.client.get(meeting.get_absolute_url()), "Edit")
        self.assertEqual(self.client.get(reverse("node-detail", args=[1])).status_code, 403)
