import uuid
from decimal import Decimal

from django import VERSION
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, HStoreField, RangeOperators
from django.contrib.postgres.indexes import BTreeIndex, GinIndex, OpClass
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


CHECK = "condition" if VERSION >= (5, 1) else "check"


class Colour(models.TextChoices):
    RED = "r", _("Red")
    BLUE = "b", _("Blue")


def default_code():
    return uuid.uuid4().hex[:8]


class HexField(models.Field):
    """A custom field that names its type itself."""

    def db_type(self, connection):
        return "bytea" if connection.vendor == "postgresql" else "blob"


class Common(models.Model):
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering = ["-created"]


class LoudQuerySet(models.QuerySet):
    def loud(self):
        return self.filter(volume__gt=9)


class ThingManager(models.Manager.from_queryset(LoudQuerySet)):
    def quiet(self):
        return self.exclude(volume__gt=1)


class Maker(models.Model):
    code = models.CharField(max_length=8, unique=True, default=default_code)
    mentor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="pupils")
    friends = models.ManyToManyField("self", blank=1)
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followers")


class Thing(Common):
    """A thing.

    Of many kinds.
    """

    name = models.CharField(_("name"), max_length=40, help_text="what it is called", db_index=True)
    slug = models.SlugField(validators=[RegexValidator("^[a-z]+$")])
    colour = models.CharField(max_length=1, choices=Colour.choices, default=Colour.RED)
    size = models.IntegerField(choices=[("Small", [(1, "tiny"), (2, "little")]), (9, "huge")], null=True)
    price = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("1.50"))
    volume = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1)])
    weight = models.FloatField(null=True)
    ratio = models.BigIntegerField(default=0)
    ready = models.BooleanField(default=False)
    day = models.DateField(null=True)
    hour = models.TimeField(null=True)
    took = models.DurationField(null=True)
    data = models.JSONField(default=dict)
    raw = models.BinaryField(default=b"\x00\x01")
    mail = models.EmailField()
    site = models.URLField()
    file = models.FileField(upload_to="x")
    address = models.GenericIPAddressField(null=True)
    text = models.TextField(db_collation="C")
    hexed = HexField(null=True)
    words = ArrayField(models.CharField(max_length=5), size=3, default=list)
    extra = HStoreField(null=True)
    during = DateTimeRangeField(null=True)
    maker = models.ForeignKey(Maker, models.CASCADE, to_field="code", related_name="+")
    owner = models.ForeignKey(get_user_model(), models.PROTECT, db_constraint=False, related_query_name="thing")
    heir = models.OneToOneField(Maker, models.SET(None), null=True, db_column="heir_ref")
    parts = models.ManyToManyField(Maker, through="Part", through_fields=("thing", "maker"), related_name="used_in")
    notes = GenericRelation("Note")

    objects = ThingManager()
    others = models.Manager()

    class Meta(Common.Meta):
        db_table = "stuff"
        permissions = [("polish_thing", "Can polish")]
        unique_together = [("name", "slug")]
        constraints = [
            models.CheckConstraint(**{CHECK: models.Q(volume__range=(1, 11))}, name="volume_range"),
            models.UniqueConstraint(Lower("name"), "colour", name="name_once"),
            models.UniqueConstraint(fields=["slug"], condition=models.Q(ready=True), name="slug_when_ready"),
            models.UniqueConstraint(fields=["mail"], name="mail_late", deferrable=models.Deferrable.DEFERRED),
            models.UniqueConstraint(fields=["site"], name="site_with", include=["mail"]),
            ExclusionConstraint(name="one_at_a_time", expressions=[("during", RangeOperators.OVERLAPS), ("maker", "=")],
                                condition=models.Q(ready=True)),
        ]
        indexes = [
            models.Index(fields=["colour", "-price"], name="colour_price"),
            models.Index(fields=["day"], condition=models.Q(name="it's"), include=["hour"], name="day_some"),
            models.Index(Lower("mail").desc(), name="mail_down"),
            GinIndex(OpClass("name", name="gin_trgm_ops"), name="name_parts"),
            GinIndex(fields=["data"], name="data_in"),
            BTreeIndex(fields=["slug"], fillfactor=50, name="slug_loose"),
        ]


class Part(models.Model):
    thing = models.ForeignKey(Thing, models.CASCADE)
    maker = models.ForeignKey(Maker, models.DO_NOTHING)
    helper = models.ForeignKey(Maker, models.RESTRICT, related_name="helped")


class Toy(Thing):
    for_age = models.SmallIntegerField(default=3)


class RedThing(Thing):
    class Meta:
        proxy = True
        default_permissions = ("view",)


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    about = GenericForeignKey()


class Legacy(models.Model):
    key = models.CharField(max_length=3, primary_key=True)

    class Meta:
        managed = False
        db_table = "legacy"
