"""A project whose views are guarded in every way, and in ways that no reading of the source finds."""

SECRET_KEY = "tests only"
DEBUG = False
ALLOWED_HOSTS = ["gate.example"]
SECURE_SSL_REDIRECT = True  # requests come by https

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "rest_framework",
    "rules",
    "doors",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "rules.permissions.ObjectPermissionBackend"]
LOADER = ("django.template.loaders.locmem.Loader", {"refused.html": "members do not come in here"})
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": [LOADER]}}]
ROOT_URLCONF = "gate_urls"
LOGIN_URL = "/sign-in/"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sv", "Svenska")]
USE_I18N = USE_TZ = True
