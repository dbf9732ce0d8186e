"""A new card's first day: whoever printed the card may be the one who holds it, so it opens nothing older."""

from __future__ import annotations

from datetime import timedelta

import pytest

from langbord.access.middleware import READS_FROM
from langbord.base import clock
from tests.access.test_attacks import address_in
from tests.access.test_walk import cells
from tests.access.walker import Walker, rolled_back
from tests.access.world import World, once

CALENDAR = {
    "title",
    "ground",
    "food",
    "practical",
    "agenda",
    "food then",
    "length",
    "lab",
    "lab title",
    "lab place",
}
"""What is said about gatherings belongs to the calendar, which a new card opens. How long things are kept, and why, is
told to everybody who takes part."""

SIGNS = {"alias", "name", "place", "question", "own-words", "letter", "lists"}
"""Names and places; what it is about, which is the sign on the table; what a municipality has laid over the open library;
and letters and lists of those who ask people in: whoever may print the card of one of them reads these anyway."""


@pytest.mark.parametrize("name", ["citizen", "citizen-2", "host", "host-service", "paid"])
def test_a_new_card_s_first_day_opens_no_older_words_on_any_page(world: World, name: str) -> None:
    """Whoever printed the card may be the one who holds it: the calendar and writing are open, and nothing older."""
    later = clock.now() + timedelta(
        days=60
    )  # after everything planted, minutes of gatherings to come included
    walker = Walker(world, [name], **{READS_FROM: later.isoformat()})
    wrong = []
    for cell in cells(world):
        with rolled_back():
            data = cell.data if cell.method == "POST" else None
            answer = walker.ask(name, cell.method, cell.path, data, follow=cell.method == "POST")
        for scope, what in world.found_in(answer.told):
            kind, _, _of = scope.partition(":")
            if kind in SIGNS or scope == f"needs:{name}" or what.rsplit(" ", 1)[0] in CALENDAR:
                continue
            wrong.append(f"{cell.label}: {scope} ({what})")
        if answer.fault:
            wrong.append(f"{cell.label}: {answer.fault[:200]}")
    assert not wrong, "\n".join(wrong)


def test_writing_is_open_on_the_first_day(world: World) -> None:
    walker = Walker(world, ["citizen"], **{READS_FROM: clock.now().isoformat()})
    answer = walker.ask(
        "citizen",
        "POST",
        address_in(world, "peer", "skriv/"),
        {"once": str(once("first day")), "text": "Hei"},
        follow=True,
    )
    assert answer.status == 302
    assert "Hei" in answer.body
