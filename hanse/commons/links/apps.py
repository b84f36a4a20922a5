from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "hanse.commons.links"
    label = "links"
