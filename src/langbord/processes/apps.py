from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "langbord.processes"
    label = "processes"

    def ready(self) -> None:
        from . import personal_data

        personal_data.declare()
