from django.apps import AppConfig


class InvitingConfig(AppConfig):
    name = "langbord.inviting"
    label = "inviting"

    def ready(self) -> None:
        from langbord.people import hooks as people
        from langbord.processes import hooks as processes

        from . import numbers, personal_data, retention, shown, texts

        texts.register()
        processes.process_ways.extend(shown.ways())
        processes.before_inviting.append(numbers.before)
        people.me_panels.append(shown.me_panel)
        personal_data.declare()
        retention.register()
