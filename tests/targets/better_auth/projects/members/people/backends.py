from django.contrib.auth.backends import BaseBackend


class CardBackend(BaseBackend):
    """Signs members in by the number of their card, which nothing else knows."""

    def authenticate(self, request, card=None, **credentials):
        return None
