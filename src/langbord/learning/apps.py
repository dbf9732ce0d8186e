from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "langbord.learning"
    label = "learning"

    def ready(self) -> None:
        from langbord.processes import hooks
        from langbord.processes.enums import Stage
        from langbord.processes.hooks import Way

        from . import personal_data, retention, rules

        hooks.process_ways.append(
            Way(
                Stage.LEARN,
                _("Lære sammen"),
                "learning-together",
                rules.learns_in,
                note=_("Kurset, verksteder, refleksjon og spørsmål til en mentor."),
            )
        )
        personal_data.declare()
        retention.register()
