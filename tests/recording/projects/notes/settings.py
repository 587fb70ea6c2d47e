import ctypes.util
import os
from pathlib import Path

_FOLDER = Path(__file__).parent
SECRET_KEY = "notes"
INSTALLED_APPS = ["django.contrib.contenttypes", "journal"]
# a file, so that threads and forked processes share it
DATABASES = {
    alias: {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _FOLDER / f"{alias}.sqlite3",
        "TEST": {"NAME": _FOLDER / f"test_{alias}.sqlite3"},
    }
    for alias in ("default", "archive")
}
if "NOTES_HOST" in os.environ:  # PostgreSQL, by its socket's folder
    _found = ctypes.util.find_library
    ctypes.util.find_library = lambda name: os.environ["NOTES_LIBPQ"] if name == "pq" else _found(name)
    DATABASES = {
        alias: {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["NOTES_HOST"],
            "USER": "postgres",
            "NAME": "postgres",
            "TEST": {"NAME": f"notes_{alias}"},
        }
        for alias in ("default", "archive")
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "urls"
USE_TZ = True
