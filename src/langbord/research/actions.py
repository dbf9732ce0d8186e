"""Every write of the research: numbers are drawn, openings are noted, a file is taken out."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from langbord.access.actor import Actor
from langbord.access.enums import Role
from langbord.base import clock, events
from langbord.base.errors import NotAllowed
from langbord.processes.models import Process
from langbord.rooms.models import Seat

from .enums import Deed
from .models import Alias, Opening

if TYPE_CHECKING:
    from .material import Said

SPARE = 10
"""So many numbers more than needed, at the least: then the highest number does not tell how many have said yes."""


def _check(actor: Actor, process_id: UUID) -> None:
    if not actor.has_role(process_id, Role.RESEARCHER):
        raise NotAllowed()


def numbers_of(*, actor: Actor, process_id: UUID, person_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The number of each of these people in the material; whoever has none draws one. One query, two when somebody is
    new. Nobody is shown whose number it is."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    _check(actor, process_id)
    for _attempt in range(3):
        held = dict(
            Alias.objects.unrestricted("a number instead of a name, the same every time")
            .filter(process_id=process_id)
            .values_list("person_id", "number")
        )
        new = sorted(wanted - held.keys())
        if not new:
            break
        drawn = _draw(len(new), set(held.values()))
        try:
            with transaction.atomic():
                Alias.objects.bulk_create(
                    Alias(process_id=process_id, person_id=person, number=number)
                    for person, number in zip(new, drawn, strict=True)
                )
        except IntegrityError:
            continue  # somebody else drew at the same moment: theirs count
        held.update(zip(new, drawn, strict=True))
        break
    return {person: held[person] for person in wanted}


def _draw(count: int, taken: set[int]) -> list[int]:
    free = [n for n in range(1, 2 * (count + len(taken)) + SPARE + 1) if n not in taken]
    return secrets.SystemRandom().sample(free, count)


def note_openings(*, actor: Actor, process_id: UUID, said: Sequence[Said], deed: Deed) -> None:
    """Write down for each author that this researcher has opened (or taken out) their words today; for a group's words,
    for each of its citizens. Once a day. At most two queries."""
    _check(actor, process_id)
    authors = {s.piece.author_id for s in said if s.piece.author_id is not None}
    groups = {s.piece.room_id for s in said if s.piece.author_id is None}
    if groups:
        seats = Seat.objects.unrestricted("the citizens whose group's words were opened are told")
        authors |= set(seats.of_citizens_now(groups).values_list("membership__person_id", flat=True))
    now, day = clock.now(), clock.today()
    Opening.objects.bulk_create(
        [
            Opening(
                process_id=process_id,
                author_id=author,
                reader_id=actor.person_id,
                deed=deed,
                day=day,
                at=now,
            )
            for author in sorted(authors)
        ],
        ignore_conflicts=True,
    )


def take_out(*, actor: Actor, process_id: UUID, said: Sequence[Said], form: str) -> None:
    """The material leaves as a file: noted for each author and written to the log, before a word of it is sent."""
    _check(actor, process_id)
    with transaction.atomic():
        note_openings(actor=actor, process_id=process_id, said=said, deed=Deed.EXPORTED)
        process = Process.objects.visible_to(actor).get(pk=process_id)
        events.record(actor.person_id, f"research.exported.{form}", process, process_id=process_id)
