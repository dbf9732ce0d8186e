"""Minutes: begun from what the whole room may read, kept as a draft, shared, and set right."""

from __future__ import annotations

import pytest

from langbord.base import clock
from langbord.base.errors import NotAllowed, NotNow
from langbord.consent.enums import Purpose
from langbord.gatherings import after, minutes
from langbord.gatherings.models import Correction, Gathering, Minutes
from langbord.rooms import actions as rooms
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.consent.helpers import say_yes

from .helpers import AFTERWARDS, address, browser, fresh, mark, once, open_first_door, plan

READERS = {"citizen", "citizen-2", "citizen-3", "host"}


@pytest.fixture
def made(table: Table, at: clock.Frozen) -> Gathering:
    """A peer gathering that is over, with two who are marked as there."""
    found = plan(table)
    at.move_to(AFTERWARDS)
    mark(table, found, "citizen", "citizen-2")
    return fresh(found)


def publish(table: Table, made: Gathering, name: str = "host", text: str = "referatkanari") -> Minutes:
    return minutes.publish(actor=table.actor(name), gathering=made, text=text)


def test_a_beginning_from_what_was_caught_without_names_and_without_what_was_taken_back(
    table: Table, made: Gathering
) -> None:
    host = table.actor("host")
    kept = {}
    for key, speaker in (("en", "citizen"), ("to", "citizen-2"), ("tre", None), ("fire", "citizen-2")):
        person = table.people[speaker].pk if speaker else None
        kept[key] = after.catch(actor=host, gathering=made, text=f"sagt {key}", speaker_id=person)
    taken = Piece.objects.visible_to(table.actor("citizen-2")).get(pk=kept["to"].pk)
    rooms.take_back(actor=table.actor("citizen-2"), piece=taken)
    rooms.hold_back(
        actor=host, piece=Piece.objects.visible_to(host).get(pk=kept["fire"].pk), why="vi snakker først"
    )
    page = browser(table, "host").get(address(table, made, "referat/endre/")).content.decode()
    text = page[page.index("<textarea") : page.index("</textarea>")]
    assert "sagt tre" in text
    assert "sagt en" not in page, "one person's words are quoted with their yes, never copied into the text"
    say_yes(table.people["citizen"], Purpose.MINUTES, table.process)
    page = browser(table, "host").get(address(table, made, "referat/endre/")).content.decode()
    assert "sagt en" in page
    assert "sagt en" not in page[page.index("<textarea") : page.index("</textarea>")]
    text = page
    assert "punktkanari" in text
    assert "sagt to" not in text
    assert "sagt fire" not in text
    assert "Amina" not in text


def test_a_draft_is_its_writers_and_stays_when_one_comes_back(table: Table, made: Gathering) -> None:
    host = browser(table, "host")
    where = address(table, made, "referat/endre/")
    for text in ("kladdkanari", "kladdkanari og mer"):
        assert host.post(where, {"text": text, "once": once()}).status_code == 302
    assert "kladdkanari og mer" in host.get(where).content.decode()
    piece = Piece.objects.unrestricted(TEST).get()
    assert piece.room_id is None
    seen = {n for n in table.cast if Minutes.objects.visible_to(table.actor(n)).exists()}
    assert seen == {"host"}
    assert browser(table, "citizen").get(address(table, made, "referat/")).status_code == 404
    host.post(where, {"text": "ferdigkanari", "publish": "1", "once": once()})
    assert Piece.objects.unrestricted(TEST).get().body == "ferdigkanari"
    assert "ferdigkanari" in browser(table, "citizen").get(address(table, made, "referat/")).content.decode()


def test_published_minutes_are_read_by_the_room(table: Table, made: Gathering) -> None:
    publish(table, made)
    for name in table.cast:
        response = browser(table, name).get(address(table, made, "referat/"))
        assert response.status_code == (200 if name in READERS else 404 if name != "anonymous" else 302), name
        assert ("referatkanari" in response.content.decode()) == (name in READERS)
    page = browser(table, "citizen").get(address(table, made, "referat/")).content.decode()
    assert "data-listen" in page
    assert "data-print" in page
    assert 'data-room="peer"' in page
    assert "Les eller hør referatet" in browser(table, "citizen").get(address(table, made)).content.decode()


