from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "langbord.consent"
    label = "consent"

    def ready(self) -> None:
        from langbord.people import hooks

        from . import checks, personal_data, research_end, retention
        from .panel import me_panel

        checks.declare()
        hooks.me_panels.append(me_panel)
        personal_data.declare()
        retention.register()
        research_end.register()
