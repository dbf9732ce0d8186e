"""A list with its two, made through the product's own actions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from langbord.access.actor import actor_of
from langbord.firstmeeting import actions, writing
from langbord.firstmeeting.enums import Kind
from langbord.firstmeeting.models import Entry, Meeting
from langbord.people.actions import register_person
from langbord.people.models import Person
from tests.cast import TEST, Table

PLAN = "Først bosted, så skole."
SAID = "Jeg tør ikke ringe selv."


def a_list(table: Table, citizen: str = "citizen", adviser: str = "employee") -> Meeting:
    """Begun by the adviser, joined by the citizen with the code."""
    meeting = actions.begin(actor=table.actor(adviser), called="Espen", label="torsdag ti")
    code = actions.make_code(actor=table.actor(adviser), meeting=meeting)
    return actions.join(actor=table.actor(citizen), code=code, called="Amina")


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.unrestricted(TEST).get(pk=meeting.pk)


def say(table: Table, who: str, meeting: Meeting, text: str, kind: str = Kind.COMMENT, **more: Any) -> Entry:
    return writing.say(actor=table.actor(who), meeting=meeting, kind=kind, text=text, **more)


def write_plan(table: Table, meeting: Meeting, text: str = PLAN, version: int = 0) -> None:
    writing.write_own(
        actor=table.actor("citizen"), meeting=meeting, kind=Kind.PLAN, text=text, version=version
    )


def sees(table: Table, who: str, meeting: Meeting) -> bool:
    return bool(Meeting.objects.visible_to(table.actor(who)).filter(pk=meeting.pk).exists())


def at(meeting: Meeting, rest: str = "") -> str:
    return f"/forste-mote/{meeting.pk}/{rest}"


def html(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def somebody(name: str, **more: Any) -> Person:
    return register_person(name=name, actor=None, person_id=uuid4(), **more)


__all__ = [
    "PLAN",
    "SAID",
    "a_list",
    "actor_of",
    "at",
    "fresh",
    "html",
    "say",
    "sees",
    "somebody",
    "write_plan",
]
