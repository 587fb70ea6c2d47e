SECRET_KEY = "for tests"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "people",
    "things",
]
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "theirs", "PASSWORD": "secret"},
    "archive": {"ENGINE": "django.db.backends.mysql", "NAME": "old"},
}
DATABASE_ROUTERS = ["conf.routers.Archive"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
