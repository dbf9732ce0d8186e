"""What every page frame needs: the places at the bottom, language, text size, how careful the titles must be."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from langbord.access.actor import Actor
from langbord.access.asked import actor_of
from langbord.access.enums import CITIZEN_SIDE, HOST_SIDE


def is_citizen(actor: Actor) -> bool:
    """Takes part as a citizen somewhere and has no role of the service: meets the five places of the phone."""
    roles = {s.role for s in actor.sittings}
    return bool(roles & CITIZEN_SIDE) and not (roles - CITIZEN_SIDE - HOST_SIDE)


def places(request: HttpRequest) -> list[dict[str, Any]]:
    """The places of the person who is signed in: at most five."""
    actor = actor_of(request)
    if actor.person is None:
        return []
    entries = [("home", _("Hjem"), reverse("home"), "home")]
    if actor.sittings:
        entries.append(("tell", _("Fortell"), reverse("tell"), "tell"))
    if is_citizen(actor):
        entries.append(("group", _("Gruppa"), reverse("group"), "table"))
    else:
        entries.append(("processes", _("Samskaping"), reverse("processes"), "table"))
        if actor.sittings:
            entries.append(("promises", _("Løfter"), reverse("promises"), "promise"))
        elif actor.mentoring:
            entries.append(("mentor-inbox", _("Mentor"), reverse("mentor-inbox"), "question"))
    if len(entries) < 4 and not is_citizen(actor):
        entries.append(("library", _("Bibliotek"), reverse("library"), "library"))
    entries.append(("me", _("Meg"), reverse("me"), "me"))
    match = request.resolver_match
    here = match.url_name if match is not None else ""
    path = request.path
    return [
        {
            "key": key,
            "label": label,
            "url": url,
            "icon": icon,
            "current": here == key or (url != "/" and path.startswith(url)),
        }
        for key, label, url, icon in entries
    ]


def _closed_here(request: HttpRequest) -> str:
    """The address of the process that the page belongs to, when that is closed. No query."""
    actor = actor_of(request)
    process_id = getattr(request, "process_id", None)
    return actor.slug_of(process_id) if process_id is not None and actor.is_closed(process_id) else ""


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the page frame. Anonymous pages cost no query."""
    actor = getattr(request, "actor", None)
    session = getattr(request, "session", None)
    shared = bool(session and session.get("shared_phone"))
    # Nothing may be asked of the database on pages that were not reached through an address (error pages).
    signed_in = actor is not None and request.resolver_match is not None and actor.person is not None
    person = actor.person if signed_in and actor is not None else None
    return {
        "actor": actor if signed_in else None,
        "me": person,
        "places": places(request) if signed_in else [],
        "closed_here": _closed_here(request) if signed_in else "",
        "neutral_titles": shared,
        "text_size": person.text_size
        if person is not None
        else (session.get("text_size", "") if session else ""),
        "neutral_address": settings.NEUTRAL_SITE,
        "is_example": getattr(settings, "EXAMPLE_DATA", False),
    }
