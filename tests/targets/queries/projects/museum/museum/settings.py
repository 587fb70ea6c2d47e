"""Settings of the museum: a project whose models need PostgreSQL."""

SECRET_KEY = "a project of the tests: this key protects nothing"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "collection",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "museum"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
