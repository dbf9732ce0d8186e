"""What others wrote down on my behalf: shown to me at the next sign-in, with one tap to say that I did not say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from langbord.access.actor import Actor
from langbord.access.gate import get_visible_or_404
from langbord.base import clock, events
from langbord.people.models import Person

from .. import actions
from ..enums import YES_KINDS, Method, Purpose
from ..models import ConsentEvent, ConsentRecord, Witness
from ..querysets import LOOKED_AT
from .querysets import said_for
from .recording import latest

RIGHT, WRONG = LOOKED_AT


@dataclass(frozen=True)
class SaidForMe:
    """One answer, as somebody else wrote it down. `by`: empty when I do not meet them any more."""

    event: ConsentEvent
    recorder: Person | None

    @property
    def purpose(self) -> str:
        return str(Purpose(self.event.purpose).label)

    @property
    def yes(self) -> bool:
        return self.event.kind in YES_KINDS

    @property
    def on_paper(self) -> bool:
        return self.event.method == Method.PAPER

    @property
    def at(self) -> dt.datetime:
        return self.event.at

    @property
    def by(self) -> str:
        return self.recorder.shown_name if self.recorder is not None else ""

    @property
    def source(self) -> tuple[str, str, dt.date, str]:
        """What was written down together: by whom, how, which day, and who heard it."""
        return self.by, str(self.event.method), self.at.astimezone(clock.OSLO).date(), self.witness

    @property
    def witness(self) -> str:
        held: Witness | None = getattr(self.event, "witness", None)
        return "" if held is None else str(held.name)


def pending(actor: Actor) -> list[SaidForMe]:
    """What I have not looked at yet. One query; one more for the names when there is something."""
    if actor.person_id is None:
        return []
    found = list(said_for(actor))
    if not found:
        return []
    writers = {event.recorded_by for event in found}
    known = {p.pk: p for p in Person.objects.visible_to(actor).filter(pk__in=writers)}
    return [SaidForMe(event, known.get(event.recorded_by)) for event in found]


def sealed_in(waiting: Iterable[SaidForMe]) -> list[Any]:
    """All that must be opened to show it, so that the keys are fetched at once."""
    things = [thing for one in waiting for thing in (getattr(one.event, "witness", None), one.recorder)]
    return [thing for thing in things if thing is not None]


def all_right(*, actor: Actor, event_ids: Iterable[UUID]) -> None:
    """It is as I said. Noted without content; a second click notes nothing."""
    wanted = set(event_ids)
    if actor.person_id is None:
        return
    with transaction.atomic():
        for event in said_for(actor):
            if event.pk in wanted:
                events.record(actor.person_id, RIGHT, event, process_id=event.record.process_id)


def not_said(*, actor: Actor, event_id: UUID) -> bool:
    """I did not say that. A yes that was written down is taken back at once. A no stays until I have answered myself, since
    a no does nobody harm. True when there was a yes to take back. 404 for what is not about me."""
    event = get_visible_or_404(ConsentEvent, actor, among=said_for_me(), pk=event_id)
    record = ConsentRecord.objects.visible_to(actor).get(pk=event.record_id)
    with transaction.atomic():
        if not events.has_done(actor.person_id, WRONG, event.pk):
            events.record(actor.person_id, WRONG, event, process_id=record.process_id)
        last = latest(record, event.purpose, None)
        if event.kind not in YES_KINDS or last is None or last.pk != event.pk:
            return False
        actions.take_back(record=record, actor=actor, purpose=event.purpose)
    return True


def said_for_me() -> Any:
    """Answers of one's own that were not given on the screen; open it with `visible_to`."""
    return ConsentEvent.objects.filter(method__in=[Method.PAPER, Method.VOICE], guardianship_id__isnull=True)
