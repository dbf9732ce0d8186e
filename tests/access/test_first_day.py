"""A new card's first day: whoever printed the card may be the one who holds it, so it opens nothing older."""

from __future__ import annotations

from datetime import timedelta

import pytest

from langbord.access.middleware import READS_FROM
from langbord.base import clock
from langbord.research.enums import Deed
from langbord.research.models import Alias, Opening
from langbord.rooms import door
from langbord.rooms.enums import DoorAnswer
from tests.access.test_attacks import address_in
from tests.access.test_walk import cells
from tests.access.walker import Walker, rolled_back
from tests.access.world import World, once
from tests.cast import TEST

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


# -- what somebody has answered and done says as much as words


def new_card(world: World, name: str = "citizen") -> Walker:
    """Somebody with this person's new card, a moment after all that lies here."""
    return Walker(world, [name], **{READS_FROM: (clock.now() + timedelta(seconds=1)).isoformat()})


def test_a_new_card_does_not_tell_what_was_answered_at_the_door(world: World) -> None:
    """Nobody sees that answer, the host neither; and hosts print cards."""
    address = address_in(world, "peer", "dora/")
    door.answer(room=world.room("peer"), wish=DoorAnswer.NOT_YET, actor=world.actor("citizen"))
    assert "checked" in Walker(world, ["citizen"]).ask("citizen", "GET", address).body
    answer = new_card(world).ask("citizen", "GET", address)
    assert answer.status == 200
    assert "checked" not in answer.body
    assert "Endre svaret" not in answer.body


def test_a_new_card_does_not_tell_the_number_in_the_research_nor_who_has_read(world: World) -> None:
    """The number is on all that somebody said; and that a researcher has read tells that they said yes."""
    person = world.table.people["citizen"]
    reader = world.table.people["researcher"]
    Alias.objects.unrestricted(TEST).filter(process=world.table.process, person=person).delete()
    Alias.objects.create(process=world.table.process, person=person, number=4711)
    Opening.objects.create(
        process=world.table.process,
        author=person,
        reader=reader,
        deed=Deed.EXPORTED,
        day=clock.today(),
        at=clock.now(),
    )
    told = ("4711", "hentet ut som fil", "En forsker åpnet noe", "Ingen forsker har åpnet", "Ingen har åpnet")
    later = Walker(world, ["citizen"]).ask("citizen", "GET", "/meg/forskning/").body.lower()
    assert "4711" in later
    assert "hentet ut som fil" in later
    walker = new_card(world)
    for address in ("/meg/forskning/", "/meg/"):
        answer = walker.ask("citizen", "GET", address)
        assert answer.status == 200
        assert [words for words in told if words.lower() in answer.body.lower()] == []


@pytest.mark.parametrize("way", ["la-det-bli", "ta-alt-med"])
def test_a_new_card_does_not_count_what_somebody_has_here(world: World, way: str) -> None:
    """The page before leaving tells how many drafts one has and at how many gatherings one was. With power in their case
    that is what nobody should learn; and nobody leaves on that day."""
    address = f"/meg/slutte/{way}/?hvor=alt"
    assert "1 kladd" in Walker(world, ["citizen"]).ask("citizen", "GET", address).body
    walker = new_card(world)
    data = {"once": str(once(way)), "way": "take" if way == "ta-alt-med" else "keep", "where": "", "pin": "0"}
    for method, to, sent in (("GET", address, None), ("POST", "/meg/slutte/gjor/", data)):
        answer = walker.ask("citizen", method, to, sent)
        assert answer.status == (200 if method == "GET" else 422)
        assert "Kortet ditt er nytt" in answer.body
        for words in ("1 kladd", "samlinger du", "svar om", "svar til gruppa", "Du har ikke delt noe"):
            assert words not in answer.body
