"""The group's own list: who asks and who explains, side by side; carried over, taken back; suggestions from the service."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from langbord.base.errors import NotAllowed
from langbord.rooms import actions
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from langbord.stories import wordlist
from langbord.stories.models import Explanation
from tests.cast import TEST, Table
from tests.rooms.helpers import (
    Queries,
    address,
    browser,
    fresh,
    gone,
    once,
    open_first_door,
    same_page,
    seen,
    sees,
    wrote,
)

PEER = {"citizen", "citizen-2", "citizen-3", "host"}
SERVICE = {"host-service", "employee", "partner", "coordinator"}


def html(response: Any) -> str:
    return str(response.content.decode())


def ask(
    table: Table, name: str = "citizen", room: str = "peer", text: str = "ordkanari", **more: Any
) -> Piece:
    return wordlist.ask(actor=table.actor(name), room=table.room(room), text=text, **more)


def explain(table: Table, name: str, word: Piece, text: str, room: str = "peer", **more: Any) -> Piece:
    return wordlist.explain(
        actor=table.actor(name), room=table.room(room), word=seen(table, name, word), text=text, **more
    )


def carry(table: Table, name: str, piece: Piece, room: str = "joint") -> Piece:
    return actions.carry_over(
        actor=table.actor(name), piece=seen(table, name, piece), target=table.room(room), text=piece.body
    )


def listed(table: Table, name: str, room: str = "peer") -> dict[str, list[str]]:
    found = wordlist.words_of(table.actor(name), table.room(room))
    return {entry.word.text: [s.text for s in entry.meanings] for entry in found.entries}


def alone(table: Table, name: str, room: str = "peer") -> list[str]:
    return [s.text for s in wordlist.words_of(table.actor(name), table.room(room)).alone]


def test_several_explanations_stand_side_by_side(table: Table) -> None:
    word = ask(table, text="vedtak")
    explain(table, "citizen-2", word, "et svar i posten")
    explain(table, "citizen-3", word, "det de har bestemt")
    explain(table, "host", word, "du kan klage på det")
    for name in PEER:
        assert listed(table, name) == {
            "vedtak": ["et svar i posten", "det de har bestemt", "du kan klage på det"]
        }


@pytest.mark.parametrize(("room", "readers"), [("peer", PEER), ("service", SERVICE)])
def test_only_the_room_reads_and_writes_it(table: Table, room: str, readers: set[str]) -> None:
    writer = "citizen" if room == "peer" else "employee"
    word = ask(table, writer, room)
    explain(table, writer, word, "forklaringskanari", room)
    for name in table.cast:
        page = browser(table, name).get(address(table, room, "ord/"))
        where = address(table, room, f"ord/{word.pk}/")
        sent = {"once": once(), "text": "inntrenger"}
        if name in readers:
            assert "ordkanari" in html(page), name
            assert "forklaringskanari" in html(page), name
            assert browser(table, name).post(where, sent).status_code == 302, name
            continue
        assert page.status_code in (302, 404), name
        assert "kanari" not in html(page), name
        assert browser(table, name).post(where, sent).status_code in (302, 404), name
        with pytest.raises(NotAllowed):
            wordlist.ask(actor=table.actor(name), room=table.room(room), text="x")
        with pytest.raises(NotAllowed):
            wordlist.explain(actor=table.actor(name), room=table.room(room), word=fresh(word), text="x")
        assert not Explanation.objects.visible_to(table.actor(name)).exists(), name
    texts = [p.body for p in Piece.objects.unrestricted(TEST).filter(kind=PieceKind.MEANING)]
    assert texts.count("inntrenger") == len(readers)


def test_absent_and_forbidden_are_the_same(table: Table) -> None:
    ask(table)
    client, path = browser(table, "partner"), address(table, "peer", "ord/")
    nowhere = path.replace(str(table.rooms["peer"].pk), str(uuid4()))
    assert same_page(client.get(path), path) == same_page(client.get(nowhere), nowhere)


def test_asking_in_a_browser_keeps_wrong_input_and_survives_a_second_click(table: Table) -> None:
    client, where, key = browser(table, "citizen"), address(table, "peer", "ord/"), once()
    page = client.get(where)
    assert "Lista er tom ennå" in html(page)
    assert f'href="{where}"' in html(client.get(address(table, "peer"))), "found from the room"
    wrong = client.post(where, {"once": key, "text": "x" * 201})
    assert wrong.status_code == 422
    assert "x" * 201 in html(wrong)
    assert "Teksten er for lang" in html(wrong)
    for _click in range(2):
        assert client.post(where, {"once": key, "text": "Hvem bestemmer om husleia?"}).status_code == 302
    shown = html(client.get(where))
    assert "Hvordan systemet virker" in shown, "a question has its own heading"
    assert Piece.objects.unrestricted(TEST).filter(kind=PieceKind.WORD).count() == 1
    word = Piece.objects.unrestricted(TEST).get(kind=PieceKind.WORD)
    explained = address(table, "peer", f"ord/{word.pk}/")
    empty = client.post(explained, {"once": once(), "text": ""})
    assert empty.status_code == 422
    assert "Skriv noe her først." in html(empty)
    again = once()
    for _click in range(2):
        client.post(explained, {"once": again, "text": "Husbanken og kommunen"})
    assert listed(table, "citizen") == {"Hvem bestemmer om husleia?": ["Husbanken og kommunen"]}
    assert Explanation.objects.unrestricted(TEST).count() == 1


def test_nobody_has_to_show_that_they_did_not_know(table: Table) -> None:
    client, key = browser(table, "citizen"), once()
    client.post(address(table, "peer", "ord/"), {"once": key, "text": "aktør", "nameless": "on"})
    assert not Piece.objects.unrestricted(TEST).get(kind=PieceKind.WORD).signed
    page = html(browser(table, "citizen-2").get(address(table, "peer", "ord/")))
    assert "Uten navn" in page


def test_a_host_holds_the_pen_for_the_group_and_may_take_it_away(table: Table) -> None:
    word = ask(table, "host", text="tiltak")
    assert fresh(word).author_id is None
    client = browser(table, "host")
    client.post(f"/b/{word.pk}/ta-tilbake/", {"once": once()})
    assert gone(word)


def test_a_word_of_the_wrong_kind_or_room_is_nothing_to_explain(table: Table) -> None:
    post = wrote(table, "citizen", "peer", "en vegg")
    for piece in (post, ask(table, "citizen-other-group", "peer-2")):
        client = browser(table, "citizen")
        where = address(table, "peer", f"ord/{piece.pk}/")
        assert client.post(where, {"once": once(), "text": "x"}).status_code == 404
    assert not Explanation.objects.unrestricted(TEST).exists()


def test_what_somebody_explained_stays_when_the_word_goes(table: Table) -> None:
    word = ask(table, text="ytelse")
    explain(table, "citizen-2", word, "penger")
    actions.take_back(actor=table.actor("citizen"), piece=seen(table, "citizen", word))
    assert listed(table, "citizen-2") == {}
    assert alone(table, "citizen-2") == ["penger"]
    actions.throw_away(actor=table.actor("citizen"), piece=seen(table, "citizen", word))
    assert gone(word)
    assert alone(table, "citizen-2") == ["penger"]
    assert "Forklaringer som står igjen" in html(
        browser(table, "citizen-2").get(address(table, "peer", "ord/"))
    )


@pytest.mark.parametrize("word_first", [True, False])
def test_carried_over_like_other_pieces_and_kept_together(table: Table, word_first: bool) -> None:
    open_first_door(table)
    word = ask(table, text="samhandling")
    mine = explain(table, "citizen", word, "å gjøre noe sammen")
    explain(table, "citizen-2", word, "hemmelig forklaring")
    for piece in (word, mine) if word_first else (mine, word):
        carry(table, "citizen", piece)
    assert listed(table, "employee", "joint") == {"samhandling": ["å gjøre noe sammen"]}
    assert alone(table, "employee", "joint") == []
    assert "hemmelig" not in html(browser(table, "employee").get(address(table, "joint", "ord/")))
    assert listed(table, "citizen")["samhandling"] == ["å gjøre noe sammen", "hemmelig forklaring"]


def test_an_explanation_may_come_alone(table: Table) -> None:
    open_first_door(table)
    carry(table, "citizen", explain(table, "citizen", ask(table), "bare dette"))
    assert alone(table, "employee", "joint") == ["bare dette"]
    assert listed(table, "employee", "joint") == {}


def test_on_the_board_it_is_an_input(table: Table) -> None:
    copy = carry(table, "citizen", ask(table), "board")
    assert copy.kind == PieceKind.INPUT
    assert sees(table, "employee", copy)


def test_words_are_not_on_the_wall(table: Table) -> None:
    explain(table, "citizen", ask(table), "forklaringskanari")
    assert "kanari" not in html(browser(table, "citizen").get(address(table, "peer")))


def test_the_board_has_no_list(table: Table) -> None:
    assert browser(table, "employee").get(address(table, "board", "ord/")).status_code == 404
    with pytest.raises(NotAllowed):
        ask(table, "employee", "board")


# -- suggestions


def suggested(table: Table, name: str, room: str) -> list[str]:
    actor, found = table.actor(name), table.room(room)
    return [s.word for s in wordlist.suggestions(actor, found, wordlist.words_of(actor, found), "nb")]


def test_office_words_of_the_service_are_suggested(table: Table) -> None:
    wrote(table, "employee", "service", "Vi kartlegger og iverksetter tiltak. Tiltaket er «samhandling».")
    wrote(table, "partner", "service", "Tiltakene virker.")
    assert suggested(table, "coordinator", "service")[0] == "tiltak", "most used first"
    client = browser(table, "coordinator")
    page = html(client.get(address(table, "service", "ord/")))
    assert "Skriv på lista: tiltak" in page
    client.post(address(table, "service", "ord/"), {"once": once(), "text": "tiltak", "nameless": "on"})
    assert "tiltak" not in suggested(table, "coordinator", "service"), "already asked"


def test_never_from_what_a_citizen_wrote(table: Table) -> None:
    open_first_door(table)
    wrote(table, "citizen", "joint", "De kartlegger meg og snakker om tiltak.")
    wrote(table, "host", "joint", "Vi fasiliterer.")
    assert suggested(table, "employee", "joint") == []
    wrote(table, "employee", "joint", "Vi implementerer det.")
    for reader in ("citizen", "employee"):
        assert suggested(table, reader, "joint") == ["implementere"]


def test_what_was_carried_over_is_not_the_services(table: Table) -> None:
    open_first_door(table)
    told = wrote(table, "employee", "service", "Vi evaluerer.", PieceKind.SHORTCOMING)
    carry(table, "employee", told)
    assert suggested(table, "citizen", "joint") == []


def test_citizens_rooms_get_no_suggestions(table: Table) -> None:
    wrote(table, "citizen", "peer", "De kartlegger meg.")
    assert suggested(table, "citizen", "peer") == []
    assert "tjenestens egne tekster" not in html(
        browser(table, "citizen").get(address(table, "peer", "ord/"))
    )


def test_as_many_queries_for_one_as_for_thirty(table: Table) -> None:
    open_first_door(table)
    client = browser(table, "employee")
    counts = []
    for many in (1, 29):
        for number in range(many):
            word = ask(table, "employee", "joint", f"ord {number}")
            explain(table, "citizen", word, "slik", "joint")
            wrote(table, "employee", "joint", "Vi kartlegger.")
        client.get(address(table, "joint", "ord/"))
        with Queries() as counted:
            client.get(address(table, "joint", "ord/"))
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 12, counts
