"""Every write about a process and its memberships. Rooms and seats come on top (`langbord.rooms.seating`)."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.text import slugify

from langbord.access.actor import Actor
from langbord.access.enums import Role
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.base.seen import check
from langbord.people.models import Organisation, Person, Unit
from langbord.people.vouching import speaks_for

from .models import Membership, Process

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


def free_slug(name: str) -> str:
    """A short address for the process that is not taken. Norwegian letters become plain ones."""
    stem = slugify(name.translate(_LETTERS))[:50] or "samskaping"
    taken = set(
        Process.objects.unrestricted("which addresses are taken")
        .filter(slug__startswith=stem)
        .values_list("slug", flat=True)
    )
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def create_process(
    *,
    name: str,
    organisation: Organisation,
    actor: Actor,
    process_id: UUID | None = None,
    purpose: str = "",
    template: str = "",
) -> Process:
    """A new process with the actor as its coordinator. A second call with the same id returns the first one's; NotAllowed
    when somebody else began it, or the actor does not speak for the organisation that would answer for it."""
    if not speaks_for(actor.person, organisation.pk):
        raise NotAllowed()
    new_id = process_id or uuid4()
    again = Process.objects.unrestricted("a second click makes nothing new").filter(pk=new_id).first()
    if again is not None:
        if not events.has_done(actor.person_id, "process.begun", new_id):
            raise NotAllowed()
        return again
    with transaction.atomic():
        process = Process.objects.create(
            id=new_id,
            slug=free_slug(name),
            name=name.strip(),
            purpose=purpose.strip(),
            template=template,
            organisation=organisation,
            started_on=clock.today(),
            created_at=clock.now(),
        )
        Membership.objects.create(
            process=process,
            person=actor.person,
            role=Role.COORDINATOR,
            unit=actor.person.unit,
            started_at=clock.now(),
        )
        events.record(actor.person_id, "process.begun", process, process_id=process.pk)
    return process


def describe(*, process: Process, name: str, purpose: str, actor: Actor, seen: str | None = None) -> None:
    """Change name and purpose. The address stays, so that printed links keep working. `seen`: the mark of what was on the
    page; ChangedMeanwhile when another coordinator has written since."""
    if not actor.has_role(process.pk, Role.COORDINATOR):
        raise NotAllowed()
    actor.must_be_open(process.pk)
    said = {"name": name.strip(), "purpose": purpose.strip()}
    with transaction.atomic():
        held = Process.objects.unrestricted(
            "the process itself, held while it is written"
        ).select_for_update()
        check(standing(held.get(pk=process.pk)), said, seen)
        process.name, process.purpose = said["name"], said["purpose"]
        process.save(update_fields=["name", "purpose"])
        events.record(actor.person_id, "process.described", process, process_id=process.pk)


def standing(process: Process) -> dict[str, str]:
    """What several coordinators may be changing at once."""
    return {"name": str(process.name), "purpose": str(process.purpose)}


def join(
    *, process_id: UUID, person: Person, role: str, actor: Actor, unit: Unit | None = None
) -> Membership:
    """Give a person a role in the process. Coordinators only; a host may take in citizens (checked by the caller that
    knows the room). Saying it twice changes nothing."""
    if not actor.has_role(process_id, Role.COORDINATOR, Role.HOST, Role.DAILY_LEADER):
        raise NotAllowed()
    actor.must_be_open(process_id)
    found = (
        Membership.objects.unrestricted("is the person already in?")
        .with_person()
        .filter(process_id=process_id, person=person, role=role, ended_at__isnull=True)
        .first()
    )
    if found is not None:
        return found
    membership = Membership.objects.create(
        process_id=process_id, person=person, role=role, unit=unit or person.unit, started_at=clock.now()
    )
    events.record(actor.person_id, f"membership.begun.{role}", membership, process_id=process_id)
    return membership


def end_membership(*, membership: Membership, actor: Actor) -> None:
    """End a role. The person themself may, and the coordinator. Takes effect at once: rights are read at each request."""
    if membership.person_id != actor.person_id and not actor.has_role(
        membership.process_id, Role.COORDINATOR
    ):
        raise NotAllowed()
    if membership.ended_at is None:
        membership.ended_at = clock.now()
        membership.save(update_fields=["ended_at"])
        events.record(
            actor.person_id,
            f"membership.ended.{membership.role}",
            membership,
            process_id=membership.process_id,
        )
