from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "hanse.commons.consent"
    label = "consent"
