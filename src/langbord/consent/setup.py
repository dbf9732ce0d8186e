"""What a coordinator sets up: which purposes the process uses, and whom people ask about personal data."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from langbord.access.actor import Actor
from langbord.base import events
from langbord.base.errors import NotAllowed
from langbord.processes.models import Process

from . import rules
from .enums import Purpose
from .models import Controller, UsedPurposes


def choose_purposes(*, actor: Actor, process_id: UUID, used: Iterable[str]) -> None:
    """Which purposes the process asks about. Taking part is always one. What was answered before stays in its chain, and
    counts for nothing while the purpose is off."""
    if not rules.coordinates(actor, process_id):
        raise NotAllowed()
    off = sorted(set(Purpose.values) - set(used) - {Purpose.TAKING_PART})
    with transaction.atomic():
        chosen, made = UsedPurposes.objects.get_or_create(process_id=process_id, defaults={"off": off})
        if made or chosen.off != off:
            chosen.off = off
            chosen.save(update_fields=["off"])
            events.record(actor.person_id, "consent.purposes-chosen", chosen, process_id=process_id)


def set_contact(*, actor: Actor, process_id: UUID, contact: str) -> None:
    """How people reach the data-protection officer of the organisation that answers for the process."""
    if not rules.coordinates(actor, process_id):
        raise NotAllowed()
    process = Process.objects.visible_to(actor).get(pk=process_id)
    with transaction.atomic():
        found, made = Controller.objects.get_or_create(
            organisation_id=process.organisation_id, defaults={"contact": contact.strip()}
        )
        if made or found.contact != contact.strip():
            found.contact = contact.strip()
            found.save(update_fields=["contact"])
            events.record(actor.person_id, "controller.contact-set", found, process_id=process_id)


def contact_of(organisation_id: UUID) -> str:
    """How the data-protection officer is reached; empty when nobody has said."""
    found = Controller.objects.filter(organisation_id=organisation_id).values_list("contact", flat=True)
    return found.first() or ""
