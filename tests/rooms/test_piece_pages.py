"""The page of a piece, carrying over, taking back, moderation, and the door, as people meet them."""

from __future__ import annotations

from uuid import uuid4

import pytest

from langbord.rooms import actions, hooks
from langbord.rooms.enums import DoorAnswer, PieceKind
from langbord.rooms.models import DoorWish, GroupDecision, Piece
from tests.cast import TEST, Table
from tests.rooms.helpers import (
    Queries,
    address,
    all_ready,
    browser,
    fresh,
    noted,
    once,
    open_first_door,
    same_page,
    sees,
    wrote,
)
from tests.rooms.test_room_pages import PEER, SERVICE, text_of, who_gets


def test_who_opens_a_piece(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "kanarifugl", PieceKind.STORY)
    path = f"/b/{piece.pk}/"
    assert who_gets(table, path) == PEER
    page = text_of(browser(table, "citizen-2").get(path))
    assert f'data-piece="{piece.pk}" data-room="peer"' in page
    assert "kanarifugl" in page
    assert "Fortelling" in page
    assert "Du, Amina, Celine og Randi kan lese dette." in page


@pytest.mark.parametrize("rest", ["", "endre/", "ta-tilbake/", "ta-med/", "hold/"])
def test_absent_and_forbidden_are_the_same_page(table: Table, rest: str) -> None:
    piece = wrote(table, "citizen", "peer", "kanarifugl")
    client = browser(table, "employee")
    forbidden, absent = f"/b/{piece.pk}/{rest}", f"/b/{uuid4()}/{rest}"
    one, two = client.get(forbidden), client.get(absent)
    assert one.status_code == two.status_code == 404
    assert same_page(one, forbidden) == same_page(two, absent)


def test_only_what_one_may_do_is_offered_and_done(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "mitt")
    offered = {
        name: {
            act
            for act in ("endre", "ta-tilbake", "ta-med", "hold")
            if f"/b/{piece.pk}/{act}/" in text_of(browser(table, name).get(f"/b/{piece.pk}/"))
        }
        for name in ("citizen", "citizen-2", "host")
    }
    assert offered == {"citizen": {"endre", "ta-tilbake", "ta-med"}, "citizen-2": set(), "host": {"hold"}}
    for name, acts in offered.items():
        for act in ("endre", "ta-tilbake", "ta-med", "hold"):
            status = browser(table, name).get(f"/b/{piece.pk}/{act}/").status_code
            assert status == (200 if act in acts else 404), (name, act)


def test_changing_ones_words(table: Table) -> None:
    piece, client = wrote(table, "citizen", "peer", "før"), browser(table, "citizen")
    assert client.post(f"/b/{piece.pk}/endre/", {"text": " "}).status_code == 422
    assert client.post(f"/b/{piece.pk}/endre/", {"text": "etter"}).status_code == 302
    assert fresh(piece).body == "etter"
    assert browser(table, "host").post(f"/b/{piece.pk}/endre/", {"text": "mitt"}).status_code == 404
    assert fresh(piece).body == "etter"


def test_carrying_over_shows_exactly_who_and_makes_a_copy_once(table: Table) -> None:
    piece, client = wrote(table, "citizen", "peer", "Kari ringte ikke"), browser(table, "citizen")
    board = table.rooms["board"].pk
    assert f"/b/{piece.pk}/ta-med/{board}/" in text_of(client.get(f"/b/{piece.pk}/ta-med/"))
    page = text_of(client.get(f"/b/{piece.pk}/ta-med/{board}/"))
    for name in ("Espen", "Kari", "Leif", "Frida", "Solveig", "Petra", "Randi", "Bjarne"):
        assert name in page
    assert "1 innbygger du ikke møter" in page
    assert "Dina" not in page
    data = {"once": once(), "text": "Ingen ringte", "signed": "no"}
    for _ in range(2):
        assert (
            client.post(f"/b/{piece.pk}/ta-med/{board}/", data).headers["Location"] == f"/b/{data['once']}/"
        )
    (copy,) = Piece.objects.unrestricted(TEST).filter(copied_from=piece)
    assert (copy.body, copy.signed, copy.kind) == ("Ingen ringte", False, PieceKind.INPUT)
    seen_there = text_of(browser(table, "employee").get(f"/b/{copy.pk}/"))
    assert "Uten navn" in seen_there
    assert "Amina" not in seen_there
    assert browser(table, "employee").get(f"/b/{piece.pk}/").status_code == 404
    assert f"/b/{copy.pk}/" in text_of(client.get(f"/b/{piece.pk}/"))
    again = client.get(f"/b/{piece.pk}/ta-med/{board}/")
    assert again.headers["Location"] == f"/b/{copy.pk}/"


