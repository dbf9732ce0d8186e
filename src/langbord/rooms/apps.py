from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "langbord.rooms"
    label = "rooms"

    def ready(self) -> None:
        from langbord.access.actor import register_loader

        from . import consents, hooks, personal_data, retention
        from .standing import load_actor

        register_loader(load_actor)
        hooks.room_panels.append(consents.room_panel)
        personal_data.declare()
        retention.register()
