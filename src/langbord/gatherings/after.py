"""Every write after the meal: who was there, and what was noted together, aloud."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.inputs import actions as inputs
from langbord.inputs.models import Noted
from langbord.rooms.models import Piece, Room

from . import rules
from .actions import CALLED_OFF, room_of
from .models import Attendance, CaughtInput, Gathering
from .people import at_the_table

DOORS_OPEN = timedelta(hours=1)
"""How long before the beginning somebody may be marked as there: those who lay the table come early."""


def has_begun(gathering: Gathering) -> bool:
    return clock.now() >= gathering.starts_at - DOORS_OPEN


def _check_begun(gathering: Gathering) -> None:
    if gathering.cancelled_at is not None:
        raise NotNow(CALLED_OFF)
    if not has_begun(gathering):
        raise NotNow(_("Samlingen har ikke begynt ennå."))
    if gathering.names_gone_at is not None:
        raise NotNow(_("Det er lenge siden. Nå husker vi bare hvor mange dere var."))


def mark_there(*, actor: Actor, gathering: Gathering, person_ids: Iterable[UUID]) -> None:
    """Hosts say who was there: exactly these, among those whom the host may see. Others' marks stay as they are.
    NotAllowed for a person who does not belong at this table."""
    room = room_of(actor, gathering)
    if not rules.hosts_here(actor, room):
        raise NotAllowed()
    _check_begun(gathering)
    places = {place.person.pk: place for place in at_the_table(actor, room)}
    wanted = set(person_ids)
    before = set(
        Attendance.objects.visible_to(actor).filter(gathering=gathering).values_list("person_id", flat=True)
    )
    if not wanted <= places.keys() | before:
        raise NotAllowed()
    with transaction.atomic():
        Attendance.objects.visible_to(actor).filter(
            gathering=gathering, person_id__in=(before & places.keys()) - wanted
        ).delete()
        # As they stand on the list that is ticked: so do their names on the page and on the buttons.
        for person_id in (pk for pk in places if pk in wanted - before):
            Attendance.objects.unrestricted("marked by a host of the gathering").get_or_create(
                gathering=gathering,
                person_id=person_id,
                defaults={"room_id": room.id, "side": places[person_id].side, "marked_at": clock.now()},
            )
        _held(gathering)
        events.record(
            actor.person_id, "gathering.attendance_marked", gathering, process_id=gathering.process_id
        )


def count_others(
    *, actor: Actor, gathering: Gathering, citizens: int = 0, service: int = 0, hosts: int = 0
) -> None:
    """How many were there besides those who are marked by name, on each side."""
    if not rules.may_say_heads(actor, room_of(actor, gathering)):
        raise NotAllowed()
    _check_begun(gathering)
    gathering.others_citizens, gathering.others_service, gathering.others_hosts = citizens, service, hosts
    gathering.save(update_fields=["others_citizens", "others_service", "others_hosts"])
    _held(gathering)
    events.record(actor.person_id, "gathering.heads_counted", gathering, process_id=gathering.process_id)


def _held(gathering: Gathering) -> None:
    if gathering.held_at is None:
        gathering.held_at = clock.now()
        gathering.save(update_fields=["held_at"])


def catch(
    *,
    actor: Actor,
    gathering: Gathering,
    text: str,
    speaker_id: UUID | None = None,
    piece_id: UUID | None = None,
) -> Piece:
    """Note an input, in the speaker's own words. `speaker_id`: one of those who were there, as far as the host may
    see; nobody: the whole group said it. A second click with the same id makes nothing new."""
    room = room_of(actor, gathering)
    if not rules.may_note(actor, room):
        raise NotAllowed()
    _check_begun(gathering)
    speaker = None
    if speaker_id is not None:
        there = Attendance.objects.visible_to(actor).with_person().filter(gathering=gathering)
        mark = there.filter(person_id=speaker_id).first() if rules.may_note_for(actor, room) else None
        if mark is None:
            raise NotAllowed()
        speaker = mark.person
    with transaction.atomic():
        piece = inputs.note(
            actor=actor,
            room=Room.objects.visible_to(actor).get(pk=room.id),
            text=text,
            speaker=speaker,
            piece_id=piece_id,
        )
        CaughtInput.objects.unrestricted("a second click makes nothing new").get_or_create(
            piece=piece, defaults={"gathering": gathering, "room_id": room.id}
        )
    return piece


def uncatch(*, actor: Actor, gathering: Gathering, piece_id: UUID) -> None:
    """Remove a note that went wrong: by the one who held the pen, within a day."""
    caught = CaughtInput.objects.visible_to(actor).filter(gathering=gathering, piece_id=piece_id).first()
    noted = Noted.objects.visible_to(actor).filter(piece_id=piece_id).first()
    if caught is None or noted is None:
        raise NotAllowed()
    inputs.remove(actor=actor, noted=noted)