def test_only_hosts_write_them_and_once(table: Table, made: Gathering) -> None:
    for name in ("citizen", "coordinator", "researcher", "host-waiting", "host-other-group"):
        with pytest.raises(NotAllowed):
            publish(table, made, name)
        assert browser(table, name).get(address(table, made, "referat/endre/")).status_code == 404
    first = publish(table, made)
    assert publish(table, made).pk == first.pk
    assert publish(table, made, text="rettet").pk == first.pk
    assert Minutes.objects.unrestricted(TEST).count() == 1
    assert Piece.objects.unrestricted(TEST).get().body == "rettet"


def test_there_are_no_minutes_of_what_has_not_begun(table: Table) -> None:
    early = plan(table)
    with pytest.raises(NotNow):
        publish(table, early)
    response = browser(table, "host").post(
        address(table, early, "referat/endre/"), {"text": "står her ennå", "publish": "1", "once": once()}
    )
    assert response.status_code == 422
    assert "står her ennå" in response.content.decode()


def test_joint_minutes_reach_the_joint_room(table: Table, at: clock.Frozen) -> None:
    open_first_door(table)
    made = plan(table, "coordinator", "joint")
    at.move_to(AFTERWARDS)
    publish(table, made, "coordinator")
    for name in ("citizen", "employee", "coordinator", "host"):
        assert (
            "referatkanari" in browser(table, name).get(address(table, made, "referat/")).content.decode()
        ), name
    for name in ("researcher", "leader"):
        assert browser(table, name).get(address(table, made, "referat/")).status_code == 404, name


def test_dette_stemmer_ikke_is_seen_by_the_room(table: Table, made: Gathering) -> None:
    publish(table, made)
    citizen = browser(table, "citizen")
    data = {"text": "feilkanari", "once": once()}
    for _click in range(2):
        assert citizen.post(address(table, made, "referat/stemmer-ikke/"), data).status_code == 302
    assert Correction.objects.unrestricted(TEST).count() == 1
    for name in READERS:
        page = browser(table, name).get(address(table, made, "referat/")).content.decode()
        assert "feilkanari" in page, name
        assert "Amina" in page, name
    for name in ("coordinator", "host-other-group", "employee", "outsider"):
        where = address(table, made, "referat/stemmer-ikke/")
        assert browser(table, name).post(where, {"text": "x", "once": once()}).status_code == 404, name
    empty = citizen.post(address(table, made, "referat/stemmer-ikke/"), {"text": "", "once": once()})
    assert empty.status_code == 422
    assert "referatkanari" in empty.content.decode()
    piece = Piece.objects.visible_to(table.actor("citizen")).get(kind="correction")
    rooms.take_back(actor=table.actor("citizen"), piece=piece)
    assert "feilkanari" not in browser(table, "host").get(address(table, made, "referat/")).content.decode()
    assert "feilkanari" not in citizen.get(address(table, made, "referat/")).content.decode()


def test_at_the_joint_table_it_is_said_without_a_name(table: Table, at: clock.Frozen) -> None:
    open_first_door(table)
    made = plan(table, "coordinator", "joint")
    at.move_to(AFTERWARDS)
    publish(table, made, "coordinator")
    data = {"text": "feilkanari", "once": once()}
    browser(table, "citizen").post(address(table, made, "referat/stemmer-ikke/"), data)
    page = browser(table, "employee").get(address(table, made, "referat/")).content.decode()
    assert "feilkanari" in page
    assert "Uten navn" in page
    assert "Amina" not in page


def test_a_draft_cannot_be_called_wrong(table: Table, made: Gathering) -> None:
    own = minutes.keep_draft(actor=table.actor("host"), gathering=made, text="kladd")
    with pytest.raises(NotAllowed):
        minutes.say_wrong(actor=table.actor("host"), minutes=own, text="feil")


def test_the_writer_is_told_how_heavy_it_is_and_peoples_own_words_are_left_alone() -> None:
    easy = minutes.reading_of("Vi spiste suppe. " * 10, "nb")
    assert easy.easy
    assert easy.figure
    quoted = minutes.reading_of("«Vi må implementere tiltak.»", "nb")
    assert not quoted.hints
    assert minutes.reading_of("Brukerne skal implementere tiltaket.", "nb").hints
    assert minutes.reading_of("Kort.", "nb").figure == 0
