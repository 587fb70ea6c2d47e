"""A project whose user model answers has_perm() itself, and with a backend of its own."""

SECRET_KEY = "never-deployed"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "rules.apps.AutodiscoverRulesConfig", "desk"]
AUTH_USER_MODEL = "desk.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "desk.backends.Clerks",
    "django.contrib.auth.backends.ModelBackend",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "desk"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
