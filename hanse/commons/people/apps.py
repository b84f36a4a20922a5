from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hanse.commons.people"
    label = "people"
