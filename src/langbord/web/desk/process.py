"""One process: the coordinator's desk, and a plain overview for everyone else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor, RoomFact
from langbord.access.asked import actor_of, process_id_of
from langbord.access.enums import CITIZEN_ROOMS, Role, RoomKind
from langbord.access.gate import get_visible_or_404
from langbord.base import clock
from langbord.followup.lines import latest_cases
from langbord.gatherings import calendar
from langbord.gatherings.models import Gathering
from langbord.gatherings.rules import knows_time
from langbord.processes import hooks
from langbord.processes.enums import Stage
from langbord.processes.models import Process
from langbord.processes.querysets import found_with_seats
from langbord.web.home.parts import is_asked_to_come, next_cards, sealed_in, waits_for_group
from langbord.web.pictures import Door, Dot, ProcessPicture, Track

from .whispers import whispers_for

CASES_SHOWN = 4


@dataclass(frozen=True)
class Seats:
    """How many sit on each side: counts only, no names."""

    citizens: int
    service: int
    hosts: int


FEW_WAYS = 2


def process_page(request: HttpRequest, process: str) -> HttpResponse:
    """People and the next meal first, then the way here, then what we said and what happened."""
    actor = actor_of(request)
    process_id = process_id_of(request)
    coordinates = actor.has_role(process_id, Role.COORDINATOR)
    found = found_with_seats(actor, process_id) if coordinates else None
    if found is None:
        among = Process.objects.visible_to(actor).with_organisation()
        found = get_visible_or_404(Process, actor, among=among, slug=process)
    gatherings = calendar.gatherings_in(actor, found.pk)
    seats = seats_of(found) if coordinates else None
    cards = next_cards(actor, found.pk)
    ways = ways_in(actor, found)
    # A heading over one link is one word too many for somebody who came to see when there is food.
    many = sum(len(held) for _stage, held in ways) > FEW_WAYS
    lines = latest_cases(actor, [found.pk], CASES_SHOWN, also=sealed_in(cards))
    return render(
        request,
        "desk/process.html",
        {
            "process": found,
            "coordinates": coordinates,
            "waits": waits_for_group(actor, found.pk),
            "shows_next": bool(cards) or is_asked_to_come(actor, found.pk),
            "researches": actor.has_role(found.pk, Role.RESEARCHER),
            "seats": seats,
            "next_gatherings": cards,
            "picture": picture_of(actor, found, gatherings),
            "lines": lines,
            "whispers": whispers_for(actor, found, seats, gatherings, lines) if coordinates and seats else [],
            "rooms": readable_rooms(actor, found),
            "panels": [drawn for panel in hooks.process_panels if (drawn := panel(actor, found)) is not None],
            "ways": ways if many else [],
            "few_ways": [] if many else [way for _stage, held in ways for way in held],
            "to_arrange": rooms_to_plan_in(actor, found)
            if coordinates and not actor.is_closed(found.pk)
            else [],
        },
    )


def seats_of(process: Any) -> Seats:
    """Head counts by side, of a process that came with `found_with_seats`."""
    return Seats(citizens=process.citizens_now, service=process.service_now, hosts=process.hosts_now)


def ways_in(actor: Actor, process: Process) -> list[tuple[Stage, list[hooks.Way]]]:
    """What later apps offer this person here, by stage. No query."""
    shown = sorted(
        (w for w in hooks.process_ways if w.shown_to(actor, process.pk)), key=lambda way: way.order
    )
    by_stage = [(stage, [way for way in shown if way.stage == stage]) for stage in Stage]
    return [(stage, ways) for stage, ways in by_stage if ways]


def readable_rooms(actor: Actor, process: Process) -> list[RoomFact]:
    """The rooms one can step into, the board apart."""
    return [r for r in actor.rooms_in(process.pk) if r.kind != RoomKind.BOARD and actor.may_read(r.id)]


def rooms_to_plan_in(actor: Actor, process: Process) -> list[RoomFact]:
    return [
        r
        for r in actor.rooms_in(process.pk)
        if r.kind in (RoomKind.JOINT, RoomKind.SERVICE, RoomKind.STEERING)
    ]


def picture_of(actor: Actor, process: Process, gatherings: list[Gathering]) -> ProcessPicture | None:
    """The tracks over time, with a dot for each gathering one may know of. None while there is nothing to draw."""
    now = clock.now()
    kinds = {room.id: room for room in actor.rooms_in(process.pk)}
    dots: dict[str, list[Dot]] = {"citizens": [], "service": [], "joint": []}
    for gathering in gatherings:
        room = kinds.get(gathering.room_id)
        if room is None or gathering.cancelled_at is not None:
            continue
        side = _side(room.kind)
        on = gathering.starts_at.astimezone(clock.OSLO).date()
        dots[side].append(
            Dot(
                on=on,
                label=str(_("Samling i %(room)s") % {"room": room.name}),
                planned=gathering.ends_at > now,
            )
        )
    if not any(dots.values()):
        return None
    # A track whose gatherings one may not know of is left out: an empty line would say that nobody met.
    known = [room.kind for room in kinds.values() if knows_time(actor, room)]
    has_service = RoomKind.SERVICE in known
    has_citizens = any(kind in CITIZEN_ROOMS for kind in known)
    tracks = []
    if has_citizens:
        tracks.append(Track(label=str(_("Innbyggerne")), side="citizens", dots=dots["citizens"]))
    if has_service:
        tracks.append(Track(label=str(_("Tjenesten")), side="service", dots=dots["service"]))
    tracks.append(Track(label=str(_("Rundt bordet")), side="joint", dots=dots["joint"]))
    every = [dot.on for track in tracks for dot in track.dots]
    start = min([process.started_on, *every])
    end = max([clock.today() + timedelta(days=14), *every])
    return ProcessPicture(start=start, end=end, tracks=tracks, door=_door(kinds))


def _side(kind: str) -> str:
    if kind in CITIZEN_ROOMS:
        return "citizens"
    return "service" if kind == RoomKind.SERVICE else "joint"


def _door(kinds: dict[Any, RoomFact]) -> Door | None:
    """The first door that opened; everybody may know the day."""
    doors = [room for room in kinds.values() if room.has_door]
    if not doors:
        return None
    opened = min((room.opened_at for room in doors if room.opened_at is not None), default=None)
    return Door(opened_on=opened.astimezone(clock.OSLO).date() if opened else None)
