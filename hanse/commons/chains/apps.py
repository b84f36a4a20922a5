from django.apps import AppConfig


class ChainsConfig(AppConfig):
    name = "hanse.commons.chains"
    label = "chains"
