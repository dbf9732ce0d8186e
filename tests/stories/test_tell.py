"""*Fortell*: write, keep, choose who may see it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client

from langbord.access.enums import Role
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.rooms import actions, hooks, seating
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
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
    sees,
    wrote,
)
from tests.rooms.test_room_pages import text_of


@pytest.fixture(autouse=True)
def no_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "room_panels", [])
    monkeypatch.setattr(hooks, "piece_panels", [])


def tells(client: Client, text: str = "Det var en gang", key: str = "", **more: str) -> UUID:
    key = key or once()
    response = client.post("/fortell/", {"once": key, "text": text, "kind": "story", **more})
    assert response.status_code == 302, text_of(response)
    return UUID(response.headers["Location"].split("/")[2])


def piece(pk: UUID) -> Piece:
    return Piece.objects.unrestricted(TEST).select_related("room").get(pk=pk)


def test_who_has_something_to_tell_here(table: Table) -> None:
    got = {n for n in table.cast if browser(table, n).get("/fortell/").status_code == 200}
    assert got == set(table.cast) - {"anonymous"}
    assert browser(table, "anonymous").get("/fortell/").status_code == 302
    for name in ("outsider", "operator", "withdrawn"):
        client = browser(table, name)
        assert "<textarea" not in text_of(client.get("/fortell/")), name
        assert (
            client.post("/fortell/", {"once": once(), "text": "x", "kind": PieceKind.STORY}).status_code
            == 404
        )


def test_whoever_takes_part_no_more_still_finds_their_own_words(table: Table) -> None:
    tells(browser(table, "citizen-3"), "fortsatt mine ord")
    member = Membership.objects.unrestricted(TEST).get(person=table.people["citizen-3"])
    end_membership(membership=member, actor=table.actor("citizen-3"))
    client = browser(table, "citizen-3")
    assert 'href="/fortell/"' in text_of(client.get("/"))
    assert "fortsatt mine ord" in text_of(client.get("/fortell/"))


def test_one_tap_saves_what_only_the_writer_reads(table: Table) -> None:
    client, key = browser(table, "citizen"), once()
    assert tells(client, key=key) == tells(client, key=key) == UUID(key)
    saved = piece(UUID(key))
    assert (saved.is_draft, saved.body, saved.kind) == (True, "Det var en gang", PieceKind.STORY)
    assert {n for n in table.cast if sees(table, n, saved)} == {"citizen"}
    page = text_of(client.get(f"/fortell/{key}/"))
    assert f'data-piece="{key}" data-room="draft" data-process="{table.process.slug}"' in page
    assert "Du, Bjarne, Celine og Randi kan lese dette." in page


def test_others_do_not_open_a_draft(table: Table) -> None:
    key = tells(browser(table, "citizen"), "kanarifugl")
    for name in ("citizen-2", "host", "coordinator", "operator"):
        client = browser(table, name)
        for path, absent in (
            (f"/fortell/{key}/", f"/fortell/{uuid4()}/"),
            (f"/b/{key}/", f"/b/{uuid4()}/"),
            (f"/fortell/?kladd={key}", f"/fortell/?kladd={uuid4()}"),
        ):
            one, two = client.get(path), client.get(absent)
            assert one.status_code == two.status_code == 404
            assert same_page(one, path) == same_page(two, absent)
        assert client.post(f"/fortell/{key}/del/", {"to": str(table.rooms["peer"].pk)}).status_code == 404
        assert client.post(f"/fortell/{key}/kast/").status_code == 404
        taken = client.post("/fortell/", {"once": str(key), "text": "mitt", "kind": "post"})
        assert taken.status_code in (404, 422)
    assert piece(key).body == "kanarifugl"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": ""}, "Skriv noe her først."),
        ({"text": "ordet " * 1400}, "Teksten er for lang."),
        ({"text": "hei", "kind": "answer"}, "Dette valget finnes ikke lenger."),
        ({"text": "hei", "kind": "shortcoming"}, "Dette valget finnes ikke lenger."),
    ],
)
def test_wrong_input_is_said_plainly_and_the_text_is_kept(
    table: Table, data: dict[str, str], said: str
) -> None:
    response = browser(table, "citizen").post("/fortell/", {"once": once(), "kind": "story", **data})
    assert response.status_code == 422
    assert said in text_of(response)
    assert data["text"].strip() in text_of(response)
    assert not Piece.objects.unrestricted(TEST).exists()


def test_it_saves_itself_and_the_later_save_is_the_same_piece(table: Table) -> None:
    client, key = browser(table, "citizen"), once()
    page = text_of(client.get("/fortell/"))
    assert 'data-autosave="/fortell/kladd/"' in page
    for text in ("Det var", "Det var en"):
        response = client.post("/fortell/kladd/", {"once": key, "text": text, "kind": "story"})
        assert (response.status_code, response.content) == (204, b"")
    assert tells(client, "Det var en gang", key) == UUID(key)
    assert Piece.objects.unrestricted(TEST).count() == 1
    assert client.post("/fortell/kladd/", {"once": once(), "text": " ", "kind": "story"}).status_code == 204
    assert Piece.objects.unrestricted(TEST).count() == 1
    assert (
        client.post("/fortell/kladd/", {"once": once(), "text": "x" * 9000, "kind": "story"}).status_code
        == 422
    )


def test_autosave_never_writes_over_what_is_shared_or_anothers(table: Table) -> None:
    shared = wrote(table, "citizen", "peer", "delt")
    for name in ("citizen", "citizen-2"):
        data = {"once": str(shared.pk), "text": "nytt", "kind": "story"}
        response = browser(table, name).post("/fortell/kladd/", data)
        assert response.status_code == 422
        assert response.content.decode() == "Ikke lagret ennå"
    assert fresh(shared).body == "delt"
    assert browser(table, "outsider").post("/fortell/kladd/", {"text": "x"}).status_code == 404


def test_words_from_an_old_window_become_a_draft_of_their_own(table: Table) -> None:
    client, key = browser(table, "citizen"), once()
    tells(client, "først", key)
    client.post(f"/fortell/{key}/del/", {"to": str(table.rooms["peer"].pk)})
    assert tells(client, "først", key) == UUID(key)
    other = tells(client, "mer enn først", key)
    assert other != UUID(key)
    assert tells(client, "mer enn først", key) == other
    assert (piece(other).is_draft, piece(UUID(key)).body) == (True, "først")


def test_going_on_with_a_draft(table: Table) -> None:
    client = browser(table, "citizen")
    key = tells(client, "første setning", kind="story_better")
    page = text_of(client.get(f"/fortell/?kladd={key}"))
    assert "første setning" in page
    assert f'value="{key}"' in page
    assert client.get("/fortell/?kladd=tull").status_code == 404
    assert client.get(f"/b/{key}/endre/").headers["Location"] == f"/fortell/?kladd={key}"


def test_sharing_with_my_group(table: Table) -> None:
    client = browser(table, "citizen")
    key = tells(client)
    for _ in range(2):
        response = client.post(f"/fortell/{key}/del/", {"to": str(table.rooms["peer"].pk)})
        assert response.headers["Location"] == f"/b/{key}/"
    assert {n for n in table.cast if sees(table, n, piece(key))} == {
        "citizen",
        "citizen-2",
        "citizen-3",
        "host",
    }
    assert client.get(f"/fortell/{key}/").headers["Location"] == f"/b/{key}/"


def test_letting_it_be(table: Table) -> None:
    client = browser(table, "citizen")
    key = tells(client)
    assert client.post(f"/fortell/{key}/del/", {"to": "me"}).headers["Location"] == "/fortell/"
    assert piece(key).is_draft


@pytest.mark.parametrize("room", ["peer-2", "service", "joint", "b-group", "tull"])
def test_only_what_is_possible_now(table: Table, room: str) -> None:
    client = browser(table, "citizen")
    key = tells(client)
    to = str(table.rooms[room].pk) if room in table.rooms else room
    assert to not in text_of(client.get(f"/fortell/{key}/"))
    response = client.post(f"/fortell/{key}/del/", {"to": to})
    assert response.status_code == 422
    assert "Dette stedet finnes ikke lenger." in text_of(response)
    assert piece(key).is_draft


def test_the_board_goes_by_way_of_the_page_that_shows_who_will_read(table: Table) -> None:
    client = browser(table, "citizen")
    key = tells(client)
    board = table.rooms["board"].pk
    response = client.post(f"/fortell/{key}/del/", {"to": str(board)})
    assert response.headers["Location"] == f"/b/{key}/ta-med/{board}/"
    assert piece(key).is_draft
    assert client.get(f"/b/{key}/ta-med/{board}/").status_code == 200


def test_the_joint_table_is_explained_while_closed_and_offered_when_open(table: Table) -> None:
    client = browser(table, "citizen")
    key = tells(client)
    assert "Bordet for alle er ikke åpent ennå" in text_of(client.get(f"/fortell/{key}/"))
    open_first_door(table)
    page = text_of(client.get(f"/fortell/{key}/"))
    assert "Bordet for alle er ikke åpent ennå" not in page
    client.post(f"/fortell/{key}/del/", {"to": str(table.rooms["joint"].pk)})
    assert sees(table, "employee", piece(key))
    assert not sees(table, "citizen-other-group", piece(key))


def test_employees_write_to_their_own_room_on_the_same_page(table: Table) -> None:
    client = browser(table, "employee")
    page = text_of(client.get("/fortell/"))
    assert "Det vi ikke får til" in page
    assert "Det vi ikke kan love" in page
    assert "En god opplevelse" not in page
    key = tells(client, "Vi svarer for seint", kind="shortcoming")
    client.post(f"/fortell/{key}/del/", {"to": str(table.rooms["service"].pk)})
    assert piece(key).kind == PieceKind.SHORTCOMING
    assert "Vi svarer for seint" in text_of(browser(table, "coordinator").get(address(table, "service")))
    assert "Det vi ikke får til" not in text_of(browser(table, "citizen").get("/fortell/"))


def test_which_process_is_asked_only_when_there_are_several(table: Table) -> None:
    client = browser(table, "citizen")
    assert "Hvor hører det til?" not in text_of(client.get("/fortell/"))
    seating.take_in(
        process_id=table.other.pk,
        person=table.people["citizen"],
        role=Role.CITIZEN,
        actor=table.actor("coordinator-other-process"),
        room=table.room("b-group"),
    )
    assert "Hvor hører det til?" in text_of(client.get("/fortell/"))
    for process in ("", "tull", str(uuid4())):
        data = {"once": once(), "text": "x", "kind": "story", "process": process}
        assert client.post("/fortell/", data).status_code == 422
    key = tells(client, process=str(table.other.pk))
    assert piece(key).process_id == table.other.pk
    page = text_of(client.get(f"/fortell/{key}/"))
    assert str(table.rooms["b-group"].pk) in page
    assert str(table.rooms["peer"].pk) not in page
    assert client.post(f"/fortell/{key}/del/", {"to": str(table.rooms["peer"].pk)}).status_code == 422


def test_throwing_a_draft_away(table: Table) -> None:
    client = browser(table, "citizen")
    key = tells(client)
    held = piece(key)
    assert client.get(f"/fortell/{key}/kast/").status_code == 405
    assert client.post(f"/fortell/{key}/kast/").status_code == 302
    assert gone(held)
    shared = wrote(table, "citizen", "peer", "delt")
    assert client.post(f"/fortell/{shared.pk}/kast/").status_code == 404
    assert not gone(shared)


def test_what_i_have_written_and_where_it_lies(table: Table) -> None:
    client = browser(table, "citizen")
    key = tells(client, "bare mitt")
    shared = wrote(table, "citizen", "peer", "delt", PieceKind.GIVE)
    actions.carry_over(
        actor=table.actor("citizen"), piece=fresh(shared), target=table.room("board"), text="på tavla"
    )
    wrote(table, "citizen-2", "peer", "en annens")
    page = text_of(client.get("/fortell/"))
    assert page.index("Kladdene mine") < page.index("bare mitt") < page.index("Det jeg har delt")
    assert "Ligger i: Likemannsgruppa" in page
    assert "Ligger på tavla" in page
    assert "en annens" not in page
    actions.take_back(actor=table.actor("citizen"), piece=fresh(shared))
    assert f'value="{shared.pk}"' in text_of(client.get(f"/fortell/?kladd={shared.pk}"))
    assert tells(client, "delt litt til", str(shared.pk), kind="give") == shared.pk
    assert str(key) in page


def test_one_and_thirty_rows_cost_the_same(table: Table) -> None:
    client = browser(table, "citizen")
    counts = []
    for rows in (1, 29):
        for number in range(rows):
            key = tells(client, f"kladd {number}")
            wrote(table, "citizen", "peer", f"delt {number}")
        with Queries() as queries:
            assert client.get("/fortell/").status_code == 200
        with Queries() as sharing:
            assert client.get(f"/fortell/{key}/").status_code == 200
        counts.append((queries.count, sharing.count))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12, sharing.all
