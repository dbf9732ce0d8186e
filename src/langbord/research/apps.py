from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "langbord.research"
    label = "research"

    def ready(self) -> None:
        from langbord.people import hooks

        from . import personal_data
        from .openings import me_panel

        hooks.me_panels.append(me_panel)
        personal_data.declare()
