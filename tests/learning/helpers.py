"""Set-up shared by success and denial."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from langbord.access.actor import RoomFact, actor_of
from langbord.access.enums import Role
from langbord.access.middleware import READS_FROM
from langbord.base import clock
from langbord.learning import labs, rounds, rules, sheets
from langbord.learning.forms import field_name
from langbord.learning.models import Lab, Round
from langbord.library import content
from langbord.people.actions import register_person
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table
from tests.signin import signed_in

SHEET = "three-ways-of-governing"
CORNERS = ("rules", "results", "together")


def room(table: Table, name: str = "coordinator") -> RoomFact:
    return rules.service_rooms(table.actor(name))[0]


def writing_step(unit: int = 0) -> tuple[Any, Any]:
    """A unit and its first step where one writes."""
    found = content.course()[unit]
    return found, next(step for step in found.steps if step.prompt is not None)


def colleagues(table: Table, count: int) -> list[Any]:
    """More employees of process A, each with a seat in the service room by their role."""
    people = []
    for number in range(count):
        person = register_person(name=f"Kollega {number}", actor=None, unit=table.people["employee"].unit)
        take_in(
            process_id=table.process.pk, person=person, role=Role.EMPLOYEE, actor=table.actor("coordinator")
        )
        people.append(person)
    return people


def opened(table: Table, sheet: str = SHEET) -> Round:
    found = sheets.find(sheet)
    assert found is not None
    return rounds.open_round(actor=table.actor("coordinator"), room=room(table), sheet=found)


def laid(round_: Round, person: Any, now: str, wished: str = "together", words: str = "") -> None:
    found = sheets.find(round_.sheet_key)
    assert found is not None
    rounds.lay(
        actor=actor_of(person),
        round_=round_,
        sheet=found,
        marks={"place.now": now, "place.wished": wished},
        words=words,
    )


def posted(now: str, wished: str, words: str = "") -> dict[str, str]:
    return {field_name("place.now"): now, field_name("place.wished"): wished, "words": words}


def a_lab(table: Table, days: int = 3, **more: Any) -> Lab:
    at = clock.now() + timedelta(days=days)
    values = {
        "starts_at": at,
        "ends_at": at + timedelta(hours=2),
        "place": "Møterommet",
        "title": "Verksted",
        "agenda": "20 Snakke",
        **more,
    }
    return labs.plan_lab(actor=table.actor("coordinator"), room=room(table), **values)


def key() -> UUID:
    return uuid4()


def stops(table: Table, name: str, by: str = "coordinator") -> None:
    """Somebody's role ends; they go on having their sign-in."""
    role = Membership.objects.unrestricted(TEST).get(person=table.people[name], ended_at__isnull=True)
    end_membership(membership=role, actor=table.actor(by))


def first_day(person: Any) -> Any:
    """Signed in with a card that was taken in use now: nothing older opens."""
    client = signed_in(person)
    session = client.session
    session[READS_FROM] = clock.now().isoformat()
    session.save()
    return client
