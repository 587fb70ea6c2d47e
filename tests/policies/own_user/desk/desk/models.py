from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Who is on leave may look, whatever else is granted; a superuser, too."""

    on_leave = models.BooleanField(default=False)

    def has_perm(self, perm, obj=None):
        if self.on_leave and not perm.startswith("desk.view_"):
            return False
        return super().has_perm(perm, obj)

    def has_module_perms(self, app_label):
        return app_label == "desk" or super().has_module_perms(app_label)


class Letter(models.Model):
    writer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters")
    sent = models.BooleanField(default=False)


class Stamp(models.Model):
    price = models.IntegerField(default=1)
