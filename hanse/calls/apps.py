from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "hanse.calls"
    label = "calls"
