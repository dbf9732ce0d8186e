"""Two ways an action can say no.

"May this person?" and "does it make sense now?" are two questions with two answers. Both carry a sentence
written for people, translated when it is shown.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_JUST_NOW = _("Det går ikke akkurat nå.")


class Refusal(Exception):
    """Common parent; raise one of the two below."""

    def __init__(self, message: str | Promise = NOT_JUST_NOW) -> None:
        super().__init__(message)
        self.message: str | Promise = message

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refusal):
    """A rule refuses this to this person, at any time."""


class NotNow(Refusal):
    """The person may, but things are not such that it makes sense now."""


class ProcessClosed(NotNow):
    """The co-creation is over: it can be read, and nothing new is written in it."""

    def __init__(self) -> None:
        super().__init__(_("Samskapinga er avsluttet. Du kan lese, men ikke skrive noe nytt her."))
