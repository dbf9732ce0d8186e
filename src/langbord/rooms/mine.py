"""All that is mine in rooms, for *Meg*: what I have written, and who reads what, room by room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from langbord.access.actor import Actor
from langbord.access.asked import actor_of
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, RoomKind
from langbord.people.hooks import Panel

from .models import Piece, Room
from .readers import Readers, audiences
from .shown import readers_list, readers_sentence


@dataclass(frozen=True)
class RoomReaders:
    """One room with those who read it now, in a sentence and one by one."""

    room: Room
    readers: Readers

    @property
    def sentence(self) -> str:
        return readers_sentence(self.readers)

    @property
    def listed(self) -> list[tuple[str, str]]:
        return readers_list(self.readers)


@dataclass(frozen=True)
class Place:
    """One process with the rooms that one reads."""

    id: UUID
    name: str
    slug: str
    rooms: list[RoomReaders]
    as_citizen: bool


def me_panel(actor: Actor) -> Panel | None:
    """On Meg: how much I have written, and where it lies. One query."""
    if actor.person_id is None:
        return None
    return "rooms/_me.html", {"counts": Piece.objects.visible_to(actor).own_counts(actor)}


def who_reads(actor: Actor) -> list[Place]:
    """Each process one takes part in, with who reads each of its rooms. Five queries, however many there are."""
    rooms = list(Room.objects.visible_to(actor))
    found = audiences((r.process_id for r in rooms), actor)
    places = []
    for process_id in dict.fromkeys(s.process_id for s in actor.sittings):
        sitting = actor.sittings_in(process_id)[0]
        own = [RoomReaders(r, found[process_id].of(r)) for r in rooms if r.process_id == process_id]
        own.sort(key=lambda r: (r.room.kind not in CITIZEN_ROOMS, r.room.kind == RoomKind.BOARD))
        places.append(
            Place(
                id=process_id,
                name=sitting.process_name,
                slug=sitting.process_slug,
                rooms=own,
                as_citizen=bool(actor.roles_in(process_id) & CITIZEN_SIDE),
            )
        )
    return places


def my_readers(request: HttpRequest) -> HttpResponse:
    """Who can see what of mine, all on one page."""
    actor = actor_of(request)
    context: dict[str, Any] = {"processes": who_reads(actor)}
    return render(request, "rooms/my_readers.html", context)
