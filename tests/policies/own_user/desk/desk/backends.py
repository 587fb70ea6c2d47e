from django.contrib.auth.backends import BaseBackend


class Clerks(BaseBackend):
    """Clerks may do with stamps what they like."""

    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active:
            return False
        return perm in ("desk.add_stamp", "desk.change_stamp") and user_obj.groups.filter(name="clerks").exists()
