import os

PASSWORD = os.environ["WORKBENCH_TEST_PASSWORD"]
PORT = int(os.environ["WORKBENCH_TEST_PORT"])
COLOUR = os.environ.get("WORKBENCH_TEST_COLOUR", "red")
SECRET_KEY = "for tests"
INSTALLED_APPS = ["blog"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "theirs.sqlite3"}}
