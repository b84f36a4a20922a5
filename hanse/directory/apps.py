from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "hanse.directory"
    label = "directory"
