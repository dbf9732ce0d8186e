"""Every write about rooms and seats: opening a room, giving and ending a seat, the group's yes to an employed host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import (
    CITIZEN_ROOMS,
    CITIZEN_SIDE,
    HOST_SIDE,
    SERVICE_SIDE,
    CasePower,
    Role,
    RoomKind,
)
from langbord.access.walls import may_sit
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.consent import actions as consent
from langbord.people.models import Person, Unit
from langbord.processes import actions as processes
from langbord.processes.models import Membership, Process
from langbord.vault import keys

from . import gone
from .models import HostYes, Piece, Room, Seat

_WHY = "who sits where, to keep the rules of seats"


def open_room(
    *,
    process: Process,
    kind: str,
    name: str,
    actor: Actor,
    has_door: bool = False,
    room_id: UUID | None = None,
) -> Room:
    """A new room in a process, with a key for what is written in common there. Coordinators only. A second call with
    the same id returns the first one's room."""
    if not actor.has_role(process.pk, Role.COORDINATOR):
        raise NotAllowed()
    actor.must_be_open(process.pk)
    if room_id is not None:
        earlier = Room.objects.unrestricted("a second click makes nothing new")
        again = earlier.filter(pk=room_id).first()
        if again is not None:
            if again.process_id != process.pk:
                raise NotAllowed()
            return again
    room = Room(id=room_id or uuid4(), process=process, kind=kind, name=name.strip(), created_at=clock.now())
    room.has_door = has_door and kind in CITIZEN_ROOMS
    keys.ensure(room.pk)
    room.save(force_insert=True)
    events.record(actor.person_id, f"room.opened.{kind}", room, process_id=process.pk)
    return room


def rename_room(*, room: Room, name: str, actor: Actor) -> None:
    """Give a room another name. Coordinators, and the hosts of the room."""
    if not actor.has_role(room.process_id, Role.COORDINATOR) and not actor.sits_in(room.pk, *HOST_SIDE):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    room.name = name.strip()
    room.save(update_fields=["name"])
    events.record(actor.person_id, "room.renamed", room, process_id=room.process_id)


def works_in_service(person: Person) -> bool:
    """Employed by the municipality or the state: may host a citizens' room only if the group itself says yes."""
    return person.unit is not None and person.unit.organisation.kind in ("municipality", "state")


def serves_here(person: Person, process_id: UUID) -> bool:
    """Has a role of the service in this process now, wherever they are employed."""
    return (
        Membership.objects.unrestricted(_WHY)
        .current()
        .filter(person=person, process_id=process_id, role__in=list(SERVICE_SIDE))
        .exists()
    )


def needs_yes(seat: Seat) -> bool:
    """For a seat that was loaded `with_service_role`: does its host work in, or come with, the service?"""
    return works_in_service(seat.membership.person) or bool(getattr(seat, "serves_here", False))


def take_in(
    *,
    process_id: UUID,
    person: Person,
    role: str,
    actor: Actor,
    room: Room | None = None,
    unit: Unit | None = None,
) -> Membership:
    """Give a person a role, and a seat where the role needs one.

    Coordinators take in anyone; a host takes in citizens to the room they host. Raises NotNow with a reason when the
    walls do not let this person sit there: somebody who decides in, or can look up, citizens' cases never comes into
    their peer room.
    """
    if room is None and not actor.has_role(process_id, Role.COORDINATOR):
        raise NotAllowed()
    if room is not None and (room.process_id != process_id or not _may_seat(actor, room, role)):
        raise NotAllowed()
    with transaction.atomic():
        if room is not None:
            check_may_sit(room, person, role)
        if role in SERVICE_SIDE:
            _comes_with_the_service(process_id, person)
        before = Membership.objects.unrestricted(_WHY).filter(process_id=process_id, person=person)
        is_back = before.exists() and not before.current().exists()
        membership = processes.join(process_id=process_id, person=person, role=role, actor=actor, unit=unit)
        if is_back:
            consent.ask_anew(person_id=person.pk, process_id=process_id)
        if room is not None:
            give_seat(room=room, membership=membership, actor=actor)
    return membership


