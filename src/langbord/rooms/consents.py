"""The way from a citizens' room to what its hosts must know of consents."""

from __future__ import annotations

from langbord.access.actor import Actor
from langbord.access.enums import CITIZEN_ROOMS, HOST_SIDE

from .hooks import Panel
from .models import Room


def room_panel(actor: Actor, room: Room) -> Panel | None:
    """For hosts and daily leaders of the room alone. No query."""
    if room.kind not in CITIZEN_ROOMS or not actor.sits_in(room.pk, *HOST_SIDE):
        return None
    return "consent/hosting/desk/_room_link.html", {"slug": actor.slug_of(room.process_id)}
