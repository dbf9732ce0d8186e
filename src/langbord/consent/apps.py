from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "langbord.consent"
    label = "consent"

    def ready(self) -> None:
        from langbord.people import hooks

        from . import checks  # noqa: F401 (registers itself)
        from .panel import me_panel

        hooks.me_panels.append(me_panel)