def _comes_with_the_service(process_id: UUID, person: Person) -> None:
    """Before somebody gets a role of the service: whoever sits among the citizens must end that seat first, and a host
    of theirs waits for the group's yes again. No change of role leads around the wall."""
    held = Seat.objects.unrestricted(_WHY).in_citizens_rooms(process_id, person.pk)
    for seat in held:
        if seat.membership.role in CITIZEN_SIDE:
            raise NotNow(_("Den som sitter blant innbyggerne, må avslutte den plassen først."))
        if seat.confirmed_at is not None:
            seat.confirmed_at = None
            seat.save(update_fields=["confirmed_at"])
            # An old yes was said to somebody who did not come with the service.
            HostYes.objects.unrestricted(_WHY).filter(seat=seat, yes=True).delete()
            events.record(None, "seat.waits_again", seat, process_id=process_id)


def _may_seat(actor: Actor, room: Room, role: str) -> bool:
    """Coordinators deal out seats; a host takes in citizens to the room they host."""
    hosting = role in CITIZEN_SIDE and actor.may_read(room.pk) and actor.sits_in(room.pk, *HOST_SIDE)
    return hosting or actor.has_role(room.process_id, Role.COORDINATOR)


def check_may_sit(room: Room, person: Person, role: str) -> None:
    """Raises NotNow, with the reason in plain words, when this person may not sit in this room in this role."""
    check_power_may_sit(room, role, person.case_power)


def check_power_may_sit(room: Room, role: str, power: str) -> None:
    """The same, asked before the person is registered."""
    if may_sit(room.kind, role, power):
        return
    if may_sit(room.kind, role, CasePower.NONE):
        raise NotNow(
            _("Den som bestemmer i eller kan slå opp i innbyggernes saker, kan ikke sitte i dette rommet.")
            if room.kind == RoomKind.PEER
            else _("Den som bestemmer i sakene til dem i gruppa, kan ikke sitte i dette rommet.")
        )
    raise NotNow(_("Denne rollen har ingen plass i dette rommet."))


def give_seat(*, room: Room, membership: Membership, actor: Actor) -> Seat:
    """A seat in the room. A host who works in, or comes with, the service waits until the citizens of the group have
    said yes. In a group that has begun, whoever is seated by others than its own host waits, too: a citizen until a host
    says that they have met, a host until the citizens have said yes (decision 0018). Whoever comes with the service never gets a citizen's seat: else the one who deals out seats could deal
    themself one."""
    if not _may_seat(actor, room, membership.role) or membership.process_id != room.process_id:
        raise NotAllowed()
    if membership.ended_at is not None:
        raise NotNow(_("Denne rollen er avsluttet."))
    person = membership.person
    check_may_sit(room, person, membership.role)
    now = clock.now()
    serves = room.kind in CITIZEN_ROOMS and serves_here(person, room.process_id)
    if serves and membership.role in CITIZEN_SIDE:
        raise NotNow(_("Den som er med fra tjenesten, kan ikke ta en plass blant innbyggerne."))
    sent = room.kind in CITIZEN_ROOMS and not _hosts(actor, room) and _has_begun(room)
    asks = (
        room.kind in CITIZEN_ROOMS and membership.role in HOST_SIDE and (serves or works_in_service(person))
    )
    waits = sent or asks
    seat, made = Seat.objects.unrestricted(_WHY).get_or_create(
        room=room,
        membership=membership,
        ended_at=None,
        defaults={"started_at": now, "confirmed_at": None if waits else now},
    )
    if made:
        events.record(actor.person_id, "seat.given", seat, process_id=room.process_id)
    return seat


def _hosts(actor: Actor, room: Room) -> bool:
    return actor.may_read(room.pk) and actor.sits_in(room.pk, *HOST_SIDE)


def _has_begun(room: Room) -> bool:
    """Is there anything in the group that a stranger could read?"""
    return Piece.objects.unrestricted("has the group begun? nothing is read").filter(room=room).exists()


