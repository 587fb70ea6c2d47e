import os

assert os.environ["WORKBENCH_TEST_COLOUR"] == "blue"
assert os.environ["WORKBENCH_TEST_REAL"] == "real"
SECRET_KEY = "for tests"
INSTALLED_APPS = ["blog"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "theirs.sqlite3"}}
