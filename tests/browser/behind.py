"""What the browser tests look up behind the walls: who somebody is, which room an address belongs to.

Only here; the tests themselves know pages and addresses. Nothing is changed, but for the one thing that has no page
yet: a second organisation.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.test import Client

from langbord.followup.models import Case, Task
from langbord.gatherings.models import Gathering
from langbord.people.actions import found_organisation
from langbord.people.models import Card, OwnSession, Person, PersonaKey
from langbord.people.signin.emailcodes import wait_for_mail
from langbord.people.signin.links import make_link
from langbord.processes.models import Membership, Process
from langbord.rooms.models import GroupDecision, Piece, Room, Seat
from langbord.vault import keys, preload_for
from tests.cast import TEST
from tests.signin import signed_in


def terminal_code() -> str:
    """The code that the terminal shows when an empty installation is started."""
    return (Path(settings.DATA_DIR) / "first-run.code").read_text(encoding="ascii").strip()


def found_volunteer_centre(name: str, unit: str) -> None:
    """There is no page yet where one more organisation is registered; the same action as the first run's."""
    found_organisation(name=name, kind="voluntary", units=(unit,))


def code_by_mail() -> str:
    """The digits in the newest mail."""
    wait_for_mail()
    return "".join(word.strip(".") for word in mail.outbox[-1].body.split() if word.strip(".").isdigit())


def people_by_name() -> dict[str, Any]:
    """Everybody registered. Names are unique in the journey."""
    with keys.ring():
        everyone = list(Person.objects.unrestricted(TEST))
        preload_for(everyone)
        return {person.name: person for person in everyone}


def session_of(person: Any) -> str:
    """A session of somebody who has signed in, second factor and all: its key for the cookie."""
    return signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value


def client_of(person: Any | None) -> Client:
    client = Client() if person is None else signed_in(person)
    client.raise_request_exception = False  # a fault is told as the page it becomes
    return client


def persona(key: str) -> Any:
    """Somebody in the example."""
    return PersonaKey.objects.unrestricted(TEST).with_person().get(key=key).person


def link_for(key: str) -> str:
    """A fresh sign-in link for somebody in the example, as the terminal shows it."""
    return make_link(person=persona(key), minutes=60, actor=None, for_example=True)


def place_of(kwargs: dict[str, Any], names: dict[UUID, str]) -> tuple[str, str]:
    """Which place an address belongs to (`peer`, `peer:<second group's name>`, `draft`, …), and whose it is, if anybody's."""
    room_id: UUID | None = None
    owner = ""
    if piece_id := kwargs.get("piece"):
        piece = Piece.objects.unrestricted(TEST).filter(pk=piece_id).first()
        if piece is None:
            return "gone", ""
        room_id = piece.room_id
        owner = names.get(piece.author_id, "")
        if room_id is None:
            return "draft", owner
    elif gathering_id := kwargs.get("gathering"):
        room_id = Gathering.objects.unrestricted(TEST).get(pk=gathering_id).room_id
    elif decision_id := kwargs.get("decision"):
        room_id = GroupDecision.objects.unrestricted(TEST).get(pk=decision_id).room_id
    elif seat_id := kwargs.get("seat"):
        room_id = Seat.objects.unrestricted(TEST).get(pk=seat_id).room_id
    elif kwargs.get("case") or kwargs.get("task"):
        return "board", ""
    elif card_id := kwargs.get("card"):
        return "card", names.get(Card.objects.unrestricted(TEST).get(pk=card_id).person_id, "")
    elif session_id := kwargs.get("session"):
        return "session", names.get(OwnSession.objects.unrestricted(TEST).get(pk=session_id).person_id, "")
    elif where := kwargs.get("where"):
        slug = Process.objects.unrestricted(TEST).get(pk=where).slug
        return f"{slug}/", ""
    elif membership_id := kwargs.get("membership"):
        member = Membership.objects.unrestricted(TEST).get(pk=membership_id)
        return "member", names.get(member.person_id, "")
    if room_id is None:
        room_id = kwargs.get("room")
    if room_id is None:
        return "", owner
    room = Room.objects.unrestricted(TEST).filter(pk=room_id).values_list("process__slug", "name").first()
    return (f"{room[0]}/{room[1]}", owner) if room is not None else ("gone", owner)


def everything_written() -> tuple[int, ...]:
    """How many rows there are of what people make or decide; the intruders must not change it."""
    gated = (Piece, Gathering, GroupDecision, Seat, Membership, Case, Task, Room, Card)
    return tuple(model.objects.unrestricted(TEST).count() for model in gated)
