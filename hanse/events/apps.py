from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "hanse.events"
    label = "events"
