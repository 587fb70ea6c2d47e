"""django.contrib.auth beside Better Auth, tried with real sign-ins."""
