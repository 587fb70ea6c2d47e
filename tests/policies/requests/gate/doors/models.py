import rules
from django.conf import settings
from django.db import models
from rules.contrib.models import RulesModel


@rules.predicate
def owns(user, door):
    return door.owner_id is not None and door.owner_id == user.pk


class Door(RulesModel):
    slug = models.SlugField(unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    open = models.BooleanField(default=False)

    class Meta:
        permissions = [("paint_door", "Can paint door"), ("sell_door", "Can sell door")]
        rules_permissions = {"view": owns}


class Note(models.Model):
    text = models.CharField(max_length=20)
