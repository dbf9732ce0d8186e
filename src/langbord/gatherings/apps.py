from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "langbord.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        from langbord.rooms import hooks

        from . import personal_data, retention
        from .calendar import room_panel

        hooks.room_panels.append(room_panel)
        retention.register()
        personal_data.declare()
