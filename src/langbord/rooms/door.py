"""The door between a group of citizens and the joint table.

It opens when every active citizen of the group has answered *ready*, at least three have, and a host presses open. A
group of two talks with its host, who records what they said. Whoever is silent for a while is not waited for, and their
silence is not a yes: a larger group of which fewer than three answer just now waits; a *not yet* said before stands. Others see only open or not open. A later *not yet* stops
new joint gatherings and asks the host, without a name, to take it up in the group. When others take somebody out of the group,
it waits and is asked anew (`gone`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.processes.models import Membership

from . import gone, rules
from .enums import DoorAnswer, PieceKind
from .models import DoorWish, Piece, Room
from .querysets import DoorWishQuerySet, with_door_answer
from .seating import FEWEST, Answering, answering, citizens_of

MIN_READY = FEWEST


@dataclass(frozen=True)
class DoorState:
    """What a host may know: whether it can be opened, and whether somebody wants it taken up. Never how many or who.
    waits_until, asked_since: after somebody was taken out by others; all who read the room may know."""

    has_door: bool
    is_open: bool
    can_open: bool
    small_group: bool
    take_it_up: bool
    waits_until: datetime | None = None
    asked_since: datetime | None = None


def answer(*, room: Room, wish: str, actor: Actor) -> None:
    """One citizen's own answer, unseen by the others. Can be changed at any time."""
    if not room.has_door or not actor.sits_in(room.pk, *CITIZEN_SIDE) or not actor.may_read(room.pk):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    DoorWish.objects.unrestricted("one's own answer is written over").update_or_create(
        room=room, person=actor.person, defaults={"answer": DoorAnswer(wish), "at": clock.now()}
    )


@dataclass(frozen=True)
class _Wishes:
    """Who is asked, how many of them are ready, and what anybody hesitates about (the silent, too). gone_not_yet: somebody did
    who was taken out since. taken_out_at: when that last happened; who was ready before is not so yet."""

    asked: Answering
    ready: int
    not_yet: bool
    talk: bool
    gone_not_yet: bool
    taken_out_at: datetime | None

    @property
    def small(self) -> bool:
        """The group itself is so small that it talks with its host."""
        return 0 < self.asked.size < MIN_READY

    @property
    def waits_until(self) -> datetime | None:
        return gone.waits_until(self.taken_out_at)

    @property
    def all_ready(self) -> bool:
        hesitates = self.not_yet or self.talk or self.waits_until is not None
        return len(self.asked.people) >= MIN_READY and self.ready == len(self.asked.people) and not hesitates


def _answers(room: Room) -> DoorWishQuerySet:
    return DoorWish.objects.unrestricted("is everybody ready?").filter(room=room)


def with_answers(actor: Actor, room: Room, members: Any) -> Any:
    """For a host of a group with a door: the memberships with each one's answer, for `state_for` to sum up."""
    if not room.has_door or not rules.hosts(actor, room.pk):
        return members
    return gone.for_the_door(with_door_answer(members, _answers(room)), room.pk)


def _wishes(room: Room, citizens: Iterable[Membership] | None = None) -> _Wishes:
    """What the citizens of the group have answered."""
    held = list(citizens_of(room) if citizens is None else citizens)
    asked = answering(held)
    if held and all(hasattr(member, "door_answer") for member in held):
        known: Any = held
        found = [(m.person_id, m.door_answer, m.door_answered_at) for m in known]
        taken_out_at, gone_not_yet = known[0].taken_out_at, known[0].gone_not_yet
    else:
        rows = _answers(room).filter(person_id__in={m.person_id for m in held})
        found = list(rows.values_list("person_id", "answer", "at"))
        taken_out_at = gone.taken_out_at(room.pk)
        gone_not_yet = room.door_is_open and gone.still_says_not_yet(room.pk)
    said = {answer for _person, answer, _at in found}
    ready = {
        person
        for person, answer, at in found
        if answer == DoorAnswer.READY and (taken_out_at is None or at > taken_out_at)
    }
    return _Wishes(
        asked,
        len(ready & asked.people),
        DoorAnswer.NOT_YET in said,
        DoorAnswer.TALK in said,
        gone_not_yet,
        taken_out_at,
    )


def all_ready(room: Room) -> bool:
    """Every active citizen has answered ready, they are at least three, and nobody who is silent has said otherwise."""
    return _wishes(room).all_ready


def someone_hesitates(room: Room) -> bool:
    """Somebody has answered *not yet* since the door was opened: no new joint gatherings until it was talked about. It stands
    when others take out the one who said it, until the door is closed and all are asked anew."""
    if not room.has_door:
        return False
    wishes = _wishes(room)
    return wishes.not_yet or wishes.gone_not_yet


