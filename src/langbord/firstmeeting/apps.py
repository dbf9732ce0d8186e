from django.apps import AppConfig


class FirstMeetingConfig(AppConfig):
    name = "langbord.firstmeeting"
    label = "firstmeeting"

    def ready(self) -> None:
        from langbord.people import hooks

        from . import personal_data, retention
        from .cards import given_by
        from .panel import me_panel

        hooks.me_panels.append(me_panel)
        hooks.card_givers.append(given_by)
        personal_data.declare()
        retention.register()
