"""The same with Django's middleware that asks for a login everywhere."""

from gate_settings import *  # noqa: F403
from gate_settings import MIDDLEWARE

MIDDLEWARE = [*MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]
ROOT_URLCONF = "login_urls"
