"""Who acts: loaded with every request, by queries that are compiled once and asked with each person's id."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from langbord.access.enums import OUTSIDE, RoomKind
from langbord.access.gate import GateClosed
from langbord.base import clock
from langbord.processes.models import Membership
from langbord.rooms import standing
from langbord.rooms.models import Room
from langbord.rooms.standing import load_actor
from tests.cast import TEST, Table


def _forget() -> None:
    connections["default"].__dict__.pop("_langbord_often", None)


def test_everybody_gets_their_own_and_nothing_of_whoever_asked_before(table: Table) -> None:
    after_others = {name: load_actor(person) for name, person in table.people.items()}
    for name, person in table.people.items():
        _forget()
        alone = load_actor(person)
        assert after_others[name] == alone, name
    assert {r.process_id for r in after_others["citizen"].rooms} == {table.process.pk}
    assert {r.process_id for r in after_others["paid"].rooms} == {table.other.pk}
    assert after_others["outsider"].rooms == ()


def test_what_is_sorted_here_stands_as_the_database_has_it_and_is_shown_to_nobody_unasked(
    table: Table,
) -> None:
    rows: Any = Membership.objects.unrestricted(TEST)
    for fields in (("started_at", "pk"), ("-started_at", "pk"), ("role", "-started_at", "-pk")):
        assert rows.order_by("pk").sorted_here(*fields) == list(rows.order_by(*fields)), fields
    with pytest.raises(GateClosed):
        Membership.objects.all().sorted_here("pk")


def test_it_is_compiled_once_and_asked_with_two_queries(
    table: Table, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    _forget()
    load_actor(table.people["citizen"])

    def again() -> None:
        raise AssertionError("built a second time")

    kept = connections["default"].__dict__["_langbord_often"]
    assert set(kept) == {(standing._memberships, 1), (standing._rooms, 1)}
    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.as_sql", lambda *a, **k: again())
    with django_assert_num_queries(2):
        assert load_actor(table.people["host"]).rooms
    with django_assert_num_queries(1):
        assert load_actor(table.people["outsider"]).sittings == ()


def test_what_ends_is_gone_the_next_time(table: Table) -> None:
    citizen, mentor = table.people["citizen"], table.people["mentor"]
    assert load_actor(citizen).sittings
    assert load_actor(mentor).sittings == ()
    assert {sitting.role for sitting in load_actor(mentor).mentoring} <= OUTSIDE
    citizen.memberships.unrestricted("test").update(ended_at=clock.now())
    assert load_actor(citizen).sittings == ()
    assert load_actor(citizen).rooms == ()


def test_the_room_of_the_researchers_goes_the_day_after_the_research(table: Table) -> None:
    def kinds() -> set[str]:
        return {room.kind for room in load_actor(table.people["researcher"]).rooms}

    Room(process=table.process, kind=RoomKind.RESEARCH, name="Følgeforskning", created_at=clock.now()).save()
    table.process.research_ends_on = clock.today()
    table.process.save(update_fields=["research_ends_on"])
    assert RoomKind.RESEARCH in kinds()
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert RoomKind.RESEARCH not in kinds()
        assert kinds()
