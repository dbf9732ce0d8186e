"""What a coordinator sets up: which purposes the process uses, and whom people ask about personal data."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from langbord.access.actor import Actor
from langbord.base import events
from langbord.base.errors import NotAllowed
from langbord.base.seen import check
from langbord.library.rules import may_change
from langbord.processes.models import Process

from . import asking, rules
from .enums import Purpose
from .models import Controller, UsedPurposes


def save(
    *, actor: Actor, process_id: UUID, used: Iterable[str], contact: str, seen: str | None = None
) -> None:
    """What is asked about, and whom people turn to: all of the page, or nothing. `seen`: the mark of what was on the page;
    ChangedMeanwhile when another coordinator has chosen otherwise since."""
    with transaction.atomic():
        Process.objects.unrestricted("the process, held while it is chosen").select_for_update().get(
            pk=process_id
        )
        process = Process.objects.visible_to(actor).get(pk=process_id)
        asked, reached = purposes_marked(used), contact.strip()
        check(standing(process), {"used": asked, "contact": reached}, seen)
        choose_purposes(actor=actor, process_id=process_id, used=used)
        set_contact(actor=actor, process_id=process_id, contact=reached)


def standing(process: Process) -> dict[str, str]:
    """What several coordinators may be choosing at once."""
    off = asking.purposes_off(process.pk)
    used = purposes_marked(purpose for purpose in Purpose.values if purpose not in off)
    return {"used": used, "contact": contact_of(process.organisation_id)}


def purposes_marked(used: Iterable[str]) -> str:
    """Purposes in one line, always in the same order."""
    return " ".join(sorted(set(used) - {Purpose.TAKING_PART}))


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
    """How people reach the data-protection officer of the organisation that answers for the process. It stands in all the
    organisation's processes: where it was said before, it is changed only by somebody who works there."""
    if not rules.coordinates(actor, process_id):
        raise NotAllowed()
    process = Process.objects.visible_to(actor).get(pk=process_id)
    if contact.strip() == contact_of(process.organisation_id):
        return
    if not may_say_contact(actor, process.organisation_id):
        raise NotAllowed()
    with transaction.atomic():
        found, made = Controller.objects.get_or_create(
            organisation_id=process.organisation_id, defaults={"contact": contact.strip()}
        )
        if made or found.contact != contact.strip():
            found.contact = contact.strip()
            found.save(update_fields=["contact"])
            events.record(actor.person_id, "controller.contact-set", found, process_id=process_id)


def may_say_contact(actor: Actor, organisation_id: UUID) -> bool:
    """The first time any coordinator of a process that the organisation answers for; later those who may speak for it.
    Else a coordinator elsewhere could begin a process in its name, and lead its people's questions astray."""
    return not contact_of(organisation_id) or may_change(actor, organisation_id)


def contact_of(organisation_id: UUID) -> str:
    """How the data-protection officer is reached; empty when nobody has said."""
    found = Controller.objects.filter(organisation_id=organisation_id).values_list("contact", flat=True)
    return found.first() or ""
