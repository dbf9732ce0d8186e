"""The words of learning: what a lab is, where a talk in stages has come to, who reads a question to a mentor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """What a group that talks in stages talks about (Kobro; the thesis on how providers understand their work): first
    what is, then what could be, last what they learned from each other."""

    TODAY = "today", _("Slik er det i dag")
    COULD_BE = "could_be", _("Slik kunne det være")
    LEARNED = "learned", _("Det vi lærte av hverandre")


STAGE_AFTER = {Stage.TODAY: 0, Stage.COULD_BE: 60, Stage.LEARNED: 60}
"""Days from the time before: the first talk on the day of the lab, the next ones about two months later."""


class Outcome(models.TextChoices):
    """What became of a round when it was closed. Decided once, and never anew."""

    SHOWN = "shown", _("bildet vises")
    FEW = "few", _("færre enn fem")
    ALIKE = "alike", _("noens svar kunne vært regnet ut")


class Circle(models.TextChoices):
    """Who reads a question to a mentor and the answer, beside the mentor."""

    ME = "me", _("Bare jeg")
    SERVICE = "service", _("Alle i tjenesterommet")
