"""The tree's pages."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import DetailView, ListView, UpdateView
from rules.contrib.views import PermissionRequiredMixin

from protokolln.models import Node


class NodeListView(LoginRequiredMixin, ListView):
    """The top of the tree, as far as the user may read it."""

    model = Node
    template_name = "protokolln/node_list.html"  # Django finds it by itself for querysets only

    def get_queryset(self):
        nodes = Node.objects.filter(parent=None)
        return [node for node in nodes if self.request.user.has_perm("protokolln.view_node", node)]


class NodeDetailView(PermissionRequiredMixin, DetailView):
    model = Node
    permission_required = "protokolln.view_node"
    raise_exception = True


class NodeUpdateView(PermissionRequiredMixin, UpdateView):
    model = Node
    fields = ["title", "body"]
    permission_required = "protokolln.change_node"
    raise_exception = True
