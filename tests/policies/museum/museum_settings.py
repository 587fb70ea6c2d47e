"""A project whose rules have every shape that people give them; see gallery/rules.py."""

import os

SECRET_KEY = "never-deployed"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "rules.apps.AutodiscoverRulesConfig",
    "guardian",
    "gallery",
]
AUTH_USER_MODEL = "gallery.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "rules.permissions.ObjectPermissionBackend",
    "gallery.backends.LeadBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = "nobody"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("MUSEUM_DATABASE", "none")}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
ROOT_URLCONF = "gallery.urls"
MIGRATION_MODULES = {"gallery": None}
EDITORS = "editors"
