"""What the tests of gatherings share: times, gatherings laid with canary words, browsers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from langbord.base import clock
from langbord.gatherings import actions, after
from langbord.gatherings.models import Gathering
from tests.cast import TEST, Table
from tests.rooms.helpers import Queries, browser, once, open_first_door

__all__ = ["Queries", "browser", "once", "open_first_door"]

NOON = datetime(2026, 3, 12, 11, 0, tzinfo=clock.OSLO)
"""Thursday. Tests stop the clock here."""
EVENING = datetime(2026, 3, 12, 17, 0, tzinfo=clock.OSLO)
TWO_HOURS = timedelta(hours=2)
DURING = EVENING + timedelta(hours=1)
AFTERWARDS = EVENING + timedelta(hours=3)

WORDS: dict[str, Any] = {
    "place": "stedkanari",
    "title": "tittelkanari",
    "food": "Matkanari",
    "ground": "hjemmekanari",
    "practical": "praktiskkanari",
    "agenda": "20 punktkanari – hvemkanari\nOppvask",
}


def plan(table: Table, name: str = "host", room: str = "peer", **more: Any) -> Gathering:
    facts: dict[str, Any] = {"starts_at": EVENING, "ends_at": EVENING + TWO_HOURS, **WORDS, **more}
    return actions.plan(actor=table.actor(name), room=table.rooms[room], **facts)


def fresh(gathering: Gathering) -> Gathering:
    return Gathering.objects.unrestricted(TEST).get(pk=gathering.pk)


def mark(table: Table, gathering: Gathering, *names: str, by: str = "host") -> None:
    after.mark_there(
        actor=table.actor(by),
        gathering=fresh(gathering),
        person_ids=[table.people[name].pk for name in names],
    )


def address(table: Table, gathering: Gathering, rest: str = "") -> str:
    slug = table.process.slug if gathering.process_id == table.process.pk else table.other.slug
    return f"/s/{slug}/samling/{gathering.pk}/{rest}"


def form(**more: Any) -> dict[str, Any]:
    """A filled-in plan form."""
    return {
        "date": "2026-03-12",
        "start": "17:00",
        "end": "19:00",
        "place": "stedkanari",
        "food": "Matkanari",
        "title": "tittelkanari",
        "once": once(),
        **more,
    }