def test_with_my_name_those_at_the_table_see_it_and_leaders_and_researchers_do_not(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "mitt")
    data = {"once": once(), "text": "mitt", "signed": "yes"}
    browser(table, "citizen").post(f"/b/{piece.pk}/ta-med/{table.rooms['board'].pk}/", data)
    names = {
        name: "Amina" in text_of(browser(table, name).get(f"/b/{data['once']}/"))
        for name in ("citizen-2", "employee", "leader", "researcher")
    }
    assert names == {"citizen-2": True, "employee": True, "leader": False, "researcher": False}


def test_wrong_input_when_carrying_keeps_the_text(table: Table) -> None:
    piece, client = wrote(table, "citizen", "peer", "mitt"), browser(table, "citizen")
    path = f"/b/{piece.pk}/ta-med/{table.rooms['board'].pk}/"
    response = client.post(path, {"once": once(), "text": "lang " * 2000, "signed": "kanskje"})
    assert response.status_code == 422
    assert "lang lang lang" in text_of(response)
    assert "Teksten er for lang" in text_of(response)


@pytest.mark.parametrize("room", ["joint", "service", "peer-2", "b-board"])
def test_no_carrying_to_where_one_may_not(table: Table, room: str) -> None:
    piece, client = wrote(table, "citizen", "peer", "mitt"), browser(table, "citizen")
    forbidden, absent = f"/b/{piece.pk}/ta-med/{table.rooms[room].pk}/", f"/b/{piece.pk}/ta-med/{uuid4()}/"
    one, two = client.get(forbidden), client.get(absent)
    assert one.status_code == two.status_code == 404
    assert same_page(one, forbidden) == same_page(two, absent)
    assert client.post(forbidden, {"once": once(), "text": "x", "signed": "no"}).status_code == 404


def test_the_joint_table_is_offered_once_it_is_open(table: Table) -> None:
    piece, client = wrote(table, "citizen", "peer", "mitt"), browser(table, "citizen")
    assert "Bordet for alle er ikke åpent ennå" in text_of(client.get(f"/b/{piece.pk}/ta-med/"))
    open_first_door(table)
    page = text_of(client.get(f"/b/{piece.pk}/ta-med/"))
    assert f"/b/{piece.pk}/ta-med/{table.rooms['joint'].pk}/" in page
    assert "Bordet for alle er ikke åpent ennå" not in page


def test_taking_back_says_what_will_happen(table: Table) -> None:
    piece, client = wrote(table, "citizen", "peer", "mitt"), browser(table, "citizen")
    copy = actions.carry_over(
        actor=table.actor("citizen"), piece=fresh(piece), target=table.room("board"), text="x"
    )
    page = text_of(client.get(f"/b/{piece.pk}/ta-tilbake/"))
    assert "Det blir en kladd som bare du ser" in page
    assert "blir svaret stående" in page
    assert f"/b/{copy.pk}/" in page
    client.post(f"/b/{piece.pk}/ta-tilbake/", {"with_copies": "on"})
    assert fresh(piece).is_draft
    assert not sees(table, "employee", copy)
    again = client.post(f"/b/{piece.pk}/ta-tilbake/", {"with_copies": "on"})
    assert again.headers["Location"] == f"/fortell/{piece.pk}/"


def test_words_taken_back_from_an_answered_copy(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "before_removing", [lambda copy, actor: True])
    piece = wrote(table, "citizen", "peer", "mitt")
    copy = actions.carry_over(
        actor=table.actor("citizen"),
        piece=fresh(piece),
        target=table.room("board"),
        text="kanarifugl",
        signed=True,
    )
    browser(table, "citizen").post(f"/b/{copy.pk}/ta-tilbake/")
    page = text_of(browser(table, "employee").get(f"/b/{copy.pk}/"))
    assert "har tatt ordene sine tilbake" in page
    assert "kanarifugl" not in page
    assert "Amina" not in page


def test_holding_back_with_a_why_and_letting_out(table: Table) -> None:
    piece, host = wrote(table, "citizen", "peer", "for skarpt"), browser(table, "host")
    assert host.post(f"/b/{piece.pk}/hold/", {"why": ""}).status_code == 422
    assert host.post(f"/b/{piece.pk}/hold/", {"why": "et barns navn"}).status_code == 302
    assert browser(table, "citizen-2").get(f"/b/{piece.pk}/").status_code == 404
    page = text_of(browser(table, "citizen").get(f"/b/{piece.pk}/"))
    assert "et barns navn" in page
    assert "Verten vil snakke med deg" in page
    assert f"/b/{piece.pk}/slipp/" not in page
    assert browser(table, "citizen").post(f"/b/{piece.pk}/slipp/").status_code == 404
    assert host.post(f"/b/{piece.pk}/slipp/").status_code == 302
    assert browser(table, "citizen-2").get(f"/b/{piece.pk}/").status_code == 200


