from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "hanse.meetings"
    label = "meetings"
