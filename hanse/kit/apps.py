from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "hanse.kit"
    label = "kit"
