"""The pages of a room: the wall, the exchange, the rules, who reads."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from langbord.rooms import actions, decisions
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.rooms.helpers import (
    Queries,
    address,
    browser,
    fresh,
    gone,
    noted,
    once,
    open_first_door,
    same_page,
    seat_of,
    sees,
    wrote,
)

PEER = {"citizen", "citizen-2", "citizen-3", "host"}
SERVICE = {"host-service", "employee", "partner", "coordinator"}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def who_gets(table: Table, path: str) -> set[str]:
    found = set()
    for name in table.cast:
        response = browser(table, name).get(path)
        assert response.status_code in ((302,) if name == "anonymous" else (200, 404)), name
        if response.status_code == 200:
            found.add(name)
    return found


@pytest.mark.parametrize(("room", "readers"), [("peer", PEER), ("service", SERVICE), ("joint", set[str]())])
def test_who_comes_to_a_room(table: Table, room: str, readers: set[str]) -> None:
    assert who_gets(table, address(table, room)) == readers


def test_who_comes_to_the_joint_room_once_open(table: Table) -> None:
    open_first_door(table)
    assert who_gets(table, address(table, "joint")) == PEER | SERVICE


@pytest.mark.parametrize("rest", ["", "regler/", "bytte/", "hvem/", "dora/"])
def test_absent_and_forbidden_are_the_same_page(table: Table, rest: str) -> None:
    wrote(table, "citizen", "peer", "kanarifugl")
    client = browser(table, "partner" if rest != "dora/" else "researcher")
    forbidden, absent = address(table, "peer", rest), f"/s/{table.process.slug}/rom/{uuid4()}/{rest}"
    one, two = client.get(forbidden), client.get(absent)
    assert one.status_code == two.status_code == 404
    assert same_page(one, forbidden) == same_page(two, absent)
    assert b"kanarifugl" not in one.content


def test_a_room_under_another_process_is_not_found(table: Table) -> None:
    path = address(table, "peer").replace(table.process.slug, table.other.slug)
    assert browser(table, "citizen").get(path).status_code == 404
    assert browser(table, "citizen-other-process").get(path).status_code == 404


def test_the_wall_shows_what_hangs_there_and_says_whose_it_is(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "Har noen en\nsymaskin? <b>")
    page = text_of(browser(table, "citizen-2").get(address(table, "peer")))
    assert f'data-piece="{piece.pk}" data-room="peer" data-process="{table.process.slug}"' in page
    assert "symaskin? &lt;b&gt;" in page
    assert "<strong>Amina</strong>" in page
    assert "Randi" in page
    assert "Frivilligsentralen" in page
    assert '<main class="wide" data-page="room"' in page
    mine = text_of(browser(table, "citizen").get(address(table, "peer")))
    assert "<strong>Du</strong>" in mine


def test_writing_on_the_wall_once(table: Table) -> None:
    client, key = browser(table, "citizen"), once()
    for _ in range(2):
        response = client.post(address(table, "peer", "skriv/"), {"once": key, "text": "Hei på dere"})
        assert response.status_code == 302
    (piece,) = Piece.objects.unrestricted(TEST).filter(room=table.rooms["peer"])
    assert response.headers["Location"].endswith(f"#b-{piece.pk}")
    assert (piece.body, piece.kind) == ("Hei på dere", PieceKind.POST)


def test_back_and_something_else_on_the_wall_is_not_lost(table: Table) -> None:
    """Where the browser brings the same page forth once more, what is written there then is a piece of its own."""
    client, key = browser(table, "citizen"), once()
    for text in ("Hei på dere", "Jeg glemte å si at jeg tar med kake", "Hei på dere"):
        client.post(address(table, "peer", "skriv/"), {"once": key, "text": text})
    held = Piece.objects.unrestricted(TEST).filter(room=table.rooms["peer"])
    assert sorted(piece.body for piece in held) == ["Hei på dere", "Jeg glemte å si at jeg tar med kake"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": "  "}, "Skriv noe her først."),
        (
            {"text": "æ" * 8001},
            "Teksten er for lang. Her er det plass til 8000 tegn, og du har skrevet 8001.",
        ),
        ({"text": "hei\x00"}, "Teksten har et tegn vi ikke kan ta imot"),
        ({"text": "hei", "once": "tull"}, "Det gikk ikke gjennom"),
    ],
)
def test_wrong_input_is_said_plainly_and_the_text_is_kept(
    table: Table, data: dict[str, str], said: str
) -> None:
    response = browser(table, "citizen").post(address(table, "peer", "skriv/"), {"once": once(), **data})
    assert response.status_code == 422
    page = text_of(response)
    assert said in page
    assert "<title>Feil:" in page.replace("\n", "")
    assert data["text"].strip()[:3000] in page
    assert not Piece.objects.unrestricted(TEST).filter(room=table.rooms["peer"]).exists()


def test_line_ends_of_browsers_do_not_count_double(table: Table) -> None:
    text = "a\r\n" * 3999
    response = browser(table, "citizen").post(
        address(table, "peer", "skriv/"), {"once": once(), "text": text}
    )
    assert response.status_code == 302


def test_an_unknown_kind_is_refused(table: Table) -> None:
    data = {"once": once(), "text": "hei", "kind": "answer"}
    response = browser(table, "employee").post(address(table, "service", "skriv/"), data)
    assert response.status_code == 422
    assert "Dette valget finnes ikke lenger" in text_of(response)
    data["kind"] = "shortcoming"
    assert browser(table, "employee").post(address(table, "service", "skriv/"), data).status_code == 302


@pytest.mark.parametrize("name", ["citizen-other-group", "employee", "coordinator", "leader", "host-waiting"])
def test_nobody_else_writes_there(table: Table, name: str) -> None:
    data = {"once": once(), "text": "hei"}
    assert browser(table, name).post(address(table, "peer", "skriv/"), data).status_code == 404
    assert browser(table, "citizen").post(address(table, "peer", "skriv/"), data).status_code == 302


def test_writing_is_never_a_get(table: Table) -> None:
    assert browser(table, "citizen").get(address(table, "peer", "skriv/")).status_code == 405


def test_the_services_room_has_its_own_lists_first(table: Table) -> None:
    wrote(table, "employee", "service", "Vi svarer for seint", PieceKind.SHORTCOMING)
    wrote(table, "partner", "service", "Ny bolig", PieceKind.NO_PROMISE)
    wrote(table, "employee", "service", "Kaffe klokka ti")
    page = text_of(browser(table, "coordinator").get(address(table, "service")))
    assert page.index("Vi svarer for seint") < page.index("Ny bolig") < page.index("Kaffe klokka ti")
    assert page.count("Vi svarer for seint") == 1
    assert "Ei gruppe har ikke åpnet døra ennå" in page


def test_twenty_a_page(table: Table) -> None:
    for number in range(23):
        wrote(table, "citizen", "peer", f"lapp {number:02}")
    client = browser(table, "citizen-2")
    first, second = (
        text_of(client.get(address(table, "peer"))),
        text_of(client.get(address(table, "peer") + "?side=2")),
    )
    assert first.count("data-piece=") == 20
    assert second.count("data-piece=") == 3
    assert "lapp 22" in first
    assert "lapp 00" in second
    for odd in ("?side=0", "?side=-1", "?side=x", "?side=99999999999999999999"):
        assert client.get(address(table, "peer") + odd).status_code == 200


@pytest.mark.parametrize(
    ("name", "room", "rest"),
    [
        ("host", "peer", ""),
        ("citizen", "peer", ""),
        ("employee", "service", ""),
        ("citizen", "peer", "regler/"),
    ],
)
def test_one_and_thirty_rows_cost_the_same(table: Table, name: str, room: str, rest: str) -> None:
    client = browser(table, name)
    writers = (
        ("employee", "partner", "coordinator") if room == "service" else ("citizen", "citizen-2", "citizen-3")
    )
    kinds = [PieceKind.POST, PieceKind.RULE, PieceKind.SHORTCOMING]
    counts = []
    for rows in (1, 29):
        for number in range(rows):
            for kind in kinds:
                wrote(table, writers[number % 3], room, f"lapp {number}", kind)
        if rows == 1 and room == "peer":
            group = noted(table, "host", "peer", "gruppas ord")
            decisions.propose(
                actor=table.actor("host"), piece=fresh(group), target=table.room("board"), text="gruppas ord"
            )
        with Queries() as queries:
            assert client.get(address(table, room, rest)).status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1]
    assert counts[0] <= 10, queries.all


def test_the_exchange(table: Table) -> None:
    client = browser(table, "citizen")
    assert (
        client.post(address(table, "peer", "bytte/"), {"once": once(), "text": "barnesko"}).status_code == 422
    )
    wrong = {"once": once(), "kind": "rule", "text": "barnesko"}
    assert client.post(address(table, "peer", "bytte/"), wrong).status_code == 422
    for kind in ("give", "need", "tip"):
        key = once()
        for _ in range(2):
            data = {"once": key, "kind": kind, "text": f"noe {kind}"}
            assert client.post(address(table, "peer", "bytte/"), data).status_code == 302
    page = text_of(browser(table, "citizen-2").get(address(table, "peer", "bytte/")))
    assert page.count("data-piece=") == 3
    assert page.index("noe give") < page.index("noe need") < page.index("noe tip")
    assert "Ta bort" not in page
    assert text_of(client.get(address(table, "peer", "bytte/"))).count("Ta bort") == 3
    assert "noe give" not in text_of(client.get(address(table, "peer")))
    assert who_gets(table, address(table, "peer", "bytte/")) == PEER


def test_rules_are_the_groups_and_anybody_may_add_one(table: Table) -> None:
    path = address(table, "peer", "regler/")
    browser(table, "host").post(path, {"once": once(), "text": "Vi hører på hverandre"})
    browser(table, "citizen").post(path, {"once": once(), "text": "Vi banner litt"})
    by = {
        p.body: p.author_id
        for p in Piece.objects.unrestricted(TEST).filter(room=table.rooms["peer"], kind=PieceKind.RULE)
    }
    assert by == {"Vi hører på hverandre": None, "Vi banner litt": table.people["citizen"].pk}
    page = text_of(browser(table, "citizen-2").get(path))
    assert "data-print" in page
    assert page.index("Vi hører på hverandre") < page.index("Vi banner litt")
    assert browser(table, "citizen").post(path, {"once": once(), "text": "x" * 401}).status_code == 422
    assert who_gets(table, path) == PEER


def test_a_host_takes_a_rule_of_the_group_away(table: Table) -> None:
    rule = noted(table, "host", "peer", "gammel regel", PieceKind.RULE)
    assert browser(table, "citizen").post(f"/b/{rule.pk}/ta-tilbake/").status_code == 404
    response = browser(table, "host").post(f"/b/{rule.pk}/ta-tilbake/")
    assert response.headers["Location"] == address(table, "peer", "regler/")
    assert gone(rule)


def test_who_can_read_is_said_in_plain_words(table: Table) -> None:
    page = text_of(browser(table, "citizen").get(address(table, "peer", "hvem/")))
    for name in ("Du", "Bjarne", "Celine", "Randi"):
        assert name in page
    assert "Hege" not in page
    assert "alvorlig fare" in page
    assert "Akkurat nå er det 4 personer" in page


def test_an_employed_host_waits_for_a_yes_on_the_page(table: Table) -> None:
    seat = seat_of(table, "host-waiting", "peer")
    page = text_of(browser(table, "citizen").get(address(table, "peer")))
    assert "Er det greit for dere at Hege er vert?" in page
    assert "Boligkontoret, Fjordvik kommune" in page
    assert "Hege" not in text_of(browser(table, "host").get(address(table, "peer")))
    for name in ("host", "coordinator", "citizen-other-group", "host-waiting"):
        assert browser(table, name).post(f"/vert/{seat.pk}/", {"answer": "yes"}).status_code == 404
    assert browser(table, "citizen").post(f"/vert/{seat.pk}/", {"answer": "kanskje"}).status_code == 404
    for name in ("citizen", "citizen-2", "citizen-3"):
        assert browser(table, name).post(f"/vert/{seat.pk}/", {"answer": "yes"}).status_code == 302
    assert browser(table, "host-waiting").get(address(table, "peer")).status_code == 200
    for name, offered in (("citizen", True), ("host", False)):
        page = text_of(browser(table, name).get(address(table, "peer", "hvem/")))
        assert ("Jeg vil ikke at Hege er vert" in page) is offered
    browser(table, "citizen").post(f"/vert/{seat.pk}/", {"answer": "no"})
    assert browser(table, "host-waiting").get(address(table, "peer")).status_code == 404


def test_a_group_decision_on_the_page(table: Table) -> None:
    piece = noted(table, "host", "peer", "gruppas ord")
    decision = decisions.propose(
        actor=table.actor("host"), piece=fresh(piece), target=table.room("board"), text="vi vil møtes ute"
    )
    for name in ("citizen", "citizen-2"):
        assert "vi vil møtes ute" in text_of(browser(table, name).get(address(table, "peer")))
        assert browser(table, name).post(f"/v/{decision.pk}/", {"answer": "yes"}).status_code == 302
    assert browser(table, "host").post(f"/v/{decision.pk}/", {"answer": "yes"}).status_code == 404
    assert browser(table, "employee").post(f"/v/{decision.pk}/", {"answer": "yes"}).status_code == 404
    assert f'action="/v/{decision.pk}/"' not in text_of(browser(table, "host").get(address(table, "peer")))
    browser(table, "citizen-3").post(f"/v/{decision.pk}/", {"answer": "yes"})
    assert Piece.objects.unrestricted(TEST).filter(copied_from=piece).count() == 1
    late = browser(table, "citizen").post(f"/v/{decision.pk}/", {"answer": "no"}, follow=True)
    assert "Dette er allerede avgjort." in text_of(late)


def test_what_is_held_back_is_off_the_wall_for_the_others(table: Table) -> None:
    piece = wrote(table, "citizen", "peer", "for skarpt")
    actions.hold_back(actor=table.actor("host"), piece=fresh(piece), why="snakk med meg")
    assert not sees(table, "citizen-2", piece)
    assert "for skarpt" not in text_of(browser(table, "citizen-2").get(address(table, "peer")))
    for name in ("citizen", "host"):
        page = text_of(browser(table, name).get(address(table, "peer")))
        assert "for skarpt" in page
        assert "Holdt tilbake" in page
