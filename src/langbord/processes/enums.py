"""Phases, for orientation only (Nabatchi, in Stokke, Skarli and Hagaseth 2023)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    INITIATE = "initiate", _("komme i gang")
    DESIGN = "design", _("utforme")
    DELIVER = "deliver", _("gjøre")
    EVALUATE = "evaluate", _("se tilbake")


class Stage(models.TextChoices):
    """Where on the way people look for something: the order of the product itself."""

    LEARN = "learn", _("Lære")
    PREPARE = "prepare", _("Forberede")
    INVITE = "invite", _("Invitere")
    MEET = "meet", _("Møtes")
    ANSWER = "answer", _("Svare sammen")
    CARRY_ON = "carry_on", _("Bære videre")
    LOOK_BACK = "look_back", _("Se tilbake")
