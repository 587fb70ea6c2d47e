from django.contrib.auth.backends import BaseBackend

from gallery.models import Paper


class LeadBackend(BaseBackend):
    """Leads of a paper's team may print it."""

    def has_perm(self, user_obj, perm, obj=None):
        if obj is None or not isinstance(obj, Paper):
            return False
        if not perm.startswith("gallery.") or not user_obj.is_authenticated:
            return False
        return perm == "gallery.delete_paper" and user_obj.leads_team(obj.team)
