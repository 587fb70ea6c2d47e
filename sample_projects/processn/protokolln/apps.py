from django.apps import AppConfig


class ProtokollnConfig(AppConfig):
    name = "protokolln"
    verbose_name = "ProtokollN"
