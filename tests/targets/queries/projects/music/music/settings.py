"""Settings of the music project: a project of the tests, whose rows hang on each other in every way."""

SECRET_KEY = "a project of the tests: this key protects nothing"
INSTALLED_APPS = ["django.contrib.contenttypes", "songs"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "music.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
