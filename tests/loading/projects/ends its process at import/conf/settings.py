import os
import sys

print("cannot go on", file=sys.stderr, flush=True)
os._exit(7)
SECRET_KEY = "for tests"
INSTALLED_APPS = ["blog"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "theirs.sqlite3"}}
