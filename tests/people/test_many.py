"""One or thirty: the same number of queries."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from langbord.access.enums import Role
from langbord.people.actions import register_person
from langbord.people.signin import cards
from langbord.rooms.seating import take_in
from tests.cast import Table
from tests.signin import signed_in


def queries(client: Any, address: str) -> int:
    client.get(address)
    with (
        CaptureQueriesContext(connections["default"]) as words,
        CaptureQueriesContext(connections["vault"]) as keys,
    ):
        assert client.get(address).status_code == 200
    return len(
        [q for q in [*words, *keys] if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    )


def test_printing_and_new_cards(table: Table) -> None:
    host = signed_in(table.people["host"])
    addresses = [reverse("cards-print", args=[table.process.slug]), reverse("me")]
    cards.issue_cards(people=[table.people["citizen"]], actor=table.actor("coordinator"))
    use_all(table)
    before = [queries(host, address) for address in addresses]
    people = [register_person(name=f"Navn {number}", actor=None) for number in range(30)]
    for person in people:
        take_in(
            process_id=table.process.pk,
            person=person,
            role=Role.CITIZEN,
            actor=table.actor("coordinator"),
            room=table.rooms["peer"],
        )
    cards.issue_cards(people=people, actor=table.actor("coordinator"))
    use_all(table)
    assert [queries(host, address) for address in addresses] == before
    assert max(before) <= 12


def use_all(table: Table) -> None:
    from langbord.people.models import Card
    from tests.cast import TEST

    for card in Card.objects.unrestricted(TEST).with_person().filter(first_used_at__isnull=True):
        assert cards.take_in_use(card, "5938")
