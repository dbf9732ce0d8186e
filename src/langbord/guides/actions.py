"""Every write about points of the guide, and what this is to a room just now."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langbord.access.actor import Actor
from langbord.base import clock, events
from langbord.base.errors import NotAllowed, NotNow
from langbord.library import content, pinning
from langbord.people.models import Person
from langbord.processes.models import Membership, Process
from langbord.rooms import actions as pieces
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece, Room

from . import rules
from .enums import StepKind
from .models import PointStep

_AGAIN = "a second click makes nothing new"

MAY_NOT_SKIP = _(
    "Dette punktet handler om trygghet eller lov. Det kan ikke legges til side, men dere velger når."
)
SAY_WHY = _("Skriv noen ord om hvorfor. Da slipper dere å lure på det senere.")
PAST = _("Den dagen har vært. Velg en dag som kommer.")


def _check(actor: Actor, process: Process, key: str) -> content.Point:
    """The point as the process has it. NotAllowed for whoever does not prepare, and where there is no such point."""
    if not rules.prepares(actor, process.pk):
        raise NotAllowed()
    point = pinning.pinned(process.pk, key, process.organisation_id)
    if point is None:
        raise NotAllowed()
    actor.must_be_open(process.pk)
    return point


def _step(
    actor: Actor,
    process: Process,
    key: str,
    kind: StepKind,
    *,
    step_id: UUID | None = None,
    text: str = "",
    carrier: Person | None = None,
    on: date | None = None,
) -> PointStep:
    """One row, with its words where there are any. A second click gives the row that the first one made."""
    step_id = step_id or uuid4()
    found = PointStep.objects.unrestricted(_AGAIN).filter(pk=step_id).first()
    if found is not None:
        if found.person_id != actor.person_id or found.process_id != process.pk or found.point != key:
            raise NotAllowed()
        return found
    room = rules.words_room(actor, process.pk)
    if text and room is None:
        raise NotAllowed()
    try:
        with transaction.atomic():
            pinning.pin(process.pk, key, process.organisation_id)
            piece: Piece | None = None
            if text and room is not None:
                piece = pieces.write(
                    actor=actor,
                    room=Room.objects.visible_to(actor).get(pk=room.id),
                    kind=PieceKind.POINT,
                    text=text,
                )
            step = PointStep.objects.create(
                id=step_id,
                process=process,
                point=key,
                kind=kind,
                person=actor.person,
                carrier=carrier,
                on=on,
                piece=piece,
                had_words=piece is not None,
                at=clock.now(),
            )
            events.record(actor.person_id, f"point.{kind.value}", step, process_id=process.pk)
    except IntegrityError:
        return PointStep.objects.visible_to(actor).get(pk=step_id)
    return step


def carriers(actor: Actor, process_id: UUID) -> list[Membership]:
    """Who can carry a point: those who prepare whom this actor knows by name, themselves among them. One query."""
    rows = Membership.objects.visible_to(actor).current().with_person()
    seen: dict[UUID, Membership] = {}
    for row in rows.filter(process_id=process_id, role__in=list(rules.PREPARES)).order_by("started_at", "pk"):
        seen.setdefault(row.person_id, row)
    return list(seen.values())


def carry(
    *, actor: Actor, process: Process, key: str, carrier_id: UUID | None, step_id: UUID | None = None
) -> PointStep:
    """Somebody carries the point, or nobody does any more. NotAllowed for a person who does not prepare here."""
    _check(actor, process, key)
    carrier = None
    if carrier_id is not None:
        known = {row.person_id: row.person for row in carriers(actor, process.pk)}
        if carrier_id not in known:
            raise NotAllowed()
        carrier = known[carrier_id]
    return _step(actor, process, key, StepKind.CARRIED, carrier=carrier, step_id=step_id)


def plan_talk(
    *, actor: Actor, process: Process, key: str, on: date | None, step_id: UUID | None = None
) -> PointStep:
    """A day on which they talk about it; None takes the day away. NotNow for a day that is past."""
    _check(actor, process, key)
    if on is not None and on < clock.today():
        raise NotNow(PAST)
    return _step(actor, process, key, StepKind.DATED, on=on, step_id=step_id)


def talked(
    *, actor: Actor, process: Process, key: str, text: str = "", step_id: UUID | None = None
) -> PointStep:
    """They have talked about it; with what came of it, if they like."""
    _check(actor, process, key)
    return _step(actor, process, key, StepKind.TALKED, text=text.strip(), step_id=step_id)


def set_aside(
    *, actor: Actor, process: Process, key: str, text: str = "", step_id: UUID | None = None
) -> PointStep:
    """Set aside, with a word why where one reads the room in which the words lie. NotNow for a point that is about
    safety or the law."""
    point = _check(actor, process, key)
    if not point.may_skip:
        raise NotNow(MAY_NOT_SKIP)
    if not text.strip() and rules.words_room(actor, process.pk) is not None:
        raise NotNow(SAY_WHY)
    return _step(actor, process, key, StepKind.ASIDE, text=text.strip(), step_id=step_id)


def take_up_again(*, actor: Actor, process: Process, key: str, step_id: UUID | None = None) -> PointStep:
    _check(actor, process, key)
    return _step(actor, process, key, StepKind.AGAIN, step_id=step_id)


def add_words(
    *, actor: Actor, process: Process, key: str, text: str, step_id: UUID | None = None
) -> PointStep:
    """Some words beside the point. NotAllowed for whoever does not read the room in which they lie."""
    _check(actor, process, key)
    if not text.strip():
        raise NotNow(_("Skriv noe her først."))
    return _step(actor, process, key, StepKind.WORDS, text=text.strip(), step_id=step_id)


def not_now(*, actor: Actor, process: Process, key: str, step_id: UUID | None = None) -> PointStep:
    """Off the desk for a fortnight, without a reason."""
    _check(actor, process, key)
    return _step(actor, process, key, StepKind.LATER, step_id=step_id)


def use_new_text(*, actor: Actor, process: Process, key: str, step_id: UUID | None = None) -> PointStep:
    """From now on the process has the point as the guide says it today. What was said about it stays."""
    _check(actor, process, key)
    with transaction.atomic():
        step = _step(actor, process, key, StepKind.UPDATED, step_id=step_id)
        pinning.update(process.pk, key, process.organisation_id)
    return step


def say_what_now(
    *, actor: Actor, room: Room, text: str, together: bool = False, piece_id: UUID | None = None
) -> Piece:
    """What this is to the room just now: one's own view, or (hosts) what the group agreed on. The older ones stay."""
    if room.kind not in rules.HAS_WHAT_NOW:
        raise NotAllowed()
    write = pieces.write_for_group if together else pieces.write
    return write(actor=actor, room=room, kind=PieceKind.WHAT_NOW, text=text.strip(), piece_id=piece_id)
