"""A page costs the same with one row as with thirty, and at most twelve queries in all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from langbord.base import clock
from langbord.gatherings import actions, after, calendar, minutes
from langbord.gatherings.models import Gathering
from langbord.people.actions import register_person
from langbord.rooms.seating import take_in
from langbord.vault import keys
from tests.cast import Table

from .helpers import DURING, EVENING, TWO_HOURS, Queries, address, browser, fresh, mark, open_first_door, plan

MOST = 12


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keys.ring():
        yield


def seat(table: Table, name: str) -> None:
    table.people[name] = register_person(name=name, actor=None)
    take_in(
        process_id=table.process.pk,
        person=table.people[name],
        role="citizen",
        actor=table.actor("host"),
        room=table.room("peer"),
    )


def fill(table: Table, made: Gathering, names: list[str]) -> None:
    host = table.actor("host")
    for name in names:
        actor = table.actor(name)
        actions.say_needs(actor=actor, gathering=made, needs=["ride"], note=f"hent {name}")
    mark(table, made, *names)
    for name in names:
        after.catch(actor=host, gathering=made, text=f"{name} sa noe", speaker_id=table.people[name].pk)
        written = minutes.published(host, made) or minutes.publish(
            actor=host, gathering=made, text="Vi spiste."
        )
        minutes.say_wrong(actor=table.actor(name), minutes=written, text=f"{name} mener noe annet")


PAGES = ["", "etterpa/", "referat/", "referat/endre/", "behov/", "endre/"]


def test_one_row_and_thirty_cost_the_same(table: Table, at: clock.Frozen) -> None:
    made = plan(table)
    at.move_to(DURING)
    counts: dict[tuple[str, str], list[int]] = {}

    def measure() -> None:
        for name in ("host", "citizen", "coordinator"):
            for rest in PAGES:
                client = browser(table, name)
                with Queries() as queries:
                    response = client.get(address(table, made, rest))
                if response.status_code == 200:
                    counts.setdefault((name, rest), []).append(queries.count)
                    assert queries.count <= MOST, (name, rest, queries.count, "\n".join(queries.all))
            client = browser(table, name)
            with Queries() as queries:
                assert client.get(f"/s/{table.process.slug}/samlinger/").status_code == 200
            counts.setdefault((name, "samlinger/"), []).append(queries.count)

    fill(table, made, ["citizen"])
    measure()
    more = [f"Nora{number}" for number in range(29)]
    for name in more:
        seat(table, name)
        plan(table, starts_at=EVENING + timedelta(days=7), ends_at=EVENING + timedelta(days=7) + TWO_HOURS)
    fill(table, fresh(made), ["citizen", *more])
    measure()
    assert all(one == many for one, many in counts.values()), counts
    assert ("host", "etterpa/") in counts
    assert ("coordinator", "") in counts


def test_the_home_card_and_the_picture_are_constant(table: Table) -> None:
    def measure() -> list[int]:
        counts = []
        for make in (
            lambda: calendar.next_gathering(table.actor("citizen"), ready=False),
            lambda: calendar.gatherings_in(table.actor("coordinator"), table.process.pk),
        ):
            with Queries() as queries:
                assert make()
            counts.append(queries.count - 2)  # the actor's own two
        return counts

    plan(table)
    assert measure() == [2, 1]
    for _number in range(29):
        plan(table)
    assert measure() == [2, 1]


def test_the_joint_page_of_the_coordinator(table: Table, at: clock.Frozen) -> None:
    open_first_door(table)
    made = plan(table, "coordinator", "joint")
    at.move_to(DURING)
    mark(table, made, "citizen", "employee", "partner")
    minutes.publish(actor=table.actor("coordinator"), gathering=fresh(made), text="Vi spiste.")
    for name in ("coordinator", "host", "partner", "leader"):
        for rest in ("", "etterpa/", "referat/"):
            client = browser(table, name)
            with Queries() as queries:
                client.get(address(table, made, rest))
            assert queries.count <= MOST, (name, rest, "\n".join(queries.all))
