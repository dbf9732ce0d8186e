"""Every write about the course: a note to oneself, where one is, and hanging a note up in a service room."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.library.content import Step, Unit
from langbord.rooms import actions as pieces
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room
from langbord.vault import keys

from . import rules
from .models import CourseNote, CoursePlace

_AGAIN = "one's own note is written over"
OLDER = _(
    "Du har skrevet noe her før, og det er lukket det første døgnet med et nytt kort. Ta vare på det du skrev nå, og lagre det i morgen."
)


def keep(*, actor: Actor, unit: Unit, step: Step, text: str) -> CourseNote | None:
    """What somebody writes to themself at a step. Written over the next time; an empty text takes it away. None when
    there is nothing to keep. On the first day of a new card an older note, which does not show, is neither written over
    (NotNow) nor taken away: whoever printed the card may be the one who holds it."""
    if actor.subject is None:
        raise NotAllowed()
    mine = CourseNote.objects.unrestricted(_AGAIN).filter(
        person=actor.person, unit_key=unit.key, step_key=step.key
    )
    if not text.strip():
        CourseNote.objects.visible_to(actor).filter(unit_key=unit.key, step_key=step.key).delete()
        return None
    keys.ensure(actor.subject)
    with transaction.atomic():
        note, _made = mine.get_or_create(
            person=actor.person,
            unit_key=unit.key,
            step_key=step.key,
            defaults={"sealed_by": actor.subject, "written_at": clock.now()},
        )
        if actor.reads_from is not None and note.written_at < actor.reads_from:
            raise NotNow(OLDER)
        note.text, note.written_at = text.strip(), clock.now()
        note.save(update_fields=["text", "written_at"])
    return note


def move_on(*, actor: Actor, unit: Unit, step: Step) -> Step | None:
    """Has done this step: the next time the unit opens at the one after. Returns that one; None after the last. On the
    first day of a new card an older place stays as it was."""
    if actor.person is None:
        raise NotAllowed()
    place = unit.steps.index(step) + 1
    following = unit.steps[place] if place < len(unit.steps) else None
    places = CoursePlace.objects.unrestricted("where one is oneself, written over")
    if actor.reads_from is not None:
        older = places.filter(person=actor.person, unit_key=unit.key, at__lt=actor.reads_from)
        if older.exists():
            return following
    places.update_or_create(
        person=actor.person,
        unit_key=unit.key,
        defaults={
            "step_key": (following or step).key,
            "at": clock.now(),
            "done_at": clock.now() if following is None else None,
        },
    )
    return following


def hang_up(*, actor: Actor, note: CourseNote, room: Room, text: str, piece_id: UUID) -> Piece:
    """Hang the words up in a service room where one sits. They are a copy of their own there; the note stays one's own.
    A second click is harmless."""
    if note.person_id != actor.person_id:
        raise NotAllowed()
    if room.pk not in {fact.id for fact in rules.service_rooms(actor)}:
        raise NotAllowed()
    with transaction.atomic():
        piece = pieces.write(
            actor=actor, room=room, kind=PieceKind.NOTE, text=text.strip(), piece_id=piece_id
        )
        note.piece = piece
        note.save(update_fields=["piece"])
        events.record(actor.person_id, "course.hung_up", piece, process_id=room.process_id)
    return piece
