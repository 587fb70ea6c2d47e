"""Permissions that are inherited down the tree."""

import rules
from django.db.models import Q

from protokolln.models import NodeGrant


def granted(user, node, level):
    """Whether the user, or a group of theirs, holds at least ``level`` on the node or above it."""
    if node is None or not user.is_active:
        return False
    holder = Q(user=user) | Q(group__in=user.groups.all())
    return NodeGrant.objects.filter(holder, node__in=list(node.lineage()), level__gte=level).exists()


@rules.predicate
def can_read(user, node):
    return granted(user, node, NodeGrant.Level.READ)


@rules.predicate
def can_write(user, node):
    return granted(user, node, NodeGrant.Level.WRITE)


@rules.predicate
def can_manage(user, node):
    return granted(user, node, NodeGrant.Level.MANAGE)


@rules.predicate
def has_direct_grant(user, node):
    return node.grants.filter(user=user).exists()


@rules.predicate
def is_top(user, node):
    return node.parent_id is None


rules.add_perm("protokolln.view_node", can_read)
rules.add_perm("protokolln.change_node", can_write)
rules.add_perm("protokolln.delete_node", can_manage & ~is_top)
rules.add_perm("protokolln.leave_node", has_direct_grant)
