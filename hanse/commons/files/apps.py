from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "hanse.commons.files"
    label = "files"
