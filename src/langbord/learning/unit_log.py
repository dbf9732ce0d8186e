"""Every write about a unit's standing question: how have we involved those it concerns?"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.vault import keys

from .models import UnitEntry
from .querysets import unit_of


def note(*, actor: Actor, text: str, on: date | None = None, entry_id: UUID | None = None) -> UnitEntry:
    """A short answer of the unit, on the day they talked about it. A second click makes nothing new."""
    unit_id = unit_of(actor)
    if unit_id is None:
        raise NotAllowed()
    day = on or clock.today()
    if day > clock.today():
        raise NotNow(_("Den dagen har ikke vært ennå."))
    known = UnitEntry.objects.unrestricted("a second click makes nothing new")
    key = entry_id or uuid4()
    again = known.filter(pk=key).first()
    if again is None:
        keys.ensure(unit_id)
        try:
            with transaction.atomic():
                made = UnitEntry.objects.create(
                    id=key,
                    unit_id=unit_id,
                    author=actor.person,
                    sealed_by=unit_id,
                    on=day,
                    text=text.strip(),
                    at=clock.now(),
                )
                events.record(actor.person_id, "unit.noted", made)
            return made
        except IntegrityError:
            again = known.get(pk=key)
    if again.author_id != actor.person_id:
        raise NotAllowed()
    return again


def take_away(*, actor: Actor, entry: UnitEntry) -> None:
    """Whoever wrote it takes it away."""
    if entry.author_id is None or entry.author_id != actor.person_id:
        raise NotAllowed()
    events.record(actor.person_id, "unit.taken_away", entry)
    entry.delete()