def say_met(*, seat: Seat, actor: Actor) -> None:
    """A host of the group has met somebody whom others have seated there: from now on the seat opens the room. Kept in
    the log. A second click changes nothing."""
    room = Room.objects.unrestricted(_WHY).get(pk=seat.room_id)
    own = seat.membership.person_id == actor.person_id
    if own or room.kind not in CITIZEN_ROOMS or not _hosts(actor, room):
        raise NotAllowed()
    gone = seat.ended_at is not None or seat.membership.ended_at is not None
    if seat.membership.role not in CITIZEN_SIDE or gone:
        raise NotAllowed()
    if seat.confirmed_at is None:
        seat.confirmed_at = clock.now()
        seat.save(update_fields=["confirmed_at"])
        events.record(actor.person_id, "seat.met", seat, process_id=room.process_id)


def waiting(actor: Actor, room: Room) -> tuple[list[Seat], list[Seat]]:
    """Who waits to come in, in one query: hosts for the group's yes, shown to its citizens; and those whom others have
    seated in the group and no host has met yet, shown by name and since when to all who sit there."""
    if room.kind not in CITIZEN_ROOMS or not actor.may_read(room.pk):
        return [], []
    seats = Seat.objects.visible_to(actor).waiting_in(room.pk).sorted_here("started_at", "pk")
    hosts = (
        [s for s in seats if s.membership.role in HOST_SIDE] if actor.sits_in(room.pk, *CITIZEN_SIDE) else []
    )
    return hosts, [s for s in seats if s.membership.role in CITIZEN_SIDE]


def end_seat(*, seat: Seat, actor: Actor) -> None:
    """End a seat: the person's own, or by the coordinator."""
    own = seat.membership.person_id == actor.person_id
    if not own and not actor.has_role(seat.membership.process_id, Role.COORDINATOR):
        raise NotAllowed()
    if seat.ended_at is None:
        seat.ended_at = clock.now()
        seat.save(update_fields=["ended_at"])
        events.record(actor.person_id, "seat.ended", seat, process_id=seat.membership.process_id)


def citizens_of(room: Room) -> list[Membership]:
    """The active citizens (and paid participants) of a group: those whose yes counts."""
    return list(
        Membership.objects.unrestricted("the citizens whose yes counts")
        .filter(
            ended_at__isnull=True,
            role__in=list(CITIZEN_SIDE),
            seats__room=room,
            seats__ended_at__isnull=True,
            seats__confirmed_at__isnull=False,
        )
        .with_silence()
        .select_related("person")
        .order_by("started_at", "pk")
        .distinct()
    )


@dataclass(frozen=True)
class Answering:
    """Whose answer a group waits for now. size: how many citizens it has; enough: whether those who are not silent can
    answer for themselves. Where fewer than three answer because others are silent, the group waits: silence is not a yes.
    """

    people: frozenset[UUID]
    size: int

    @property
    def enough(self) -> bool:
        return len(self.people) >= min(FEWEST, self.size) and bool(self.people)


FEWEST = 3
"""Fewer than three who answer unseen are not unseen."""


def answering(citizens: Iterable[Membership]) -> Answering:
    """Of the citizens of a group (loaded `with_silence`): those who are asked, and how many they are in all."""
    held = list(citizens)
    silent = {m.person_id for m in held if getattr(m, "silent", False)}
    everybody = {m.person_id for m in held}
    return Answering(frozenset(everybody - silent), len(everybody))


def waiting_hosts(actor: Actor, room: Room) -> list[Seat]:
    """Hosts who work in the service and wait for the group's yes; shown to the citizens of the group."""
    if not actor.sits_in(room.pk, *CITIZEN_SIDE):
        return []
    return list(
        Seat.objects.visible_to(actor).waiting_in(room.pk).filter(membership__role__in=list(HOST_SIDE))
    )


