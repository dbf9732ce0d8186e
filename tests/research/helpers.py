"""What the tests of research share: the researcher's page and file, a yes, a story."""

from __future__ import annotations

from django.test import Client

from langbord.consent.enums import Purpose
from langbord.rooms import actions
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from tests.cast import Table
from tests.consent.helpers import say_yes
from tests.signin import signed_in


def page_of(table: Table) -> str:
    return f"/s/{table.process.slug}/materiale/"


def file_of(table: Table) -> str:
    return page_of(table) + "fil/"


def read(table: Table, name: str = "researcher", query: str = "") -> str:
    response = signed_in(table.people[name]).get(page_of(table) + query)
    assert response.status_code == 200
    return response.content.decode()


def taken_out(table: Table, client: Client, form: str = "json") -> str:
    response = client.post(file_of(table), {"form": form})
    return response.content.decode("utf-8-sig") if response.status_code == 200 else ""


def yes(table: Table, *names: str, purpose: str = Purpose.RESEARCH) -> None:
    for name in names:
        say_yes(table.people[name], purpose, table.process)


def tell(table: Table, name: str, text: str, room: str = "peer", kind: str = PieceKind.STORY_GOOD) -> Piece:
    return actions.write(actor=table.actor(name), room=table.room(room), kind=kind, text=text)
