import sys

print("hello from settings")
print("{}", file=sys.stderr, flush=True)
sys.stdout = sys.stderr = None
SECRET_KEY = "for tests"
INSTALLED_APPS = ["blog"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "theirs.sqlite3"}}
