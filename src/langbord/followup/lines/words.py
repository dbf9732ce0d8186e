"""Small words of the board: shortened texts, days, names as they may be told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from langbord.access.actor import Actor
from langbord.base import clock
from langbord.base.dates import written
from langbord.people.models import Person
from langbord.processes.querysets import NAMELESS
from langbord.vault.fields import Unopenable

from ..enums import State

SHORT = 280
"""Letters of a quotation or a reason in a list; the whole is on the page of the case."""

LOOKS = {
    State.IN_USE: "done",
    State.DO: "trying",
    State.TRY: "trying",
    State.NOT_OURS: "wait",
    State.WAITING: "wait",
    State.NOT_NOW: "plain",
}


def shortened(text: str, limit: int = SHORT) -> str:
    """The beginning of a text, cut between words, on one line."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" .,;:–-") + " …"


def as_day(on: date | None) -> str:
    """A promised day, short enough for a tag: 27. november (with the year when it is another one)."""
    if on is None:
        return ""
    return written(on, "j. F" if on.year == clock.today().year else "j. F Y")


def name_of(person: Person | None) -> str:
    """First name or alias; empty for somebody whose name can't be opened any more."""
    if person is None or isinstance(person.name, Unopenable):
        return ""
    return person.shown_name


def is_nameless(actor: Actor, process_id: UUID) -> bool:
    """Leaders and researchers do not learn who said what, nor who has taken a task: only who answers."""
    return actor.roles_in(process_id) <= NAMELESS
