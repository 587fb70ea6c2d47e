SECRET_KEY = "for tests"
INSTALLED_APPS = ["things"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
