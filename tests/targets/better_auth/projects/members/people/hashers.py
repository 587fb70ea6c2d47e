from django.contrib.auth.hashers import PBKDF2PasswordHasher


class ShortPBKDF2(PBKDF2PasswordHasher):
    """Django's own, at another price."""

    iterations = 5000


class Peppered(PBKDF2PasswordHasher):
    """Computes something else under a name of its own."""

    algorithm = "peppered"

    def encode(self, password, salt, iterations=None):
        return super().encode(f"{password}pepper", salt, iterations)


class Home(PBKDF2PasswordHasher):
    """Computes something else under a name of Django's: the last of a name counts."""

    algorithm = "md5"

    def encode(self, password, salt, iterations=None):
        return super().encode(password[::-1], salt, iterations)
