"""The whole way, once with JavaScript and once without, through the pages only: from an empty installation to something
in use. After each step somebody of every role tries the addresses that anybody has come upon.

Time is moved with the product's clock, which tests move for the server too: a card's first day lasts a day, and a
gathering is planned before it is held.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import MovedClock
from .guests import Guest
from .journey import Journey

DATABASES = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.mark.browser
@pytest.mark.slow
@DATABASES
@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_journey(
    javascript: bool, live_server: Any, moved_clock: MovedClock, new_guest: Callable[..., Guest]
) -> None:
    journey = Journey(javascript, moved_clock, new_guest)
    journey.empty_installation()
    journey.sets_the_table()
    journey.everybody_tries("the table is set")
    steps = [
        journey.prints_cards,
        journey.citizens_come_in,
        journey.a_story_is_told,
        journey.the_group_begins,
        journey.a_peer_gathering,
        journey.the_group_carries_over,
        journey.the_service_shares_its_own,
        journey.the_door_opens,
        journey.a_joint_gathering,
        journey.answers_are_given,
        journey.it_is_in_use,
        journey.all_see_it,
    ]
    for step in steps:
        step()
        journey.everybody_tries(step.__name__.replace("_", " "))
    if not javascript:
        journey.intruders.try_everything("the end")
    assert {guest.name: guest.complaints for guest in journey.guests.values() if guest.complaints} == {}


def test_the_journey_knows_no_models() -> None:
    """Only `behind.py` looks behind the walls; the journey itself knows pages and addresses."""
    for name in ("test_journey.py", "journey.py", "table.py", "guests.py", "intruders.py"):
        tree = ast.parse(Path(__file__).with_name(name).read_text(encoding="utf-8"))
        imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        imported += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        assert [module for module in imported if module.endswith("models")] == [], name
