"""The two sides of a list, and the kinds of words on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seat(models.TextChoices):
    """Whose seat at the list."""

    CITIZEN = "citizen", _("innbygger")
    ADVISER = "adviser", _("rådgiver")

    @property
    def other(self) -> "Seat":
        return Seat.ADVISER if self is Seat.CITIZEN else Seat.CITIZEN


class Kind(models.TextChoices):
    """What a piece of writing on a list is. PLAN and NOTES are one text each, and the citizen's alone."""

    COMMENT = "comment", _("kommentar")
    PROMISE = "promise", _("løfte")
    SAY_BACK = "say-back", _("slik forstod jeg det")
    CORRECTION = "correction", _("retting")
    PLAN = "plan", _("plan")
    NOTES = "notes", _("notater")
    FOR_PLAN = "for-plan", _("forslag til planen")
    FOR_NOTES = "for-notes", _("forslag til notatene")


OWN_TEXTS = {Kind.PLAN: Kind.FOR_PLAN, Kind.NOTES: Kind.FOR_NOTES}
"""The citizen's texts, and what the adviser writes to them."""


class Answer(models.TextChoices):
    """Whether a list may be counted."""

    YES = "yes", _("Ja, tell med lista mi")
    NO = "no", _("Nei, la være")
