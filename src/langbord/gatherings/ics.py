"""A gathering for somebody's own calendar. The calendar may be shared, or lie with a large company: it gets a time and
the word «Samling», and nothing about where, why or with whom."""

from __future__ import annotations

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from langbord.base import clock

from .models import Gathering


def calendar_file(gathering: Gathering) -> bytes:
    """One event (RFC 5545), in Norwegian time with its time zone written out."""
    event = Event()
    event.add("uid", f"{gathering.pk}@langbord")
    event.add("dtstamp", clock.now())
    event.add("dtstart", gathering.starts_at.astimezone(clock.OSLO))
    event.add("dtend", gathering.ends_at.astimezone(clock.OSLO))
    event.add("summary", _("Samling"))
    event.add("class", "PRIVATE")
    if gathering.cancelled_at is not None:
        event.add("status", "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", "-//Langbord//Samling//NO")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written
