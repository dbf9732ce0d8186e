"""The course: worked through alone, a note kept, hung up by choice; nobody sees how far anybody has come."""

from __future__ import annotations

import pytest

from langbord.learning.models import CourseNote, CoursePlace
from langbord.library import content
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.learning.helpers import first_day, key, room, writing_step
from tests.signin import signed_in

WORDS = "Vi ringer aldri tilbake"


def address(unit: object, step: object, more: str = "") -> str:
    return f"/laering/kurs/{unit.key}/{step.key}/{more}"  # type: ignore[attr-defined]


def test_there_are_six_units_of_about_fifteen_minutes() -> None:
    units = content.course()
    assert len(units) == 6
    assert all(10 <= sum(step.minutes for step in unit.steps) <= 20 for unit in units)
    assert all(any(step.prompt for step in unit.steps) for unit in units)


@pytest.mark.parametrize("number", range(6))
def test_a_unit_is_worked_through_to_its_end(table: Table, number: int) -> None:
    unit = content.course()[number]
    client = signed_in(table.people["employee"])
    path = f"/laering/kurs/{unit.key}/{unit.steps[0].key}/"
    for step in unit.steps:
        page = client.get(path)
        assert page.status_code == 200
        assert str(step.title) in page.content.decode()
        path = client.post(path, {"text": "noe", "then": "next"}).headers["Location"]
    assert path == f"/laering/kurs/{unit.key}/"
    assert "Ta den en gang til" in client.get(path).content.decode()


def test_a_note_is_kept_and_found_again_and_read_by_nobody_else(table: Table) -> None:
    unit, step = writing_step()
    client = signed_in(table.people["employee"])
    client.post(address(unit, step), {"text": WORDS, "then": "stay"})
    assert WORDS in client.get(address(unit, step)).content.decode()
    assert WORDS in client.get(f"/laering/papir/{unit.key}/").content.decode()
    for name in table.cast:
        if name in ("anonymous", "employee"):
            continue
        other = signed_in(table.people[name])
        for path in (address(unit, step), f"/laering/papir/{unit.key}/", f"/laering/kurs/{unit.key}/"):
            assert WORDS not in other.get(path).content.decode(), name
        assert other.get(address(unit, step, "heng-opp/")).status_code == 404, name
        assert not CourseNote.objects.visible_to(table.actor(name)).exists()


def test_one_goes_on_where_one_was_and_nobody_sees_how_far(table: Table) -> None:
    unit, _step = writing_step()
    client = signed_in(table.people["employee"])
    client.post(f"/laering/kurs/{unit.key}/{unit.steps[0].key}/", {"then": "next"})
    page = client.get(f"/laering/kurs/{unit.key}/").content.decode()
    assert f'href="/laering/kurs/{unit.key}/{unit.steps[1].key}/"' in page
    assert "Gå videre der du var" in page
    for name in ("leader", "coordinator", "host-service", "operator"):
        assert not CoursePlace.objects.visible_to(table.actor(name)).exists()
        assert (
            "du var her"
            not in signed_in(table.people[name]).get(f"/laering/kurs/{unit.key}/").content.decode()
        )


def test_without_a_process_there_are_notes_to_oneself_and_nowhere_to_hang_them(table: Table) -> None:
    unit, step = writing_step()
    client = signed_in(table.people["outsider"])
    assert "heng det opp" not in client.get(address(unit, step)).content.decode()
    client.post(address(unit, step), {"text": WORDS, "then": "hang"}, follow=True)
    assert WORDS in client.get(address(unit, step)).content.decode()
    assert client.get(address(unit, step, "heng-opp/")).status_code == 404


