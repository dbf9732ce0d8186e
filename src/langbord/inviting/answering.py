"""Answering without an account: by the code on a letter. Nothing here has an actor; the code is all there is.

A wrong code, one that was used up because somebody has a seat now, and one that was never given look alike. Tries of typed
codes are counted before the answer is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from langbord.people.signin import codes, throttle

from . import actions, forgetting, taking_part
from .enums import ANSWERS, Through
from .models import Invitee

TRIES, WINDOW = 30, timedelta(minutes=10)
"""Typed codes from one place; right ones count too. A shared tablet needs a few, a program that guesses needs millions."""
IN_ALL = 20 * TRIES
CHANGES = 12
_BY_CODE = "the holder of a code on a letter is looked up by its digest"

WORDS = ("channel", "companion", "hard")
"""What the page of a letter asks of how somebody wants to take part. The rest is asked when they sit."""


def may_guess(place: str) -> bool:
    """Whether one more code may be tried from this place, and in all; if so it is counted."""
    return throttle.spend_at("invitation", place, limit=TRIES, in_all=IN_ALL, window=WINDOW)


def may_answer(invitee: Invitee) -> bool:
    """Whether this letter may be answered once more: a change of mind is fine, a program that goes on and on is not."""
    return throttle.spend("invitation-answer", str(invitee.pk), limit=CHANGES, window=WINDOW)


def by_code(code: str) -> Invitee | None:
    return _found(code_lookup=codes.look_up("invitation", codes.plain(code)))


def by_token(token: str) -> Invitee | None:
    return _found(link_lookup=codes.look_up("invitation-link", token))


def _found(**lookup: str) -> Invitee | None:
    """The one whose code it is, in a process that is not over. One query."""
    rows = Invitee.objects.unrestricted(_BY_CODE).for_letter().filter(**lookup)
    found: Invitee | None = rows.first()
    return None if found is None or found.process.ended_at is not None else found


def answer(*, invitee: Invitee, answer: str, words: Mapping[str, str]) -> None:
    """Their own answer, which can be changed until they have a seat; and how they want to take part, if they said so.
    NotNow when they have gone from the list meanwhile."""
    if answer not in ANSWERS:
        raise ValueError(answer)
    said = {name: text for name, text in words.items() if name in WORDS}
    with transaction.atomic():  # the row stays held until what they said is stored too
        actions.set_step(invitee=invitee, step=answer, actor=None, through=Through.LETTER)
        taking_part.write_for(invitee=invitee, words=said, actor=None)


def forget_me(*, invitee: Invitee) -> None:
    """The name and everything written about them goes, with the key."""
    forgetting.forget(actor=None, invitees=[invitee])
