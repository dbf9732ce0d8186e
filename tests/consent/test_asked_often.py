"""One's own heads are asked with a query that is compiled once for each number of processes."""

from __future__ import annotations

from typing import Any

from django.db import connections

from langbord.consent import asking
from langbord.consent.querysets import own_heads
from tests.cast import Table


def _forget() -> None:
    connections["default"].__dict__.pop("_langbord_often", None)


def test_everybody_gets_their_own_and_nothing_of_whoever_asked_before(table: Table) -> None:
    places = [
        [table.process.pk],
        [table.other.pk],
        [table.process.pk, table.other.pk],
        [table.other.pk, table.process.pk],
    ]
    everybody = list(table.people.values())
    after_others = {
        (p.pk, n): asking._own_heads(p.pk, ids) for p in everybody for n, ids in enumerate(places)
    }
    for (person_id, n), held in after_others.items():
        _forget()
        assert asking._own_heads(person_id, places[n]) == held
        assert {head.process_id for head in held} == set(places[n])
        assert {head.person_id for head in held} <= {person_id, None}


def test_it_is_what_a_query_compiled_anew_says(table: Table) -> None:
    for person in table.people.values():
        _forget()
        asking._own_heads(table.people["citizen"].pk, [table.other.pk])
        fresh = list(own_heads(person.pk, table.process.pk))
        read = {row[1]: (row[0], row[7], row[8]) for row in fresh}
        asked = {
            h.process_id: (h.record_id, h.here, h.unseen)
            for h in asking._own_heads(person.pk, [table.process.pk])
        }
        assert asked == read


def test_it_is_built_once_for_each_number_of_processes(table: Table, django_assert_num_queries: Any) -> None:
    citizen = table.people["citizen"].pk
    _forget()
    with django_assert_num_queries(0):
        assert asking.own_states(citizen, []) == {}
    for ids in (
        [table.process.pk],
        [table.other.pk],
        [table.process.pk, table.other.pk],
        [table.process.pk] * 2,
    ):
        with django_assert_num_queries(1):
            asking.own_states(citizen, ids)
    kept = connections["default"].__dict__["_langbord_often"]
    assert {key[1] for key in kept if key[0] is own_heads} == {2, 3}
