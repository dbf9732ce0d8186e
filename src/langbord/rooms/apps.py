from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "langbord.rooms"
    label = "rooms"

    def ready(self) -> None:
        from langbord.access.actor import register_loader
        from langbord.consent import hooks as consent
        from langbord.library import kinds
        from langbord.people import hooks as people

        from . import consents, entrance, hooks, mine, personal_data, retention
        from .querysets import groups_that_ask
        from .standing import load_actor

        register_loader(load_actor)
        people.me_panels.append(mine.me_panel)
        consent.waits_in.append(groups_that_ask)
        hooks.room_panels.append(consents.room_panel)
        kinds.register_reader("content/entrance", entrance.read_all)
        personal_data.declare()
        retention.register()
