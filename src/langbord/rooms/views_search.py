"""*Finn igjen noe*: what was said in a room, found by a word in it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from langbord.access.actor import Actor
from langbord.access.asked import actor_of
from langbord.access.enums import RoomKind
from langbord.vault import passing

from .forms import FindForm
from .http import room_of
from .models import Piece, Room
from .shown import Shown, show_all

KINDS = tuple(kind for kind in RoomKind.values if kind != RoomKind.BOARD)
"""The board has its own way of looking."""

MOST_FOUND = 40


def find_in_room(request: HttpRequest, process: str, room: UUID) -> HttpResponse:
    """Look for words in a room. What somebody looks for may say as much as what they write: it stands sealed in the
    address, never in clear, so that neither the history of a borrowed phone nor a log on the way can be read."""
    found, actor = room_of(request, room, *KINDS), actor_of(request)
    place, person = f"room-find|{found.pk}", actor.person
    assert person is not None
    if request.method == "POST":
        form = FindForm(request.POST)
        if form.is_valid():
            signs = passing.seal(person.sealed_by, form.cleaned_data["words"], place)
            address = reverse("room-find", args=[process, found.pk])
            return redirect(f"{address}?{urlencode({'f': signs})}")
        words = ""
    else:
        words = passing.unseal(person.sealed_by, request.GET.get("f", ""), place)
        form = FindForm(initial={"words": words})
    matches = containing(actor, found, words) if words else []
    context = {
        "room": found,
        "slug": process,
        "form": form,
        "words": words,
        "count": len(matches),
        "found": matches[:MOST_FOUND],
        "most": MOST_FOUND,
    }
    return render(request, "rooms/find.html", context, status=422 if form.errors else 200)


def containing(actor: Actor, room: Room, text: str) -> list[Shown]:
    """What this person may read in the room and has all these words in it, or in the name under it; the latest first.

    Sealed words are never searched in SQL: the room's are opened and read here, with one query for the keys."""
    wanted = text.casefold().split()
    pieces = Piece.objects.visible_to(actor).filter(room=room, words_removed_at__isnull=True)
    return [
        s for s in show_all(pieces, actor) if all(word in f"{s.text} {s.by}".casefold() for word in wanted)
    ]
