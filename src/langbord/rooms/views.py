"""The room: who we are, what is agreed, the wall; the exchange, the rules, and who can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, refused_as_missing
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, HOST_SIDE, RoomKind
from langbord.base.errors import NotNow
from langbord.processes.models import Membership

from . import actions, decisions, door, entrance, hooks, rules, seating
from .enums import EXCHANGE, PieceKind
from .forms import ExchangeForm, RuleForm, WallForm
from .http import room_of
from .models import Piece, Room
from .readers import readers_of, research_line
from .shown import Shown, readers_list, show_all

A_PAGE = 20
"""Pieces on one page of the wall."""

NOT_ON_THE_WALL = (
    *EXCHANGE,
    PieceKind.RULE,
    PieceKind.MINUTES,
    PieceKind.CORRECTION,
    PieceKind.ANSWER,
    PieceKind.TASK,
    PieceKind.WHAT_NOW,
    PieceKind.WORD,
    PieceKind.MEANING,
    PieceKind.POINT,
)
SERVICE_FIRST = (PieceKind.SHORTCOMING, PieceKind.NO_PROMISE)
HAS_RULES = (*CITIZEN_ROOMS, RoomKind.JOINT)


@dataclass(frozen=True)
class Seated:
    """Those who sit in a room, side by side. Hosts are shown with where they work."""

    citizens: list[Membership]
    hosts: list[Membership]
    service: list[Membership]

    @property
    def everybody(self) -> list[Membership]:
        return [*self.citizens, *self.hosts, *self.service]


def seated_in(actor: Actor, room: Room) -> Seated:
    """Who sits there, as this person may be told. One query, each person once."""
    met = Membership.objects.visible_to(actor).in_room(room.pk, room.process_id, room.kind)
    met = met.with_name().with_silence()
    sides: dict[str, dict[UUID, Membership]] = {"citizens": {}, "hosts": {}, "service": {}}
    for member in door.with_answers(actor, room, met).sorted_here("started_at", "pk"):
        side = (
            "citizens" if member.role in CITIZEN_SIDE else "hosts" if member.role in HOST_SIDE else "service"
        )
        sides[side].setdefault(member.person_id, member)
    return Seated(**{side: list(members.values()) for side, members in sides.items()})


def _page(request: HttpRequest) -> int:
    wanted = request.GET.get("side", "1")
    return min(int(wanted), 10_000) if wanted.isascii() and wanted.isdigit() and int(wanted) > 0 else 1


def room_page(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """The page of one room, with the sections that its kind calls for."""
    found = room_of(request, room, among=entrance.rooms_with_entrance(actor_of(request)))
    if found.kind == RoomKind.BOARD:
        return redirect("board", process=process)
    return _draw_room(request, found, process, WallForm(room_kind=found.kind))


def _draw_room(
    request: HttpRequest, room: Room, slug: str, form: WallForm, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    page = _page(request)
    pieces = Piece.objects.visible_to(actor).with_author().filter(room=room).exclude(kind__in=NOT_ON_THE_WALL)
    first: list[Piece] = []
    if room.kind == RoomKind.SERVICE:
        first = list(pieces.filter(kind__in=SERVICE_FIRST).order_by("shared_at"))
        pieces = pieces.exclude(kind__in=SERVICE_FIRST)
    wall = list(pieces[(page - 1) * A_PAGE : page * A_PAGE + 1])
    for piece in (*wall, *first):
        piece.room, piece.process = room, room.process
    seated = seated_in(actor, room)
    waiting, newcomers = seating.waiting(actor, room)
    asked = decisions.open_decisions(actor, room) if room.kind in CITIZEN_ROOMS else []
    people = [
        member.person for member in (*seated.everybody, *(s.membership for s in (*waiting, *newcomers)))
    ]
    shown = show_all([*wall[:A_PAGE], *first], actor, *people, *(state.decision for state in asked))
    lists = shown[len(wall[:A_PAGE]) :]
    context: dict[str, Any] = {
        "room": room,
        "slug": slug,
        "form": form,
        "closed": actor.is_closed(room.process_id),
        "seated": seated,
        "waiting": waiting,
        "newcomers": newcomers,
        "hosting": rules.hosts(actor, room.pk),
        "asked": asked,
        "may_answer": actor.sits_in(room.pk, *CITIZEN_SIDE),
        "wall": shown[: len(wall[:A_PAGE])],
        "page": page,
        "older": page + 1 if len(wall) > A_PAGE else None,
        "newer": page - 1 if page > 1 else None,
        "shortcomings": [s for s in lists if s.piece.kind == PieceKind.SHORTCOMING],
        "no_promises": [s for s in lists if s.piece.kind == PieceKind.NO_PROMISE],
        "door": door.state_for(actor, room, seated.citizens) if room.has_door else None,
        "tables": rules.tables_of(actor, room.process_id),
        "doors": _doors(actor, room) if room.kind == RoomKind.SERVICE else [],
        "has_rules": room.kind in HAS_RULES,
        "has_exchange": room.kind in CITIZEN_ROOMS,
        "entrance": entrance.shown_at(room),
        "panels": [panel for make in hooks.room_panels if (panel := make(actor, room)) is not None],
    }
    return render(request, "rooms/room.html", context, status=status)


def _doors(actor: Actor, room: Room) -> list[bool]:
    """For the service: open or not, group by group, and nothing more."""
    return [fact.door_open for fact in actor.rooms_in(room.process_id, *CITIZEN_ROOMS) if fact.has_door]


def room_write(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """Write on the wall."""
    actor = actor_of(request)
    found = room_of(request, room, among=entrance.rooms_with_entrance(actor))
    form = WallForm(request.POST, room_kind=found.kind)
    or_missing(rules.may_write_in(actor, found))
    if not form.is_valid():
        return _draw_room(request, found, process, form, status=422)
    try:
        with refused_as_missing():
            piece = actions.write(
                actor=actor,
                room=found,
                kind=form.chosen_kind,
                text=form.cleaned_data["text"],
                piece_id=form.cleaned_data["once"],
            )
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return _draw_room(request, found, process, form, status=422)
    messages.success(request, _("Nå henger det på veggen."))
    return redirect(reverse("room", args=[process, found.pk]) + f"#b-{piece.pk}")


def exchange(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """Three lists: I can give, I need, a tip."""
    found, actor = room_of(request, room, *CITIZEN_ROOMS), actor_of(request)
    form = ExchangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refused_as_missing():
            actions.write(
                actor=actor, room=found, kind=data["kind"], text=data["text"], piece_id=data["once"]
            )
        messages.success(request, _("Nå står det på lista."))
        return redirect("exchange", process=process, room=found.pk)
    shown = show_all(Piece.objects.visible_to(actor).filter(room=found, kind__in=EXCHANGE), actor)
    context = {
        "room": found,
        "slug": process,
        "form": form,
        "give": _of(shown, PieceKind.GIVE),
        "need": _of(shown, PieceKind.NEED),
        "tips": _of(shown, PieceKind.TIP),
    }
    return render(request, "rooms/exchange.html", context, status=422 if form.errors else 200)


def _of(shown: list[Shown], kind: str) -> list[Shown]:
    return [s for s in shown if s.piece.kind == kind]


def room_rules(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """The rules, one by one. Hosts write what the group has agreed; anybody who sits here may add one of their own."""
    found, actor = room_of(request, room, *HAS_RULES), actor_of(request)
    hosting = found.kind in CITIZEN_ROOMS and rules.may_write_for_group(actor, found)
    form = RuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        write = actions.write_for_group if hosting else actions.write
        with refused_as_missing():
            write(
                actor=actor,
                room=found,
                kind=PieceKind.RULE,
                text=form.cleaned_data["text"],
                piece_id=form.cleaned_data["once"],
            )
        messages.success(request, _("Regelen står på lista."))
        return redirect("rules", process=process, room=found.pk)
    pieces = Piece.objects.visible_to(actor).filter(room=found, kind=PieceKind.RULE).order_by("shared_at")
    context = {
        "room": found,
        "slug": process,
        "form": form,
        "rules": [(s, rules.may_take_back(actor, s.piece)) for s in show_all(pieces, actor)],
        "hosting": hosting,
    }
    return render(request, "rooms/rules.html", context, status=422 if form.errors else 200)


def room_entrance(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """Who reads here, what hosts keep to themselves and what they must report. A POST says that one has read it."""
    found, actor = room_of(request, room, *CITIZEN_ROOMS), actor_of(request)
    if request.method == "POST":
        with refused_as_missing():
            entrance.read(actor=actor, room=found)
        return redirect("room", process=process, room=found.pk)
    context = {"room": found, "slug": process, "entrance": entrance.text_for(found.kind)}
    return render(request, "rooms/entrance.html", context)


def room_readers(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """Who can read what is in this room, in plain words and by name."""
    found, actor = room_of(request, room), actor_of(request)
    people = readers_of(found, actor)
    context = {
        "room": found,
        "slug": process,
        "readers": readers_list(people),
        "total": people.total,
        "said_yes_to": seating.hosts_we_said_yes_to(actor, found),
        **research_line(actor, found),
    }
    return render(request, "rooms/readers.html", context)
