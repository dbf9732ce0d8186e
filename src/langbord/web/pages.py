"""Pages that belong to nobody's room: about, and the way to one's own group."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from langbord.access.asked import actor_of
from langbord.access.enums import CITIZEN_ROOMS, CITIZEN_SIDE


def about(request: HttpRequest) -> HttpResponse:
    """What this is, in plain words, for anyone."""
    return render(request, "web/about.html")


def my_group(request: HttpRequest) -> HttpResponse:
    """To one's own group; with several, a list to choose from; with none, a page that says so."""
    actor = actor_of(request)
    rooms = [
        (room, actor.slug_of(room.process_id))
        for room in actor.rooms
        if room.kind in CITIZEN_ROOMS and actor.may_read(room.id)
    ]
    # Groups that somebody has a seat in, and where no host has met them yet.
    waiting = [
        (room.name, sitting.process_slug)
        for sitting in actor.sittings
        if sitting.role in CITIZEN_SIDE
        for room in actor.rooms
        if room.id in sitting.waiting
    ]
    if len(rooms) == 1 and not waiting:
        return redirect("room", process=rooms[0][1], room=rooms[0][0].id)
    context = {"rooms": [{"room": r, "slug": slug} for r, slug in rooms], "waiting": waiting}
    return render(request, "web/groups.html", context)
