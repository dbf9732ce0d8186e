"""*Meg* shows all about me, grouped; and who can see what, room by room, as the walls have it."""

from __future__ import annotations

import re

import pytest

from langbord.consent.enums import Purpose
from langbord.rooms import actions, mine
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.consent.helpers import say_yes, under_16
from tests.rooms.helpers import Queries
from tests.signin import signed_in

ME, WHO = "/meg/", "/meg/hvem-ser/"


def page(table: Table, name: str, where: str = ME) -> str:
    response = signed_in(table.people[name]).get(where)
    assert response.status_code == 200
    body = response.content.decode()
    return body[body.index("<main") : body.index("</main>")]


def test_everything_about_me_is_one_tap_away_and_in_order(table: Table) -> None:
    text = page(table, "citizen")
    ways = [
        "/meg/navn/",
        "/meg/ja/",
        "/fortell/",
        WHO,
        "/meg/forskning/",
        "/meg/kort/",
        "/meg/innlogginger/",
        "/meg/fil/",
        "/meg/slutte/",
        'action="/ut/"',
    ]
    places = [text.index(way) for way in ways]
    assert places == sorted(places), [way for _place, way in sorted(zip(places, ways, strict=True))]
    assert re.search(r"hvor lenge", text, re.IGNORECASE)
    assert "/drift/logg/" not in text
    assert "/drift/logg/" in page(table, "operator")


def test_what_i_have_written_is_counted_and_only_mine(table: Table) -> None:
    amina = table.actor("citizen")
    assert "Du har ikke skrevet noe her." in page(table, "citizen")
    actions.save_draft(actor=amina, process_id=table.process.pk, kind=PieceKind.STORY, text="kladd")
    story = actions.write(actor=amina, room=table.room("peer"), kind=PieceKind.STORY, text="en")
    held = actions.write(actor=amina, room=table.room("peer"), kind=PieceKind.POST, text="to")
    actions.write(actor=table.actor("citizen-2"), room=table.room("peer"), kind=PieceKind.POST, text="tre")
    actions.carry_over(actor=amina, piece=story, target=table.room("board"), text="over")
    host = table.actor("host")
    actions.hold_back(actor=host, piece=Piece.objects.visible_to(host).get(pk=held.pk), why="snakk")
    assert Piece.objects.visible_to(table.actor("citizen")).own_counts(table.actor("citizen")) == {
        "drafts": 1,
        "shared": 2,
        "carried": 1,
        "held": 1,
    }
    text = page(table, "citizen")
    assert "1 kladd." in text
    assert "2 ting du har delt i rom." in text
    assert "1 ting du har tatt med over." in text


@pytest.mark.parametrize(
    "name", ["citizen", "host", "employee", "coordinator", "leader", "researcher", "paid", "daily-leader"]
)
def test_who_can_see_what_is_what_the_walls_give(table: Table, name: str) -> None:
    """Room by room: as many as `visible_to` lets in, each asked, and I am «Du»."""
    pieces = {}
    for key, room in table.rooms.items():
        pieces[room.pk] = Piece.objects.create(
            process_id=room.process_id, room=room, sealed_by=room.pk, kind=PieceKind.POST, body="",
            created_at=room.created_at, shared_at=room.created_at,
        )  # fmt: skip
        del key
    actor = table.actor(name)
    places = mine.who_reads(actor)
    shown = {row.room.pk: row.readers for place in places for row in place.rooms}
    assert shown.keys() == actor.readable_rooms
    for room_id, readers in shown.items():
        opening = [
            n
            for n in table.people
            if Piece.objects.visible_to(table.actor(n)).filter(pk=pieces[room_id].pk).exists()
        ]
        assert readers.total == len(opening), room_id
        assert sum(reader.me for reader in readers.named) == 1
    text = page(table, name, WHO)
    assert text.count("Du") >= len(shown)
    assert table.people[name].shown_name not in re.sub(r"<[^>]+>", " ", text).split()


def test_names_of_people_one_does_not_meet_are_not_on_it(table: Table) -> None:
    assert "Bjarne" in page(table, "citizen", WHO)
    assert "Dina" not in page(table, "citizen", WHO)
    assert "Bjarne" not in page(table, "employee", WHO)
    assert "Randi" in page(table, "citizen", WHO)


def test_somebody_who_is_in_nothing_gets_a_page_too(table: Table) -> None:
    assert "Du er ikke med i noe ennå" in page(table, "outsider", WHO)


def test_a_young_person_finds_why_an_adult_is_asked(table: Table) -> None:
    under_16(table.people["citizen"], table.process)
    text = page(table, "citizen", "/meg/ja/")
    assert "En voksen svarer også" in text
    assert "Den voksne ser aldri det du skriver" in text
    assert "En voksen svarer også" not in page(table, "citizen-2", "/meg/ja/")


def test_at_most_twelve_queries(table: Table) -> None:
    say_yes(table.people["citizen"], Purpose.RESEARCH, table.process)
    for where in (ME, WHO):
        client = signed_in(table.people["citizen"])
        with Queries() as seen:
            client.get(where)
        count = len(seen.all)
        assert count <= 12, (where, count, [sql[:80] for sql in seen.all])
    assert TEST
