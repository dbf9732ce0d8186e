from django.apps import AppConfig


class InputsConfig(AppConfig):
    name = "langbord.inputs"
    label = "inputs"

    def ready(self) -> None:
        from langbord.rooms import hooks

        from . import personal_data
        from .reading import writer_panel

        hooks.piece_panels.append(writer_panel)
        personal_data.declare()
