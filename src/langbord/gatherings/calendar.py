"""Gatherings as pages elsewhere need them: the next one for the home, the dots for the process picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from langbord.access.actor import Actor, RoomFact
from langbord.people.models import Person
from langbord.rooms.hooks import Panel
from langbord.rooms.models import Room
from langbord.vault import preload_for

from . import rules
from .models import Gathering
from .people import hosts_of, hosts_sentence


@dataclass(frozen=True)
class Card:
    """One gathering as somebody who is asked to come meets it. Draw it with `gatherings/_card.html` (as `card`)."""

    gathering: Gathering
    room: RoomFact
    slug: str
    answer: str
    moved: bool
    may_answer: bool
    is_on: bool
    host_people: list[Person] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        return self.gathering.pk

    @property
    def words(self) -> Any:
        return self.gathering.words

    @property
    def starts_at(self) -> datetime:
        return self.gathering.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.gathering.ends_at

    @property
    def hosts(self) -> str:
        return hosts_sentence(self.host_people)

    @property
    def cancelled(self) -> bool:
        return self.gathering.cancelled_at is not None

    @property
    def sealed(self) -> list[Any]:
        """What must be made ready before it is drawn: `preload_for(card.sealed)`, together with the rest of a page."""
        return [self.gathering, self.gathering.words, *self.host_people]


def cards(actor: Actor, gatherings: Iterable[Gathering]) -> list[Card]:
    """Cards for gatherings that came through `laid_for(actor)`. One query, for the hosts."""
    held = [(g, room) for g in gatherings if (room := actor.room(g.room_id)) is not None]
    hosts = hosts_of(actor, {room.id: room for _g, room in held}.values()) if held else {}
    return [
        Card(
            gathering=g,
            room=room,
            slug=actor.slug_of(g.process_id),
            answer=current_answer(g),
            moved=bool(g.moved_at is not None and getattr(g, "my_answer", "") and not current_answer(g)),
            may_answer=_is_asked(actor, room) and g.cancelled_at is None and not g.is_over(),
            is_on=g.is_on(),
            host_people=hosts.get(room.id, []),
        )
        for g, room in held
    ]


def _is_asked(actor: Actor, room: RoomFact) -> bool:
    """Hosts ask the others; they are not asked on their own card. Nor is whoever wants to be left in peace for a while,
    nor anybody when the process is closed."""
    if actor.is_silent(room.process_id) or actor.is_closed(room.process_id):
        return False
    return rules.may_answer(actor, room) and not rules.hosts_here(actor, room)


def current_answer(gathering: Gathering) -> str:
    """One's own answer, if it was given after the time was last changed."""
    answer, at = getattr(gathering, "my_answer", None), getattr(gathering, "my_answered_at", None)
    if not answer or (gathering.moved_at is not None and at is not None and at < gathering.moved_at):
        return ""
    return str(answer)


def next_gathering(actor: Actor, *, ready: bool = True) -> Card | None:
    """The next gathering that this person is asked to, over all their processes; the one that is on comes first. Two
    queries and one for the keys. `ready=False`: the page makes the keys ready itself, with `card.sealed`."""
    if not actor.readable_rooms:
        return None
    first = Gathering.objects.visible_to(actor).not_over().laid_for(actor).first()
    found = cards(actor, [first]) if first is not None else []
    if found and ready:
        preload_for(found[0].sealed)
    return found[0] if found else None


def gatherings_in(actor: Actor, process_id: UUID) -> list[Gathering]:
    """Every gathering of the process whose time this actor may know, in order, called off or not: for the process
    picture. `actor.room(g.room_id).kind` is its track. One query; nothing sealed is needed to draw dots."""
    return Gathering.objects.visible_to(actor).filter(process_id=process_id).sorted_here("starts_at", "pk")


def overdue_for(actor: Actor) -> list[Gathering]:
    """Gatherings that the actor hosts, that are over, and where nobody has said who was there. One query, or none for
    somebody who hosts nothing."""
    hosted = [room.id for room in actor.rooms if rules.hosts_here(actor, room)]
    if not hosted:
        return []
    over = Gathering.objects.visible_to(actor).overdue().filter(room_id__in=hosted)
    return over.sorted_here("-starts_at", "pk")


def room_panel(actor: Actor, room: Room) -> Panel | None:
    """The next gathering on a room's page, and the way to plan one. Two queries and one for the keys."""
    if room.kind not in rules.GATHERS:
        return None
    first = Gathering.objects.visible_to(actor).filter(room=room).not_over().laid_for(actor).first()
    found = cards(actor, [first]) if first is not None else []
    if found:
        preload_for(found[0].sealed)
    return "gatherings/_room_panel.html", {
        "card": found[0] if found else None,
        "slug": actor.slug_of(room.process_id),
        "room_id": room.pk,
        "may_plan": rules.may_plan(actor, room) and not actor.is_closed(room.process_id),
    }