def test_it_hangs_in_the_service_room_once_and_is_taken_down_again(table: Table) -> None:
    unit, step = writing_step()
    client = signed_in(table.people["employee"])
    answer = client.post(address(unit, step), {"text": WORDS, "then": "hang"})
    assert answer.headers["Location"] == address(unit, step, "heng-opp/")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Kari" in page, "who will read it is shown first"
    once, where = str(key()), str(room(table).id)
    for _click in range(2):
        done = client.post(answer.headers["Location"], {"once": once, "room": where, "text": WORDS})
        assert done.status_code == 302
        assert done.headers["Location"] == address(unit, step), "one goes on where one was"
    piece = Piece.objects.unrestricted(TEST).get(kind=PieceKind.NOTE)
    assert str(piece.room_id) == where
    wall = f"/s/{table.process.slug}/rom/{where}/"
    assert WORDS in signed_in(table.people["coordinator"]).get(wall).content.decode()
    assert signed_in(table.people["leader"]).get(wall).status_code == 404
    assert f'href="/b/{piece.pk}/"' in client.get(address(unit, step)).text
    # After *back*, or with other words: what hangs there is pointed at, and does not hang twice unless one means it.
    assert "Du har hengt opp noe" in client.get(address(unit, step, "heng-opp/")).text
    for sent in ({"once": str(key()), "text": WORDS}, {"once": once, "text": WORDS + " nå"}):
        again = client.post(address(unit, step, "heng-opp/"), {"room": where, **sent})
        assert again.status_code == 422
        assert "trykk en gang til" in again.text
        assert Piece.objects.unrestricted(TEST).filter(kind=PieceKind.NOTE).count() == 1
    client.post(f"/b/{piece.pk}/ta-tilbake/", {"once": str(key())})
    assert Piece.objects.unrestricted(TEST).get(pk=piece.pk).room_id is None
    assert CourseNote.objects.unrestricted(TEST).get().text == WORDS


def test_nothing_hangs_in_a_room_of_others(table: Table) -> None:
    unit, step = writing_step()
    client = signed_in(table.people["employee"])
    client.post(address(unit, step), {"text": WORDS, "then": "stay"})
    foreign = str(table.rooms["b-service"].pk)
    for where in (foreign, str(table.rooms["peer"].pk), str(table.rooms["board"].pk), "tull"):
        answer = client.post(
            address(unit, step, "heng-opp/"), {"once": str(key()), "room": where, "text": WORDS}
        )
        assert answer.status_code == 422
        assert WORDS in answer.content.decode()
    assert not Piece.objects.unrestricted(TEST).filter(kind=PieceKind.NOTE).exists()


def test_a_text_that_is_too_long_is_given_back(table: Table) -> None:
    unit, step = writing_step()
    answer = signed_in(table.people["employee"]).post(
        address(unit, step), {"text": "x" * 4001, "then": "next"}
    )
    assert answer.status_code == 422
    assert "x" * 4001 in answer.content.decode()
    assert not CourseNote.objects.unrestricted(TEST).exists()


def test_an_emptied_note_is_gone(table: Table) -> None:
    unit, step = writing_step()
    client = signed_in(table.people["employee"])
    client.post(address(unit, step), {"text": WORDS, "then": "stay"})
    client.post(address(unit, step), {"text": " ", "then": "next"})
    assert not CourseNote.objects.unrestricted(TEST).exists()


@pytest.mark.parametrize("path", ["/laering/kurs/tull/", "/laering/papir/tull/", "/laering/kurs/tull/noe/"])
def test_what_is_not_there_is_missing(table: Table, path: str) -> None:
    assert signed_in(table.people["employee"]).get(path).status_code == 404


def test_the_first_day_of_a_card_takes_no_older_note_away_and_loses_nothing_new(table: Table) -> None:
    """The older note does not show. «Neste» sends an empty field, and must not mean that it should go."""
    unit, step = writing_step()
    signed_in(table.people["employee"]).post(address(unit, step), {"text": WORDS, "then": "next"})
    place = CoursePlace.objects.unrestricted(TEST).get().step_key
    client = first_day(table.people["employee"])
    assert WORDS not in client.get(address(unit, step)).content.decode()
    assert "du var" not in client.get(f"/laering/kurs/{unit.key}/").content.decode()
    assert client.post(address(unit, step), {"text": "", "then": "next"}).status_code == 302
    client.post(f"/laering/kurs/{unit.key}/{unit.steps[0].key}/", {"then": "next"})
    refused = client.post(address(unit, step), {"text": "Noe helt nytt", "then": "stay"})
    assert refused.status_code == 422
    assert "Noe helt nytt" in refused.content.decode()
    assert CourseNote.objects.unrestricted(TEST).get().text == WORDS
    assert CoursePlace.objects.unrestricted(TEST).get().step_key == place


def test_what_is_written_on_the_first_day_can_be_changed_that_day(table: Table) -> None:
    unit, step = writing_step()
    client = first_day(table.people["employee"])
    for text in ("en", "to"):
        assert client.post(address(unit, step), {"text": text, "then": "stay"}).status_code == 302
    assert "to" in client.get(address(unit, step)).content.decode()
    client.post(address(unit, step), {"text": "", "then": "stay"})
    assert not CourseNote.objects.unrestricted(TEST).exists()
