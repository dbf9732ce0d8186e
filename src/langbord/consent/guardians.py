"""Naming an adult who answers beside somebody under 16; the young person's own no to that adult; the end of it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.models import Person
from langbord.processes.models import Membership
from langbord.vault import keys

from . import ledger, rules, telling
from .models import Guardianship

_AGAIN = "a second click makes nothing new"
_MEMBER = "whether child and adult take part now"


def name_guardian(
    *,
    actor: Actor,
    process_id: UUID,
    child_id: UUID,
    guardian_id: UUID | None = None,
    guardian_name: str = "",
    language: str = "nb",
    guardianship_id: UUID | None = None,
) -> Guardianship:
    """A host of the young person, or the coordinator, says who the adult is: a member of the same process who signs in,
    or a name (sealed with the young person's key). From now on both must say yes.

    NotNow when neither or both are given, or the adult is the young person. A second click gives back the first.
    """
    if not rules.may_name_guardian(actor, process_id, child_id):
        raise NotAllowed()
    child = _member(process_id, child_id)
    if child is None:
        raise NotAllowed()
    if bool(guardian_id) == bool(guardian_name.strip()):
        raise NotNow(_("Velg en som er med her, eller skriv et navn."))
    guardian = _member(process_id, guardian_id) if guardian_id is not None else None
    if guardian_id is not None and guardian is None:
        raise NotNow(_("Denne personen er ikke med her lenger."))
    if guardian_id == child_id:
        raise NotNow(_("Det må være en annen enn den det gjelder."))
    keys.ensure(child.sealed_by)
    with transaction.atomic():
        record = ledger.open_head(child, process_id, language)
        same = Guardianship.objects.unrestricted(_AGAIN).filter(record=record, ended_at__isnull=True)
        if guardianship_id is not None:
            again = Guardianship.objects.unrestricted(_AGAIN).filter(pk=guardianship_id).first()
            if again is not None:
                if again.record_id != record.pk:
                    raise NotAllowed()
                return again
        if guardian_id is not None and (found := same.filter(guardian_id=guardian_id).first()) is not None:
            return found
        made = Guardianship.objects.create(
            id=guardianship_id or uuid4(),
            record=record,
            guardian=guardian,
            sealed_by=child.sealed_by,
            guardian_name=guardian_name.strip(),
            made_by=actor.person_id,
            made_at=clock.now(),
        )
        events.record(actor.person_id, "guardian.named", made, process_id=process_id)
        telling.all_that_is_gone(child_id, process_id)
    return made


def end_guardianship(*, actor: Actor, guardianship: Guardianship, process_id: UUID) -> None:
    """The young person is 16, or it was wrong. A host of theirs or the coordinator; a second click changes nothing."""
    with transaction.atomic():
        held = _held(guardianship.pk)
        if held.record.process_id != process_id or not rules.may_name_guardian(
            actor, process_id, held.record.person_id
        ):
            raise NotAllowed()
        if held.ended_at is None:
            held.ended_at = clock.now()
            held.save(update_fields=["ended_at"])
            events.record(actor.person_id, "guardian.ended", held, process_id=process_id)
            telling.all_that_is_gone(held.record.person_id, process_id)


def object_to(*, actor: Actor, guardianship: Guardianship, objects: bool = True) -> None:
    """The young person says no to this adult (or takes the no back). What the adult answered does not count meanwhile."""
    with transaction.atomic():
        held = _held(guardianship.pk)
        if actor.person_id is None or held.record.person_id != actor.person_id:
            raise NotAllowed()
        if held.ended_at is not None or objects == (held.objected_at is not None):
            return
        if held.nobody:
            return  # an adult who has left: what they said yes to does not come back to life
        held.objected_at = clock.now() if objects else None
        held.save(update_fields=["objected_at"])
        verb = "guardian.objected" if objects else "guardian.accepted"
        events.record(actor.person_id, verb, held, process_id=held.record.process_id)
        telling.all_that_is_gone(actor.person_id, held.record.process_id)


def _held(guardianship_id: UUID) -> Guardianship:
    return (
        Guardianship.objects.unrestricted("the row itself, held while it is written")
        .select_for_update(of=("self",))
        .with_people()
        .get(pk=guardianship_id)
    )


def _member(process_id: UUID, person_id: UUID) -> Person | None:
    found = (
        Membership.objects.unrestricted(_MEMBER)
        .with_person()
        .filter(process_id=process_id, person_id=person_id, ended_at__isnull=True)
        .first()
    )
    return found.person if found is not None else None