def test_a_host_asks_the_group(table: Table) -> None:
    piece, host = noted(table, "host", "peer", "gruppas ord"), browser(table, "host")
    path = f"/b/{piece.pk}/gruppa/{table.rooms['board'].pk}/"
    assert path in text_of(host.get(f"/b/{piece.pk}/"))
    assert "Espen" in text_of(host.get(path))
    data = {"once": once(), "text": "gruppas ord", "agreed_at_gathering": "on"}
    for _ in range(2):
        assert host.post(path, data).headers["Location"] == address(table, "peer")
    (decision,) = GroupDecision.objects.unrestricted(TEST)
    assert decision.agreed_at_gathering
    for name in ("citizen", "coordinator", "employee", "host-other-group"):
        assert browser(table, name).get(path).status_code == 404
        assert browser(table, name).post(path, data).status_code == 404


def test_the_new_cards_first_day_opens_nothing_older(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "eldre")
    client = browser(table, "citizen")
    session = client.session
    session["reads_from"] = "2100-01-01T00:00:00+00:00"
    session.save()
    assert client.get(f"/b/{piece.pk}/").status_code == 404
    assert "eldre" not in text_of(client.get(address(table, "peer")))


def test_queries_of_the_heavy_pages(table: Table) -> None:
    open_first_door(table)
    piece = wrote(table, "citizen", "peer", "mitt")
    actions.carry_over(actor=table.actor("citizen"), piece=fresh(piece), target=table.room("joint"), text="x")
    client = browser(table, "citizen")
    for path in (
        f"/b/{piece.pk}/",
        f"/b/{piece.pk}/ta-med/{table.rooms['board'].pk}/",
        address(table, "peer", "hvem/"),
    ):
        with Queries() as queries:
            assert client.get(path).status_code == 200
        assert queries.count <= 12, queries.all


# --- the door ---------------------------------------------------------------------------------------------------------


def test_who_comes_to_the_door(table: Table) -> None:
    path = address(table, "peer", "dora/")
    assert who_gets(table, path) == PEER | SERVICE | {"leader"}
    page = text_of(browser(table, "employee").get(path))
    assert "Døra er ikke åpnet ennå" in page
    assert "Vi har ikke sagt hva vi ikke får til" in page
    for leak in ("Likemannsgruppa", "Amina", "Randi", "dora/svar", "dora/apne"):
        assert leak not in page
    assert browser(table, "paid").get(address(table, "b-group", "dora/")).status_code == 404


def test_ones_own_answer_unseen(table: Table) -> None:
    path = address(table, "peer", "dora/")
    assert browser(table, "citizen").post(path + "svar/", {"answer": "aldri"}).status_code == 422
    assert browser(table, "citizen").post(path + "svar/", {"answer": "not_yet"}).status_code == 302
    wish = DoorWish.objects.unrestricted(TEST).get(person=table.people["citizen"])
    assert wish.answer == DoorAnswer.NOT_YET
    assert 'value="not_yet" id="id_answer_1" class="ds-input" checked' in text_of(
        browser(table, "citizen").get(path)
    ) or "checked" in text_of(browser(table, "citizen").get(path))
    assert "checked" not in text_of(browser(table, "citizen-2").get(path))
    host = text_of(browser(table, "host").get(path))
    assert "checked" not in host
    assert "dora/apne" not in host
    for name in ("host", "employee", "citizen-other-group", "coordinator"):
        assert browser(table, name).post(path + "svar/", {"answer": "ready"}).status_code == 404


def test_the_open_button_comes_only_when_all_are_ready(table: Table) -> None:
    path, host = address(table, "peer", "dora/"), browser(table, "host")
    early = host.post(path + "apne/", follow=True)
    assert "Døra kan ikke åpnes ennå" in text_of(early)
    assert "dora/apne" not in text_of(host.get(path))
    all_ready(table)
    assert "dora/apne" in text_of(host.get(path))
    assert "dora/apne" not in text_of(browser(table, "citizen").get(path))
    for name in ("citizen", "coordinator", "host-other-group"):
        assert browser(table, name).post(path + "apne/").status_code == 404
    for _ in range(2):
        assert host.post(path + "apne/").status_code == 302
    assert table.room("peer").door_is_open
    assert browser(table, "citizen").get(address(table, "joint")).status_code == 200
    assert browser(table, "citizen").post(path + "lukk/").status_code == 404
    host.post(path + "lukk/")
    assert browser(table, "citizen").get(address(table, "joint")).status_code == 404


def test_a_small_group_has_talked(table: Table) -> None:
    path, host = address(table, "peer-2", "dora/"), browser(table, "host-other-group")
    assert "Vi har snakket sammen. Åpne døra" in text_of(host.get(path))
    host.post(path + "apne/")
    assert not table.room("peer-2").door_is_open
    host.post(path + "apne/", {"talked": "yes"})
    assert table.room("peer-2").door_is_open
