from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "hanse.commons.post"
    label = "post"
