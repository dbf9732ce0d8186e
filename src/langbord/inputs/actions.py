"""Writing down what somebody said: together, afterwards, aloud, in the speaker's own words."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.access.enums import RoomKind
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.people.models import Person
from langbord.rooms import actions as pieces
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room
from langbord.rooms.readers import reading_members
from langbord.vault import keys

from . import rules
from .models import Noted

SLIP_OF_THE_PEN = timedelta(hours=24)
"""How long the one who held the pen may remove a note again. After that the words are the speaker's alone."""

_AGAIN = "a second click makes nothing new"


def note(
    *, actor: Actor, room: Room, text: str, speaker: Person | None = None, piece_id: UUID | None = None
) -> Piece:
    """Note an input in a room. `speaker` is its author; without one it belongs to the whole room. Sealed with the
    speaker's key. A second click with the same id returns the first one's piece. Raises NotAllowed for somebody who
    may not hold the pen for this speaker, and for a speaker who does not read the room."""
    if speaker is not None and speaker.pk == actor.person_id:
        return pieces.write(actor=actor, room=room, kind=PieceKind.INPUT, text=text, piece_id=piece_id)
    if not rules.may_note(actor, room) or (speaker is not None and not rules.may_note_for(actor, room)):
        raise NotAllowed()
    actor.must_be_open(room.process_id)
    again = _noted_before(piece_id, actor, room)
    if again is not None:
        return again
    if speaker is not None and speaker.pk not in {member.person_id for member in reading_members(room)}:
        raise NotAllowed()
    try:
        with transaction.atomic():
            if speaker is None:
                piece = pieces.write_for_group(
                    actor=actor, room=room, kind=PieceKind.INPUT, text=text, piece_id=piece_id
                )
            else:
                piece = _in_their_name(speaker, actor, room, text, piece_id)
            Noted.objects.create(piece=piece, noted_by=actor.person, noted_at=clock.now())
    except IntegrityError:
        first = _noted_before(piece_id, actor, room)
        if first is None:
            raise NotAllowed() from None
        return first
    return piece


def _in_their_name(speaker: Person, actor: Actor, room: Room, text: str, piece_id: UUID | None) -> Piece:
    keys.ensure(speaker.sealed_by)
    now = clock.now()
    piece = Piece.objects.create(
        id=piece_id or uuid4(),
        process_id=room.process_id,
        room=room,
        author=speaker,
        sealed_by=speaker.sealed_by,
        kind=PieceKind.INPUT,
        body=text,
        # At the joint table a name would tell who was there to whoever reads later. Only the speaker may sign there.
        signed=room.kind != RoomKind.JOINT,
        created_at=now,
        shared_at=now,
    )
    events.record(actor.person_id, "input.noted", piece, process_id=room.process_id)
    return piece


def _noted_before(piece_id: UUID | None, actor: Actor, room: Room) -> Piece | None:
    if piece_id is None:
        return None
    found = Noted.objects.unrestricted(_AGAIN).filter(piece_id=piece_id).first()
    if found is None:
        return None
    piece = Piece.objects.visible_to(actor).filter(pk=piece_id, room_id=room.id).first()
    if piece is None or found.noted_by_id != actor.person_id:
        raise NotAllowed()
    return piece


def may_remove(actor: Actor, noted: Noted) -> bool:
    """Held the pen oneself, and not longer ago than a slip of the pen."""
    return noted.noted_by_id == actor.person_id and clock.now() < noted.noted_at + SLIP_OF_THE_PEN


def remove(*, actor: Actor, noted: Noted) -> None:
    """Remove a note that was written wrongly. Not when its speaker has changed it, or it has been carried over: then
    the words are in somebody else's hands."""
    if not may_remove(actor, noted):
        raise NotAllowed()
    piece = Piece.objects.unrestricted("the writer's own slip of the pen").filter(pk=noted.piece_id).first()
    if piece is None:
        return
    copies = Piece.objects.unrestricted("has it been carried over?").filter(copied_from=piece)
    if piece.room_id is None or piece.edited_at is not None or copies.exists():
        raise NotNow(_("Den som sa dette, har tatt det videre. Snakk med personen først."))
    with transaction.atomic():
        events.record(actor.person_id, "input.note_removed", piece, process_id=piece.process_id)
        piece.delete()
