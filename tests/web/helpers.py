"""What the tests of the desk share: a browser for each of the cast, the form that takes somebody in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client

from langbord.access.enums import CasePower, Role
from langbord.people.models import Person
from tests.cast import TEST, Table
from tests.signin import signed_in


def client(table: Table, who: str) -> Client:
    return Client() if who == "anonymous" else signed_in(table.people[who])


def html(response: Any) -> str:
    return str(response.content.decode())


def invite(table: Table, **more: Any) -> dict[str, Any]:
    return {
        "once": str(uuid4()),
        "name": "Nina",
        "role": Role.CITIZEN,
        "room": "",
        "case_power": CasePower.NONE,
        **more,
    }


def people_named(name: str) -> list[Person]:
    return [p for p in Person.objects.unrestricted(TEST) if p.name == name]
