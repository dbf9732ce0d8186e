"""The words of a gathering."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerKind(models.TextChoices):
    COMING = "coming", _("Jeg kommer")
    CANNOT = "cannot", _("Kan ikke")
    UNSURE = "unsure", _("Vet ikke ennå")


LAID = {kind: place for place, kind in enumerate(("coming", "unsure", "", "cannot"))}
"""How a host reads who comes: those who come first, then whoever is not sure or has not answered, last those who cannot."""


class Need(models.TextChoices):
    """What can make it possible to come. Stored sealed with the person's own key."""

    RIDE = "ride", _("skyss")
    CHILD_CARE = "child_care", _("barnepass")
    INTERPRETER = "interpreter", _("tolk")
    FOOD = "food", _("mat jeg tåler")


class PlanMadeBy(models.TextChoices):
    """Who made the plan: one of the things that make two sides equal, or not."""

    CITIZENS = "citizens", _("innbyggerne")
    SERVICE = "service", _("tjenesten")
    BOTH = "both", _("begge sammen")


class TableSide(models.TextChoices):
    """Which side of the table a head is counted on."""

    CITIZENS = "citizens", _("innbyggere")
    SERVICE = "service", _("fra tjenesten")
    HOSTS = "hosts", _("verter")
