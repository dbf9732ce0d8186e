"""The door: a conversation first, then an answer of one's own that nobody else sees."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of, or_missing, process_id_of, refused_as_missing
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE, SERVICE_SIDE, RoomKind
from langbord.access.gate import get_visible_or_404
from langbord.base.errors import NotNow

from . import door, rules, seating
from .forms import DoorForm, YesNoForm
from .http import room_of
from .models import DoorWish, Room, Seat


def door_page(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """The group's own page about its door. Those who come with the service see open or not open, and their own list."""
    actor = actor_of(request)
    if actor.may_read(room):
        found = room_of(request, room, *CITIZEN_ROOMS)
        or_missing(found.has_door)
        return _draw(request, found, process)
    fact = actor.room(room)
    or_missing(fact is not None and fact.kind in CITIZEN_ROOMS and fact.has_door)
    assert fact is not None
    or_missing(fact.process_id == process_id_of(request) and with_the_service(actor, fact.process_id))
    context = {"slug": process, "is_open": fact.door_open, "list": door.service_list(fact.process_id)}
    return render(request, "rooms/desk/door.html", context)


def with_the_service(actor: Actor, process_id: UUID) -> bool:
    """Comes to the joint table with the service: in one of its roles, or as a host of its room."""
    return actor.has_role(process_id, *SERVICE_SIDE) or any(
        actor.may_read(fact.id) for fact in actor.rooms_in(process_id, RoomKind.SERVICE)
    )


def _form(actor: Actor, room: Room, asked_since: datetime | None = None) -> DoorForm | None:
    """One's own answer so far, if one has not been asked anew since; only citizens of the group answer."""
    if not actor.sits_in(room.pk, *CITIZEN_SIDE):
        return None
    wish = DoorWish.objects.visible_to(actor).filter(room=room).first()
    counts = wish is not None and (asked_since is None or wish.at > asked_since)
    return DoorForm(initial={"answer": wish.answer if wish is not None and counts else None})


def _draw(
    request: HttpRequest, room: Room, slug: str, sent: DoorForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    state = door.state_for(actor, room, tells=True)
    form = sent or _form(actor, room, state.asked_since)
    context = {
        "room": room,
        "slug": slug,
        "form": form,
        "door": state,
        "tables": rules.tables_of(actor, room.process_id),
        "hosting": rules.hosts(actor, room.pk),
        "reads_from": actor.reads_from,
        "answered": form is not None and bool(form.initial.get("answer")),
    }
    return render(request, "rooms/door.html", context, status=status)


def door_answer(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """One citizen's own answer."""
    found, actor = room_of(request, room, *CITIZEN_ROOMS), actor_of(request)
    or_missing(found.has_door and actor.sits_in(found.pk, *CITIZEN_SIDE))
    form = DoorForm(request.POST)
    if not form.is_valid():
        return _draw(request, found, process, form, status=422)
    with refused_as_missing():
        door.answer(room=found, wish=form.cleaned_data["answer"], actor=actor)
    messages.success(request, _("Takk. Bare du ser hva du svarte. Du kan endre det når du vil."))
    return redirect("door", process=process, room=found.pk)


def door_open(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """A host presses open. In a group of one or two they record that they have talked together."""
    found, actor = room_of(request, room, *CITIZEN_ROOMS), actor_of(request)
    try:
        with refused_as_missing():
            door.open_door(room=found, actor=actor, talked=request.POST.get("talked") == "yes")
    except NotNow as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Døra er åpen. Nå kan dere møte de andre rundt bordet."))
    return redirect("door", process=process, room=found.pk)


def door_close(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """A host closes it again, when the group wants that."""
    found, actor = room_of(request, room, *CITIZEN_ROOMS), actor_of(request)
    with refused_as_missing():
        door.close_door(room=found, actor=actor)
    messages.success(
        request,
        _(
            "Døra er lukket igjen. Det som er skrevet rundt bordet, blir tatt vare på. Alle blir spurt på nytt."
        ),
    )
    return redirect("door", process=process, room=found.pk)


def seat_met(request: HttpRequest, seat: UUID) -> HttpResponse:
    """A host says that they have met somebody whom others gave a seat in the group."""
    actor = actor_of(request)
    held = get_visible_or_404(Seat, actor, among=Seat.objects.visible_to(actor).with_membership(), pk=seat)
    with refused_as_missing():
        seating.say_met(seat=held, actor=actor)
    fact = actor.room(held.room_id)
    or_missing(fact is not None)
    assert fact is not None
    messages.success(request, _("Takk. Nå er rommet åpent for dem."))
    return redirect("room", process=actor.slug_of(fact.process_id), room=fact.id)


def host_answer(request: HttpRequest, seat: UUID) -> HttpResponse:
    """A citizen's own yes or no to a host who works in the service."""
    actor = actor_of(request)
    held = get_visible_or_404(Seat, actor, pk=seat)
    form = YesNoForm(request.POST)
    or_missing(form.is_valid())
    with refused_as_missing():
        seating.answer_host(seat=held, yes=form.cleaned_data["answer"] == "yes", actor=actor)
    messages.success(request, _("Takk. Bare du ser hva du svarte."))
    fact = actor.room(held.room_id)
    or_missing(fact is not None)
    assert fact is not None
    return redirect("room", process=actor.slug_of(fact.process_id), room=fact.id)
