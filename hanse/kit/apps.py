from django.apps import AppConfig


class KitConfig(AppConfig):
    """Page components, maps and charts, numbers in words: what every door shares."""

    name = "hanse.kit"
    label = "kit"
