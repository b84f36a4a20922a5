from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "hanse.project"
    label = "project"

    def ready(self) -> None:
        from hanse.project import wiring  # noqa: PLC0415 -- apps not ready

        wiring.connect()
