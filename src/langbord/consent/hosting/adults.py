"""The age band as a host writes it down, and the adults beside a young person as host and young person see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.base import events
from langbord.base.errors import NotAllowed
from langbord.people.models import Person

from .. import ledger, shown, telling
from ..enums import AgeBand
from ..models import Guardianship
from . import rules
from .querysets import adults_beside
from .sheets import language_of


@dataclass(frozen=True)
class Adult:
    """Somebody who answers beside a young person. `objected`: the young person does not want it."""

    guardianship: Guardianship

    @property
    def name(self) -> str:
        return shown.adult_name(self.guardianship)

    @property
    def objected(self) -> bool:
        return self.guardianship.objected_at is not None

    @property
    def gone(self) -> bool:
        """Takes no longer part, or has left: what they answered does not count, and nobody can ask them."""
        return self.guardianship.gone

    @property
    def signs_in(self) -> bool:
        return self.guardianship.guardian_id is not None


def adults_of(actor: Actor, process_id: UUID, person_id: UUID) -> list[Adult]:
    """The adults beside one young person, for whoever may ask them. One query."""
    return [Adult(held) for held in adults_beside(actor, process_id, record__person_id=person_id)]


def saved_words(beside: Guardianship | None) -> str:
    """What is said when answers were written down. An adult beside a young person may never sign in; then nobody is shown it there."""
    if beside is not None:
        return _("Lagret.")
    return _("Svarene er lagret. Personen ser dem ved neste innlogging.")


def sealed_in(adults: list[Adult]) -> list[Any]:
    held = [thing for adult in adults for thing in (adult.guardianship, adult.guardianship.guardian)]
    return [thing for thing in held if thing is not None]


def write_down_age(*, actor: Actor, process_id: UUID, person: Person, band: str) -> None:
    """What the person said about their age, written down by a host or the coordinator, for this process. The log is told
    that it was said, not what. They can change it themselves."""
    if band not in AgeBand.values or band == AgeBand.UNKNOWN:
        raise NotAllowed()
    if not rules.may_ask(actor, process_id, person.pk):
        raise NotAllowed()
    with transaction.atomic():
        record = ledger.open_head(person, process_id, language_of(person))
        if record.age_band == band:
            return
        record.age_band = band
        record.save(update_fields=["age_band"])
        events.record(actor.person_id, "consent.age-said", record, process_id=process_id)
        telling.all_that_is_gone(person.pk, process_id)
