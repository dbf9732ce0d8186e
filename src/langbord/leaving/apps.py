from django.apps import AppConfig


class LeavingConfig(AppConfig):
    name = "langbord.leaving"
    label = "leaving"

    def ready(self) -> None:
        from langbord.people import hooks

        from . import panel, personal_data, retention

        hooks.me_panels += [panel.me_first, panel.me_panel]
        personal_data.declare()
        retention.register()
