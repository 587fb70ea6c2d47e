"""django.contrib.auth as Better Auth: tables, sign-in, sessions and guards beside Django's on the same database."""
