"""Kinds of pieces and the states of the door."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PieceKind(models.TextChoices):
    """What somebody made. A new kind needs its row in KINDS (tests/access/oracle_rooms.py) before it gets a view."""

    STORY_GOOD = "story_good", _("en god opplevelse")
    STORY_BETTER = "story_better", _("en som kunne vært bedre")
    STORY = "story", _("fortelling")
    POST = "post", _("på veggen")
    GIVE = "give", _("jeg kan gi")
    NEED = "need", _("jeg trenger")
    TIP = "tip", _("et tips")
    RULE = "rule", _("grupperegel")
    INPUT = "input", _("innspill")
    MINUTES = "minutes", _("referat")
    CORRECTION = "correction", _("dette stemmer ikke")
    SHORTCOMING = "shortcoming", _("det vi ikke får til")
    NO_PROMISE = "no_promise", _("det vi ikke kan love")
    ANSWER = "answer", _("svar")
    TASK = "task", _("oppgave")
    COMMENT = "comment", _("kommentar")
    WHAT_NOW = "what_now", _("hva dette er for oss nå")
    NOTE = "note", _("notat")
    WORD = "word", _("et ord vi lurer på")
    MEANING = "meaning", _("slik vi forstår det")
    POINT = "point", _("fra veilederen")


STORIES = (PieceKind.STORY_GOOD, PieceKind.STORY_BETTER, PieceKind.STORY)
EXCHANGE = (PieceKind.GIVE, PieceKind.NEED, PieceKind.TIP)
CARRIED_AS_INPUT = frozenset(
    {
        *STORIES,
        *EXCHANGE,
        PieceKind.POST,
        PieceKind.INPUT,
        PieceKind.SHORTCOMING,
        PieceKind.NO_PROMISE,
        PieceKind.COMMENT,
        PieceKind.WORD,
        PieceKind.MEANING,
    }
)
"""What may be carried over. Minutes and rules belong to their room; an answer is born on the board."""


class DecisionKind(models.TextChoices):
    """What a group decides about a piece of its own."""

    OVER = "over", _("ta med over")
    BACK = "back", _("ta tilbake")


class DoorAnswer(models.TextChoices):
    READY = "ready", _("klar")
    NOT_YET = "not_yet", _("ikke ennå")
    TALK = "talk", _("vil snakke om det")
