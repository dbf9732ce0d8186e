"""What every view of a list needs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from langbord.access.asked import actor_of, refused_as_missing
from langbord.access.gate import get_visible_or_404
from langbord.base import clock
from langbord.base.errors import NotNow

from .models import Entry, Meeting
from .shown import Shown, show


def meeting_of(request: HttpRequest, meeting: UUID) -> Meeting:
    return get_visible_or_404(Meeting, actor_of(request), among=Meeting.objects.all().with_unit(), pk=meeting)


def entry_of(request: HttpRequest, meeting: UUID, entry: UUID) -> Entry:
    return get_visible_or_404(Entry, actor_of(request), pk=entry, meeting_id=meeting)


def shown_of(request: HttpRequest, meeting: UUID) -> Shown:
    found = meeting_of(request, meeting)
    with refused_as_missing():
        return show(actor_of(request), found, clock.today())


def draw(request: HttpRequest, template: str, held: Shown, **context: Any) -> HttpResponse:
    """A page of a list. A form with errors is given back with 422. The stamp says how new the page is."""
    form = context.get("form")
    status = context.pop("status", 422 if form is not None and form.errors else 200)
    whole = {
        "held": held,
        "meeting": held.meeting,
        "seat": held.seat,
        "stamp": stamp(held.meeting),
        **context,
    }
    return render(request, f"firstmeeting/{template}.html", whole, status=status)


def stamp(meeting: Meeting) -> str:
    return f"{meeting.touched_at.timestamp():.6f}"


def is_waiting(request: HttpRequest, meeting: Meeting) -> bool:
    """The page asks by itself, and nothing is new since it was drawn."""
    return request.method == "GET" and request.GET.get("sett") == stamp(meeting)


def do(request: HttpRequest, deed: Any, done: str = "") -> bool:
    """Carry out an action; say what it refuses just now, or that it is done. False when it was refused."""
    try:
        with refused_as_missing():
            deed()
    except NotNow as refusal:
        messages.warning(request, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return True


def back_to(meeting: Meeting | UUID, thing: str = "", at: str = "") -> HttpResponse:
    pk = meeting.pk if isinstance(meeting, Meeting) else meeting
    where: HttpResponse = (
        redirect("first-meeting-thing", meeting=pk, thing=thing)
        if thing
        else redirect("first-meeting", meeting=pk)
    )
    if at:
        where["Location"] += f"#{at}"
    return where
