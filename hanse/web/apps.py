from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hanse.web"
    label = "web"
