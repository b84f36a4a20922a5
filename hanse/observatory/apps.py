from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "hanse.observatory"
    label = "observatory"
