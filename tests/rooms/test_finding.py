"""Looking for words in a room: only there, only what one reads, and what was looked for stands nowhere in clear."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from langbord.base import clock
from langbord.rooms import actions
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from langbord.vault import keys, passing
from tests.access.oracle_rooms import DOORS_CLOSED, FIRST_DOOR_OPEN
from tests.cast import TEST, Table

from .helpers import Queries, address, browser, open_first_door, wrote

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def look(table: Table, name: str, room: str, words: str) -> Any:
    """Through the form, and on to the page it leads to."""
    return browser(table, name).post(address(table, room, "finn/"), {"words": words}, follow=True)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_words_of_all_kinds_and_names_are_found_whatever_their_case(table: Table) -> None:
    wrote(table, "citizen", "peer", "Har noen en SYMASKIN å låne bort?")
    wrote(table, "citizen-2", "peer", "Strikkegarn har jeg.")
    page = text_of(look(table, "citizen-2", "peer", "symaskin låne"))
    assert "SYMASKIN" in page
    assert "Strikkegarn" not in page
    assert "1 treff på «symaskin låne»" in page
    by_name = text_of(look(table, "citizen-2", "peer", "amina"))
    assert "SYMASKIN" in by_name
    assert "Strikkegarn" not in by_name


def test_what_one_may_not_read_is_not_found(table: Table) -> None:
    """Not from another room, not somebody else's draft, not what is kept back or was taken back."""
    wrote(table, "employee", "service", "kanarifugl hos oss")
    wrote(table, "citizen-other-group", "peer-2", "kanarifugl hos dem")
    actions.save_draft(
        actor=table.actor("citizen-2"),
        process_id=table.process.pk,
        kind=PieceKind.STORY,
        text="kanarifugl i kladden",
    )
    kept = wrote(table, "citizen-2", "peer", "kanarifugl holdt tilbake")
    actions.hold_back(actor=table.actor("host"), piece=kept, why="vi snakker sammen først")
    gone = wrote(table, "citizen-2", "peer", "kanarifugl tatt tilbake")
    actions.take_back(actor=table.actor("citizen-2"), piece=gone)
    page = text_of(look(table, "citizen", "peer", "kanarifugl"))
    assert "Vi fant ikke «kanarifugl» her" in page
    assert 'class="piece' not in page
    assert "holdt tilbake" in text_of(look(table, "host", "peer", "kanarifugl"))


@pytest.mark.parametrize("opened", [False, True])
def test_everybody_finds_what_the_oracle_lets_them_read(table: Table, opened: bool) -> None:
    """The walk asks for the page as it is before anybody looks; here each member of the cast looks for a planted word."""
    if opened:
        open_first_door(table)
    readers = FIRST_DOOR_OPEN if opened else DOORS_CLOSED
    for room in ("peer", "peer-2", "service", "joint", "b-group", "b-service", "b-steering"):
        Piece.objects.create(
            process_id=table.rooms[room].process_id,
            room_id=table.rooms[room].pk,
            sealed_by=table.rooms[room].pk,
            kind=PieceKind.POST,
            body="kanarifugl",
            created_at=clock.now(),
            shared_at=clock.now(),
        )
        for name in set(table.cast) - {"anonymous"}:
            answer = look(table, name, room, "kanarifugl")
            assert (answer.status_code == 200) == (name in readers[room]), (room, name)
            assert ("1 treff" in text_of(answer)) == (name in readers[room]), (room, name)


def test_what_was_looked_for_stands_in_no_address(table: Table) -> None:
    person = browser(table, "citizen")
    sent = person.post(address(table, "peer", "finn/"), {"words": "krisesenter"})
    assert sent.status_code == 302
    assert "krisesenter" not in sent["location"]
    again = person.get(sent["location"])
    assert "«krisesenter»" in text_of(again)
    assert 'value="krisesenter"' in text_of(again)
    # The same address says nothing to anybody else, in no other room, and when it was changed.
    assert "krisesenter" not in text_of(browser(table, "citizen-2").get(sent["location"]))
    signs = parse_qs(urlsplit(sent["location"]).query)["f"][0]
    for changed in (signs[:-4], "x" + signs, signs + "é", "*", "A" * 3000):
        page = person.get(address(table, "peer", "finn/"), {"f": changed})
        assert page.status_code == 200
        assert "krisesenter" not in text_of(page)


def test_signs_open_for_their_person_and_place_while_the_key_lives() -> None:
    one, other = uuid4(), uuid4()
    keys.ensure(other)
    signs = passing.seal(one, "Ærlig talt 🧵", "here")
    assert passing.unseal(one, signs, "here") == "Ærlig talt 🧵"
    assert passing.unseal(other, signs, "here") == ""
    assert passing.unseal(uuid4(), signs, "here") == ""
    assert passing.unseal(one, signs, "there") == ""
    assert passing.seal(one, "Ærlig talt 🧵", "here") != signs
    keys.destroy(one)
    assert passing.unseal(one, signs, "here") == ""


@pytest.mark.parametrize("words", ["", "   ", "x" * 81])
def test_nothing_and_too_much_are_said_beside_the_field(table: Table, words: str) -> None:
    answer = look(table, "citizen", "peer", words)
    assert answer.status_code == 422
    assert "error-summary" in text_of(answer)


def test_very_many_hits_are_cut_and_the_page_says_so(table: Table) -> None:
    for number in range(42):
        wrote(table, "citizen", "peer", f"nål og tråd nummer {number}")
    page = text_of(look(table, "citizen-2", "peer", "tråd"))
    assert "42 treff" in page
    assert page.count("data-piece=") == 40
    assert "Du ser de 40 siste" in page
    assert Piece.objects.unrestricted(TEST).count() >= 42


def test_the_number_of_queries_does_not_grow_with_what_is_found(table: Table) -> None:
    person, counts = browser(table, "citizen"), []
    for _times in range(2):
        for _number in range(5):
            for name in ("citizen", "citizen-2", "citizen-3"):
                wrote(table, name, "peer", "nål og tråd")
        address_found = person.post(address(table, "peer", "finn/"), {"words": "tråd"})["location"]
        with Queries() as asked:
            assert person.get(address_found).status_code == 200
        counts.append(asked.count)
    assert counts[0] == counts[1] <= 12
