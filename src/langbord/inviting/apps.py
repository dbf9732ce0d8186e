from django.apps import AppConfig


class InvitingConfig(AppConfig):
    name = "langbord.inviting"
    label = "inviting"

    def ready(self) -> None:
        from langbord.people import hooks as people
        from langbord.processes import hooks as processes

        from . import personal_data, retention, shown, texts

        texts.register()
        processes.process_ways.extend(shown.ways())
        people.me_panels.append(shown.me_panel)
        personal_data.declare()
        retention.register()
