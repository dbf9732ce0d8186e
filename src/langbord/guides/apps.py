from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "langbord.guides"
    label = "guides"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from langbord.processes import hooks as processes
        from langbord.processes.enums import Stage
        from langbord.processes.hooks import Way
        from langbord.rooms import hooks as rooms

        from . import personal_data, rules, views, views_now

        processes.process_panels.append(views.desk_panel)
        processes.process_ways += [
            Way(
                Stage.PREPARE,
                _("Veilederen"),
                "guide",
                rules.prepares,
                _("Hva det er lurt å snakke om, ett punkt av gangen."),
                order=10,
            ),
            Way(
                Stage.PREPARE,
                _("Kan vi invitere nå?"),
                "can-invite",
                rules.prepares,
                _("Hva som er på plass, og hva som mangler."),
                order=20,
            ),
        ]
        rooms.room_panels.append(views_now.room_panel)
        personal_data.declare()
