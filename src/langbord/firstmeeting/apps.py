from django.apps import AppConfig


class FirstMeetingConfig(AppConfig):
    name = "langbord.firstmeeting"
    label = "firstmeeting"

    def ready(self) -> None:
        from langbord.library.hooks import answered_sheets
        from langbord.people import hooks

        from . import personal_data, points, retention
        from .cards import given_by
        from .panel import me_panel

        answered_sheets.add(points.KEY)
        hooks.me_panels.append(me_panel)
        hooks.card_givers.append(given_by)
        personal_data.declare()
        retention.register()
