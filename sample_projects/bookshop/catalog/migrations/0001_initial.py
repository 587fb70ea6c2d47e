import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from catalog.base import check


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Book",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("title", models.CharField(max_length=200)),
                ("subtitle", models.CharField(blank=True, default="", max_length=200)),
                ("slug", models.SlugField(max_length=220, unique=True)),
                ("isbn", models.CharField(blank=True, max_length=13, null=True, unique=True, verbose_name="ISBN")),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                    ),
                ),
                ("published", models.DateField(blank=True, null=True)),
                (
                    "binding",
                    models.CharField(
                        choices=[("hardback", "Hardback"), ("paperback", "Paperback"), ("ebook", "E-book")],
                        default="paperback",
                        max_length=10,
                    ),
                ),
                (
                    "audience",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Children"), (2, "Young Adults"), (3, "Adults")], default=3
                    ),
                ),
                ("pages", models.PositiveIntegerField(blank=True, null=True)),
                ("weight", models.FloatField(blank=True, null=True, verbose_name="weight in kilograms")),
                ("copies_sold", models.BigIntegerField(default=0)),
                ("in_print", models.BooleanField(default=True)),
                ("is_featured", models.BooleanField(default=False, verbose_name="shown in the window")),
                ("details", models.JSONField(blank=True, default=dict)),
                ("cover", models.FileField(blank=True, upload_to="covers")),
            ],
            options={
                "ordering": ["title"],
                "permissions": [("set_price", "Can set the price of a book")],
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=120)),
                ("slug", models.SlugField(max_length=140, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                ("born", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("biography", models.TextField(blank=True)),
                ("influences", models.ManyToManyField(blank=True, related_name="influenced", to="catalog.author")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("slug", models.SlugField(max_length=40, unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="AudioBook",
            fields=[
                (
                    "book_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="catalog.book",
                    ),
                ),
                ("narrator", models.CharField(max_length=120)),
                ("duration", models.DurationField()),
                ("sample_rate", models.SmallIntegerField(default=44, verbose_name="sample rate in kilohertz")),
            ],
            options={
                "abstract": False,
            },
            bases=("catalog.book",),
        ),
        migrations.CreateModel(
            name="Classic",
            fields=[],
            options={
                "ordering": ["published"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("catalog.book",),
        ),
        migrations.AddField(
            model_name="book",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="books", to="catalog.author"
            ),
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("editor", "Editor"), ("translator", "Translator"), ("illustrator", "Illustrator")],
                        max_length=12,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contributions", to="catalog.author"
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contributions", to="catalog.book"
                    ),
                ),
            ],
            options={
                "ordering": ["book", "role"],
            },
        ),
        migrations.AddField(
            model_name="book",
            name="contributors",
            field=models.ManyToManyField(
                related_name="contributions_to", through="catalog.Contribution", to="catalog.author"
            ),
        ),
        migrations.CreateModel(
            name="Publisher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=120, unique=True)),
                ("website", models.URLField(blank=True)),
                ("contact", models.EmailField(blank=True, max_length=254, verbose_name="contact address")),
                ("founded", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of foundation")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imprints",
                        to="catalog.publisher",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="book",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="books",
                to="catalog.publisher",
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "stars",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Poor"), (2, "Fair"), (3, "Good"), (4, "Very Good"), (5, "Superb")]
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("is_public", models.BooleanField(default=False)),
                (
                    "sent_from",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="address of the sender"),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="catalog.book"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "permissions": [("publish_review", "Can publish a review")],
            },
        ),
        migrations.AddField(
            model_name="book",
            name="tags",
            field=models.ManyToManyField(blank=True, related_name="books", to="catalog.tag"),
        ),
        migrations.AddIndex(
            model_name="author",
            index=models.Index(fields=["name"], name="author_name"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(fields=("book", "author", "role"), name="contribution_once_per_role"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=check("review_stars_one_to_five", models.Q(("stars__gte", 1), ("stars__lte", 5))),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("book", "reviewer"), name="review_once_per_book"),
        ),
        migrations.AddIndex(
            model_name="book",
            index=models.Index(fields=["author", "-published"], name="book_author_published"),
        ),
        migrations.AddIndex(
            model_name="book",
            index=models.Index(condition=models.Q(("in_print", True)), fields=["price"], name="book_price_in_print"),
        ),
        migrations.AddConstraint(
            model_name="book",
            constraint=check("book_price_not_negative", models.Q(("price__gte", 0))),
        ),
        migrations.AddConstraint(
            model_name="book",
            constraint=models.UniqueConstraint(fields=("author", "title"), name="book_title_once_per_author"),
        ),
        migrations.AddConstraint(
            model_name="book",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_featured", True)), fields=("publisher",), name="book_one_featured_per_publisher"
            ),
        ),
    ]
