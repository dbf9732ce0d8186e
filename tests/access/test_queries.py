"""Every page takes at most twelve queries (all databases, session and person included), and as many with thirty of
everything as with one. Only the keys may take one query more: with more on a page, more keys are wanted at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.access import oracle_routes as oracle
from tests.access.test_walk import MOST_QUERIES, cells
from tests.access.walker import FRAME, Walker, rolled_back
from tests.access.world import World, build_world, first_door_open

ASKED = [
    "citizen-2",
    "host",
    "coordinator",
    "employee",
    "researcher",
    "paid",
    "daily-leader",
    "coordinator-other-process",
]
"""One of each kind. The walk itself counts for everybody."""

MANY = 30


KEYS = '"vault_datakey"'


def _words(queries: list[str]) -> int:
    return len([sql for sql in queries if KEYS not in sql and not FRAME.match(sql)])


def _count(world: World, opened: bool) -> dict[tuple[str, str], tuple[int, list[str]]]:
    walker = Walker(world, ASKED)
    counted = {}
    for cell in cells(world):
        if cell.method != "GET":
            continue
        for name in ASKED:
            if name in (cell.row.opened if opened else cell.row.closed):
                answer = walker.ask(name, "GET", cell.path)
                counted[cell.label, name] = (answer.seen.count, answer.seen.queries)
    return counted


@pytest.mark.django_db(databases=["default", "vault"])
def test_as_many_queries_with_thirty_as_with_one(db: Any) -> None:
    with rolled_back():
        few_world = build_world(1)
        with first_door_open(few_world):
            few = _count(few_world, True)
    with rolled_back():
        many_world = build_world(MANY)
        with first_door_open(many_world):
            many = _count(many_world, True)
    wrong = [
        f"{label} as {name}: {few[label, name][0]} with one, {many[label, name][0]} with {MANY}"
        for label, name in few
        if _words(few[label, name][1]) != _words(many[label, name][1])
        or many[label, name][0] > few[label, name][0] + 1
    ]
    wrong += [
        f"{label} as {name}: {count} queries"
        for (label, name), (count, _sql) in many.items()
        if count > MOST_QUERIES
    ]
    most = max(count for count, _sql in many.values())
    print(f"\nqueries a page: {len(many)} pages × person, at most {most} with {MANY} of everything")
    assert oracle.ROUTES
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:60])
