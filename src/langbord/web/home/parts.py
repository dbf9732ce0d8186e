"""What homes and desks are put together from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from langbord.access.actor import Actor, RoomFact
from langbord.access.enums import CITIZEN_ROOMS, Role, RoomKind
from langbord.followup.lines import CaseLine, latest_cases
from langbord.gatherings.calendar import Card, cards
from langbord.gatherings.models import Gathering
from langbord.gatherings.rules import waits_to_host
from langbord.processes.querysets import NAMELESS

NEXT_SHOWN = 2
CALLED_OFF_SHOWN = 3
"""At most so many that were called off stand before the next one."""


@dataclass(frozen=True)
class BoardPart:
    """The latest from one board."""

    slug: str
    lines: list[CaseLine]


@dataclass(frozen=True)
class TablePart:
    """One process with the rooms one can step into."""

    slug: str
    name: str
    coordinates: bool
    rooms: list[RoomFact]
    researches: bool = False
    waits: bool = False
    """To host a room whose group has not yet said yes to them."""


def next_cards(actor: Actor, process_id: UUID | None = None, *, limit: int = NEXT_SHOWN) -> list[Card]:
    """The next gatherings one is asked to, in one process or in all, and what was called off before them. Two queries; the
    page fetches the keys of `sealed_in(cards)` together with its other keys."""
    if not actor.readable_rooms:
        return []
    gatherings = Gathering.objects.visible_to(actor).not_over_or_called_off().laid_for(actor)
    if process_id is not None:
        gatherings = gatherings.filter(process_id=process_id)
    shown: list[Gathering] = []
    for gathering in gatherings[: limit + CALLED_OFF_SHOWN]:
        if sum(one.cancelled_at is None for one in shown) == limit:
            break
        shown.append(gathering)
    return cards(actor, shown)


def is_asked_to_come(actor: Actor, process_id: UUID | None = None) -> bool:
    """Whether gatherings are for them at all. Leaders and researchers come to none by their role: that none is arranged
    would be untrue where others meet next week. No query."""
    sittings = actor.sittings if process_id is None else actor.sittings_in(process_id)
    return any(sitting.role not in NAMELESS for sitting in sittings)


def sealed_in(held: list[Card]) -> list[Any]:
    """What must be opened to draw these cards."""
    return [thing for card in held for thing in card.sealed]


def boards(actor: Actor, limit: int, also: list[Any], *, promised: bool) -> list[BoardPart]:
    """The latest of each board one reads. Three queries, with the keys of `also` in the last. promised: see
    `latest_cases`."""
    lines = latest_cases(actor, actor.process_ids, limit, also, asked=True, promised=promised)
    by_slug: dict[str, list[CaseLine]] = {}
    for line in lines:
        by_slug.setdefault(line.slug, []).append(line)
    return [BoardPart(slug=slug, lines=held) for slug, held in by_slug.items()]


def waits_for_group(actor: Actor, process_id: UUID) -> bool:
    """Whether a group has been asked, and not answered, if they may host it. No query."""
    return any(waits_to_host(actor, room) for room in actor.rooms_in(process_id, *CITIZEN_ROOMS))


def tables(actor: Actor) -> list[TablePart]:
    """One's processes, in the order in which one joined. No query."""
    parts = []
    for process_id in dict.fromkeys(s.process_id for s in actor.sittings):
        sitting = actor.sittings_in(process_id)[0]
        rooms = [r for r in actor.rooms_in(process_id) if actor.may_read(r.id)]
        parts.append(
            TablePart(
                slug=sitting.process_slug,
                name=sitting.process_name,
                coordinates=actor.has_role(process_id, Role.COORDINATOR),
                rooms=sorted(rooms, key=lambda r: r.kind == RoomKind.BOARD),
                researches=actor.has_role(process_id, Role.RESEARCHER),
                waits=waits_for_group(actor, process_id),
            )
        )
    return parts
