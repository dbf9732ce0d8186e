"""The states of what we said, and what can happen to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a case stands: waiting, or the last answer, or in use."""

    WAITING = "waiting", _("venter på svar")
    DO = "do", _("vi gjør dette")
    TRY = "try", _("vi prøver")
    NOT_NOW = "not_now", _("ikke nå")
    NOT_OURS = "not_ours", _("ikke vårt å bestemme")
    IN_USE = "in_use", _("i bruk")


class StepKind(models.TextChoices):
    """One thing that happened to a case. A new step is added; an old one is never changed."""

    PROMISE = "promise", _("noen lovte å svare")
    DO = "do", _("vi gjør dette")
    TRY = "try", _("vi prøver")
    NOT_NOW = "not_now", _("ikke nå")
    NOT_OURS = "not_ours", _("ikke vårt å bestemme")
    CAME_BACK = "came_back", _("svar utenfra")
    IN_USE = "in_use", _("i bruk")
    COMMENT = "comment", _("kommentar")


ANSWERS = (StepKind.DO, StepKind.TRY, StepKind.NOT_NOW, StepKind.NOT_OURS)
"""The four answers. Each needs a reason: being answered with a why is what people asked for."""

SETTLING = (*ANSWERS, StepKind.IN_USE)
"""Steps that decide the state of a case."""


class Source(models.TextChoices):
    """Whose words they are when no name is shown."""

    GROUP = "group", _("fra gruppa")
    CITIZEN = "citizen", _("fra en innbygger")
    HOST = "host", _("fra en vert")
    SERVICE = "service", _("fra tjenesten")
    RESEARCHER = "researcher", _("fra følgeforskeren")


STATE_ORDER = (State.IN_USE, State.DO, State.TRY, State.WAITING, State.NOT_NOW, State.NOT_OURS)
"""How the board is laid: what came of it first, then what waits, then what did not become anything here."""