def state_for(
    actor: Actor, room: Room, citizens: Iterable[Membership] | None = None, *, tells: bool = False
) -> DoorState:
    """What this actor may know about the door. Only hosts of the group learn that it can be opened. `citizens`: the
    active citizens of the group (`with_silence` and, best, `with_answers`), where the caller has them already; opening asks for them itself.
    `tells`: for a page of somebody who reads the room and is told, too, that the group waits."""
    if not room.has_door or not rules.hosts(actor, room.pk):
        taken_out_at = gone.taken_out_at(room.pk) if tells else None
        return DoorState(
            room.has_door,
            room.door_is_open,
            can_open=False,
            small_group=False,
            take_it_up=False,
            waits_until=gone.waits_until(taken_out_at),
            asked_since=taken_out_at,
        )
    wishes = _wishes(room, citizens)
    closed = room.door_opened_at is None
    return DoorState(
        has_door=True,
        is_open=not closed,
        can_open=closed and wishes.all_ready,
        small_group=wishes.small and wishes.waits_until is None,
        take_it_up=not closed and (wishes.not_yet or wishes.gone_not_yet),
        waits_until=wishes.waits_until if closed else None,
        asked_since=wishes.taken_out_at,
    )


def service_list(process_id: UUID) -> dict[str, bool]:
    """The service's own list before the door: has it shared its own shortcomings, does it know what it may not promise.
    Only whether, never the words."""
    kinds = set(
        Piece.objects.unrestricted("whether the service has done its part, never the words")
        .filter(
            process_id=process_id, kind__in=[PieceKind.SHORTCOMING, PieceKind.NO_PROMISE], room__isnull=False
        )
        .values_list("kind", flat=True)
    )
    return {"shortcomings": PieceKind.SHORTCOMING in kinds, "no_promises": PieceKind.NO_PROMISE in kinds}


def open_door(*, room: Room, actor: Actor, talked: bool = False) -> None:
    """A host presses open. `talked`: in a group of one or two, the host records that they all said they are ready."""
    if not rules.hosts(actor, room.pk) or room.kind not in CITIZEN_ROOMS or not room.has_door:
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    with transaction.atomic():
        room = Room.objects.unrestricted("the door itself").select_for_update().get(pk=room.pk)
        if room.door_opened_at is not None:
            return
        wishes = _wishes(room)
        if wishes.asked.size == 0:
            raise NotNow(_("Det sitter ingen i gruppa ennå."))
        small = wishes.small
        if small:
            stays_shut = wishes.not_yet or wishes.talk or not talked or not wishes.asked.enough
            stays_shut = stays_shut or wishes.waits_until is not None
        else:
            stays_shut = not wishes.all_ready
        if stays_shut:
            raise NotNow(_("Døra kan ikke åpnes ennå. Snakk sammen i gruppa om hva som skal til."))
        room.door_opened_at = clock.now()
        room.save(update_fields=["door_opened_at"])
        events.record(
            actor.person_id,
            "door.opened.talked" if small else "door.opened",
            room,
            process_id=room.process_id,
        )


def close_door(*, room: Room, actor: Actor) -> None:
    """A host closes it again, when the group wants that. What was written at the joint table is kept, and hidden
    until it opens again. Everybody is asked anew: what they answered before the closing is gone."""
    if not rules.hosts(actor, room.pk) or not room.has_door:
        raise NotAllowed()
    with transaction.atomic():
        room = Room.objects.unrestricted("the door itself").select_for_update().get(pk=room.pk)
        if room.door_opened_at is None:
            return
        room.door_opened_at = None
        room.save(update_fields=["door_opened_at"])
        DoorWish.objects.unrestricted("everybody is asked anew").filter(room=room).delete()
        events.record(actor.person_id, "door.closed", room, process_id=room.process_id)


def why_no_joint_gathering(process_id: UUID) -> str:
    """The reason, in plain words, why no joint gathering can be planned now. Empty when it can."""
    groups = list(
        Room.objects.unrestricted("the doors of the process, only open or not").filter(
            process_id=process_id, kind__in=list(CITIZEN_ROOMS)
        )
    )
    if not groups:
        return ""
    if not any(room.door_is_open for room in groups):
        return str(_("Døra er ikke åpnet ennå. Innbyggerne sier fra når de vil møte alle."))
    if any(room.door_opened_at and someone_hesitates(room) for room in groups):
        return str(
            _("Det passer ikke å planlegge en ny samling for alle akkurat nå. Snakk med verten for gruppa.")
        )
    return ""
