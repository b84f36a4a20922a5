from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "hanse.commons.places"
    label = "places"