def hosts_we_said_yes_to(actor: Actor, room: Room) -> list[Seat]:
    """Hosts who work in the service and came in by the group's yes; for the citizens, who may change their mind."""
    if room.kind not in CITIZEN_ROOMS or not actor.sits_in(room.pk, *CITIZEN_SIDE):
        return []
    seats = (
        Seat.objects.visible_to(actor)
        .filter(
            room=room, confirmed_at__isnull=False, ended_at__isnull=True, membership__role__in=list(HOST_SIDE)
        )
        .with_service_role()
        .select_related("membership__person__unit__organisation")
    )
    return [seat for seat in seats if needs_yes(seat)]


def asks_for_yes(seat: Seat) -> bool:
    """Is this the current seat, in a citizens' room, of a host or daily leader who works in the service, or who waits?"""
    held = (
        Seat.objects.unrestricted(_WHY)
        .filter(
            pk=seat.pk,
            ended_at__isnull=True,
            room__kind__in=list(CITIZEN_ROOMS),
            membership__role__in=list(HOST_SIDE),
        )
        .with_service_role()
        .select_related("membership__person__unit__organisation")
        .first()
    )
    return held is not None and (held.confirmed_at is None or needs_yes(held))


def answer_host(*, seat: Seat, yes: bool, actor: Actor) -> None:
    """A citizen's own yes or no to an employed host. When every active citizen has said yes, the seat opens; a no
    closes it again, and stands also when others have taken out the one who said it. Only such a host's seat hangs on an
    answer: nobody can vote a neighbour out."""
    if not actor.sits_in(seat.room_id, *CITIZEN_SIDE) or not asks_for_yes(seat):
        raise NotAllowed()
    with transaction.atomic():
        HostYes.objects.unrestricted("one's own answer is written over").update_or_create(
            seat=seat, person=actor.person, defaults={"yes": yes, "at": clock.now()}
        )
        room = Room.objects.unrestricted(_WHY).get(pk=seat.room_id)
        needed = {m.person_id for m in citizens_of(room)}
        said = set(
            HostYes.objects.unrestricted("has everybody said yes?")
            .filter(seat=seat, yes=True, person_id__in=needed)
            .values_list("person_id", flat=True)
        )
        before = seat.confirmed_at
        if not yes:
            seat.confirmed_at = None
        elif before is None and needed and needed == said and not _others_left_out(seat, needed):
            seat.confirmed_at = clock.now()
        if seat.confirmed_at == before:
            return
        seat.save(update_fields=["confirmed_at"])
        if seat.confirmed_at is None:
            events.record(None, "seat.closed_by_group", seat, process_id=room.process_id)
        else:
            events.record(actor.person_id, "seat.confirmed_by_group", seat, process_id=room.process_id)


def _others_left_out(seat: Seat, here: set[UUID]) -> bool:
    """Those who sit there now are not everybody: others have just taken somebody out, or a no of somebody stands whom they
    took out before."""
    return gone.is_waiting(seat.room_id) or _a_no_stands(seat, here)


def _a_no_stands(seat: Seat, here: set[UUID]) -> bool:
    """Somebody who sits there no longer has said no to this host, in this seat or an earlier one, and did not go by
    themself. Else the one who deals out seats could take out whoever said no."""
    of_host = Seat.objects.unrestricted(_WHY).filter(pk=seat.pk).values("membership__person_id")
    said = HostYes.objects.unrestricted("was somebody who said no taken out?").filter(
        seat__room_id=seat.room_id, seat__membership__person_id__in=of_host
    )
    last_said = dict(said.exclude(person_id__in=here).order_by("at").values_list("person_id", "yes"))
    for person_id in (person_id for person_id, yes in last_said.items() if not yes):
        theirs = Seat.objects.unrestricted(_WHY).filter(
            room_id=seat.room_id, membership__person_id=person_id, membership__role__in=list(CITIZEN_SIDE)
        )
        last = theirs.with_membership().order_by("started_at", "pk").last()
        if last is not None and not _went_by_themself(last):
            return True
    return False


def _went_by_themself(seat: Seat) -> bool:
    """Ended the seat, or the role with it, with their own hand: so the log says."""
    member = seat.membership
    return events.has_done(member.person_id, "seat.ended", seat.pk) or events.has_done(
        member.person_id, f"membership.ended.{member.role}", member.pk
    )
