from django.core.exceptions import ImproperlyConfigured


def env(name):
    raise ImproperlyConfigured(f"Set the {name} environment variable")


TOKEN = env("WORKBENCH_TEST_TOKEN")
SECRET_KEY = "for tests"
INSTALLED_APPS = ["blog"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "theirs.sqlite3"}}
