from django.apps import AppConfig


class ProcessnConfig(AppConfig):
    name = "processn"
    verbose_name = "ProcessN"
