"""What the tests of rooms share: browsers for the cast, pieces in rooms, an open door."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from langbord.rooms import actions, door
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import Piece, Seat
from tests.cast import TEST, Table
from tests.signin import sign_in

PEER_CITIZENS = ("citizen", "citizen-2", "citizen-3")


def browser(table: Table, name: str) -> Client:
    """A browser in which this member of the cast is signed in."""
    client = Client()
    if name != "anonymous":
        sign_in(client, table.people[name])
    return client


def wrote(table: Table, name: str, room: str, text: str, kind: str = PieceKind.POST) -> Piece:
    return actions.write(actor=table.actor(name), room=table.room(room), kind=kind, text=text)


def noted(table: Table, name: str, room: str, text: str, kind: str = PieceKind.POST) -> Piece:
    return actions.write_for_group(actor=table.actor(name), room=table.room(room), kind=kind, text=text)


def fresh(piece: Piece) -> Piece:
    return Piece.objects.unrestricted(TEST).select_related("room", "process", "author").get(pk=piece.pk)


def gone(piece: Piece) -> bool:
    return not Piece.objects.unrestricted(TEST).filter(pk=piece.pk).exists()


def seen(table: Table, name: str, piece: Piece) -> Piece:
    """The piece as the gate hands it to this member of the cast."""
    return Piece.objects.visible_to(table.actor(name)).get(pk=piece.pk)


def sees(table: Table, name: str, piece: Piece) -> bool:
    return Piece.objects.visible_to(table.actor(name)).filter(pk=piece.pk).exists()


def seat_of(table: Table, name: str, room: str) -> Seat:
    """Somebody's current seat in a room, confirmed or waiting."""
    current = Seat.objects.unrestricted(TEST).select_related("membership").filter(ended_at__isnull=True)
    return current.get(membership__person=table.people[name], room=table.rooms[room])


def all_ready(table: Table) -> None:
    for name in PEER_CITIZENS:
        door.answer(room=table.room("peer"), wish=DoorAnswer.READY, actor=table.actor(name))


def open_first_door(table: Table) -> None:
    all_ready(table)
    door.open_door(room=table.room("peer"), actor=table.actor("host"))


def address(table: Table, room: str, rest: str = "") -> str:
    found = table.rooms[room]
    slug = table.other.slug if room.startswith("b-") else table.process.slug
    return f"/s/{slug}/rom/{found.pk}/{rest}"


def same_page(response: Any, path: str) -> bytes:
    """The page without what differs by itself: the address asked for and the form's token."""
    body: bytes = response.content.replace(path.encode(), b"PATH")
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"TOKEN", body)
    return re.sub(rb'"x-csrftoken": "[^"]+"', b"TOKEN", body)


def once() -> str:
    return str(uuid4())


class Queries:
    """Counts over all databases, without BEGIN, COMMIT and SAVEPOINT."""

    def __init__(self) -> None:
        self.contexts = [CaptureQueriesContext(connections[alias]) for alias in ("default", "vault")]

    def __enter__(self) -> Queries:
        for context in self.contexts:
            context.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        for context in self.contexts:
            context.__exit__(*error)

    @property
    def all(self) -> list[str]:
        found = [q["sql"] for context in self.contexts for q in context.captured_queries]
        return [
            sql for sql in found if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET "))
        ]

    @property
    def count(self) -> int:
        return len(self.all)
