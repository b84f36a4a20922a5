from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "hanse.commons.work"
    label = "work"
