from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "langbord.processes"
    label = "processes"

    def ready(self) -> None:
        from langbord.library import hooks as library

        from .belonging import organisation_of

        library.organisation_finders.append(organisation_of)
        from langbord.people import hooks

        from . import personal_data
        from .keeping.shown import me_panel

        personal_data.declare()
        hooks.me_panels.append(me_panel)
