"""A club whose members sign in with their e-mail address; every hasher of Django, and two of its own."""

from config.base import *  # noqa: F403

SECRET_KEY = "a test project: this key protects nothing"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "people"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
ROOT_URLCONF = "config.urls"
USE_TZ = False
TIME_ZONE = "Europe/Stockholm"

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["people.backends.CardBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "people.hashers.ShortPBKDF2",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "django.contrib.auth.hashers.BCryptPasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "people.hashers.Peppered",
    "people.hashers.Home",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_DOMAIN = "club.example.org"
SESSION_COOKIE_SECURE = True
