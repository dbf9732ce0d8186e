"""Helping somebody to leave who has no phone or has lost the card: written down by a host. See docs/decisions/0014.

It must never become a way to silence someone. So: nothing is hidden or closed while it waits; the person sees it at once
and stops it with one tap; any sign of life means that it waits for their own answer; what one host alone can bring about
never takes words away from the others (they stay without the name); and every step is in the log.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.base.personal_data import Way
from langbord.people.models import OwnSession
from langbord.processes.models import Membership
from langbord.rooms.models import Seat

from . import doing
from .models import Helped
from .querysets import WAITS

WAITS_WITH_TWO = timedelta(days=1)
_WHY = "a request to leave that hosts wrote down"
_SEATS = "since when somebody has sat in a group: whether its hosts know them"


def citizens_i_host(actor: Actor, process_id: UUID) -> list[Membership]:
    """The citizens of the rooms that this actor hosts in the process, who came to the process by one of these rooms, or have
    sat there for a week. Else somebody could be seated once more, in a room with two made-up hosts who write down that
    they want everything erased. One query for each such room, and one more."""
    found: dict[UUID, Membership] = {}
    hosted = [
        room
        for room in actor.rooms_in(process_id, *CITIZEN_ROOMS)
        if actor.may_read(room.id) and actor.sits_in(room.id, *HOST_SIDE)
    ]
    for room in hosted:
        rows = Membership.objects.visible_to(actor).in_room(room.id, process_id, room.kind).with_person()
        found.update({m.person_id: m for m in rows if m.role in CITIZEN_SIDE})
    known = _known_to([room.id for room in hosted], process_id, list(found)) if found else frozenset()
    return [member for person_id, member in found.items() if person_id in known]


def _known_to(hosted: list[UUID], process_id: UUID, people: list[UUID]) -> frozenset[UUID]:
    """Of these people: whose first seat among the citizens of the process is in one of these rooms; and who has sat there
    for a week, and nowhere else now."""
    first: dict[UUID, UUID] = {}
    elsewhere, long_here = set(), set()
    seats = Seat.objects.unrestricted(_SEATS).ever_in_citizens_rooms(process_id, people)
    for person_id, room_id, since, over, role_over in seats:
        first.setdefault(person_id, room_id)
        if over is not None or role_over is not None:
            continue
        if room_id not in hosted:
            elsewhere.add(person_id)
        elif since <= clock.now() - WAITS:
            long_here.add(person_id)
    return frozenset(p for p in people if first.get(p) in hosted or p in long_here - elsewhere)


def record(
    *, actor: Actor, process_id: UUID, person_id: UUID, way: str, helped_id: UUID | None = None
) -> Helped:
    """Write down that a citizen of one's room has asked to leave. Saying it twice gives the first one."""
    if way not in Way.values or person_id == actor.person_id:
        raise NotAllowed()
    if person_id not in {m.person_id for m in citizens_i_host(actor, process_id)}:
        raise NotAllowed()
    rows = Helped.objects.unrestricted(_WHY).waiting()
    again = rows.filter(person_id=person_id, process_id=process_id).first()
    if again is not None:
        return again
    try:
        with transaction.atomic():
            made = Helped.objects.create(
                id=helped_id or uuid4(),
                person_id=person_id,
                process_id=process_id,
                way=way,
                recorded_by=actor.person,
                recorded_at=clock.now(),
            )
            # Not its id, which becomes that of the receipt: whoever reads the log must not be shown it.
            events.record(actor.person_id, f"leaving.helped.{way}", process_id=process_id)
    except IntegrityError:
        first = rows.filter(person_id=person_id, process_id=process_id).first()
        if first is None:
            raise NotAllowed() from None
        return first
    return made


def agree(*, actor: Actor, helped: Helped) -> None:
    """Another host has heard the same from the person themself."""
    if helped.person_id not in {m.person_id for m in citizens_i_host(actor, helped.process_id)}:
        raise NotAllowed()
    if helped.recorded_by_id == actor.person_id:
        raise NotNow(_("Du skrev det selv. En annen vert må ha hørt det samme."))
    if helped.stopped_at is not None:
        raise NotNow(STOPPED)
    if helped.agreed_at is None:
        helped.agreed_at, helped.agreed_by = clock.now(), actor.person
        helped.save(update_fields=["agreed_at", "agreed_by"])
        events.record(actor.person_id, "leaving.helped_agreed", process_id=helped.process_id)


STOPPED = _("Dette er stoppet.")


def stop(*, actor: Actor, helped: Helped) -> None:
    """By the person, or by any host of theirs. Saying it twice changes nothing."""
    if not Helped.objects.visible_to(actor).filter(pk=helped.pk).exists():
        raise NotAllowed()
    if helped.stopped_at is None:
        helped.stopped_at, helped.stopped_by = clock.now(), actor.person
        helped.save(update_fields=["stopped_at", "stopped_by"])
        events.record(actor.person_id, "leaving.helped_stopped", process_id=helped.process_id)


def due_at(helped: Helped) -> datetime | None:
    """When it takes effect by itself; None: it waits for somebody. To take everything, two must have heard it."""
    if helped.stopped_at is not None:
        return None
    if helped.agreed_at is not None:
        return helped.agreed_at + WAITS_WITH_TWO
    return helped.recorded_at + WAITS if helped.way == Way.KEEP else None


def sign_of_life(helped: Helped) -> bool:
    """Whether the person has been signed in since it was written down: then only their own answer counts."""
    own = OwnSession.objects.unrestricted(_WHY).filter(person_id=helped.person_id)
    return (
        own.filter(seen_at__gt=helped.recorded_at).exists()
        or own.filter(started_at__gt=helped.recorded_at).exists()
    )


def waiting_for_me(actor: Actor) -> list[Helped]:
    """What hosts have written down about oneself. One query."""
    if actor.person_id is None:
        return []
    rows = Helped.objects.visible_to(actor).waiting().filter(person_id=actor.person_id)
    return list(rows.with_people())


def settle_due() -> int:
    """Let those whose time has come take effect. Called by the worker. How many did."""
    done = 0
    for helped in list(Helped.objects.unrestricted(_WHY).waiting()):
        due = due_at(helped)
        if due is None or due > clock.now() or sign_of_life(helped):
            continue
        try:
            parting = doing.intend(
                person_id=helped.person_id,
                way=helped.way,
                process_id=helped.process_id,
                parting_id=helped.pk,
            )
        except NotNow:
            continue  # the person is leaving by themself at this moment
        doing.carry_out(parting.pk)
        done += 1
    return done
