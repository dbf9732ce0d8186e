"""What those who prepare may say about a point of the guide."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """A row each; the last one that says something about the same thing counts."""

    CARRIED = "carried", _("hvem som bærer det")
    DATED = "dated", _("når vi snakker om det")
    TALKED = "talked", _("vi har snakket om det")
    ASIDE = "aside", _("lagt til side")
    AGAIN = "again", _("tatt fram igjen")
    WORDS = "words", _("noen ord")
    LATER = "later", _("ikke akkurat nå")
    UPDATED = "updated", _("ny tekst tatt i bruk")


class Standing(models.TextChoices):
    """Where a point stands. No order of merit: setting aside is as good as talking."""

    OPEN = "open", _("ikke tatt fram ennå")
    CARRIED = "carried", _("noen bærer det")
    PLANNED = "planned", _("dere skal snakke om det")
    TALKED = "talked", _("dere har snakket om det")
    ASIDE = "aside", _("lagt til side")
