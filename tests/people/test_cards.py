"""Cards: issued sealed, taken in use once, with a PIN of one's own, and no way in for whoever printed them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from langbord.access.actor import actor_of
from langbord.access.enums import Role
from langbord.base import clock
from langbord.base.errors import NotAllowed
from langbord.people.actions import register_person
from langbord.people.models import Card, OwnSession, Person
from langbord.people.signin import cards, codes, pins
from langbord.people.signin.factor import qr_svg
from langbord.processes.actions import end_membership
from langbord.processes.models import Membership
from langbord.rooms.enums import PieceKind
from langbord.rooms.models import Piece
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table
from tests.signin import sign_in, signed_in

PIN = "5938"
SECRET = "Ordene som bare gruppa skulle lese"


def issue(table: Table, name: str = "citizen", by: str = "coordinator") -> cards.PrintedCard:
    return cards.issue_cards(people=[table.people[name]], actor=table.actor(by))[0]


def take_in_use(
    printed: cards.PrintedCard, pin: str = PIN, client: Client | None = None, **more: Any
) -> Client:
    client = client or Client()
    response = client.post(reverse("sign-in-card"), {"code": printed.code, **more})
    assert response.status_code == 302, response.content
    assert response.url == reverse("sign-in-pin")
    response = client.post(response.url, {"pin": pin, "again": pin})
    assert response.status_code == 302, response.content
    return client


def card_of(table: Table, name: str = "citizen") -> Card:
    return Card.objects.unrestricted(TEST).filter(person_id=table.people[name].pk).latest("issued_at")


def test_code_has_forty_bits_and_no_look_alikes() -> None:
    assert len(codes.LETTERS) == len(set(codes.LETTERS)) == 32
    assert not set("IO01") & set(codes.LETTERS)
    assert re.fullmatch(rf"[{codes.LETTERS}]{{4}}-[{codes.LETTERS}]{{4}}", codes.card_code())
    assert codes.plain("abcd-ef2 3") == "ABCDEF23"


@pytest.mark.parametrize("pin", ["1234", "4321", "1111", "123", "123456789", "12a4", "8787", "2345", "٤٥٦٩"])
def test_easy_pins_are_refused(pin: str) -> None:
    with pytest.raises(ValidationError):
        pins.validate_pin(pin)


@pytest.mark.parametrize("pin", ["5938", "80417", "19740526"])
def test_other_pins_are_taken(pin: str) -> None:
    pins.validate_pin(pin)


def test_only_digests_are_stored(table: Table) -> None:
    printed = issue(table)
    token = urlsplit(printed.url).path.split("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_card")
        stored = repr(cursor.fetchall())
    for secret in (printed.code, codes.plain(printed.code), token):
        assert secret not in stored


def test_coordinators_and_hosts_of_the_room_issue_and_nobody_else(table: Table) -> None:
    for by in ("coordinator", "host"):
        assert issue(table, by=by).name == "Amina"
    others = [n for n in table.people if n not in ("coordinator", "host")]
    for by in [*others, "anonymous"]:
        with pytest.raises(NotAllowed):
            issue(table, by=by)


def test_no_card_for_a_role_with_a_second_factor(table: Table) -> None:
    for name in ("employee", "leader", "researcher", "partner", "operator", "withdrawn", "coordinator"):
        with pytest.raises(NotAllowed):
            issue(table, name)
    assert issue(table, "host").name == "Randi"


def test_one_refused_person_stops_the_whole_print(table: Table) -> None:
    people = [table.people["citizen"], table.people["employee"]]
    with pytest.raises(NotAllowed):
        cards.issue_cards(people=people, actor=table.actor("coordinator"))
    assert not Card.objects.unrestricted(TEST).exists()


def test_first_use_sets_the_pin_and_later_uses_ask_for_it(table: Table) -> None:
    printed = issue(table)
    client = take_in_use(printed)
    assert client.get(reverse("me")).status_code == 200
    assert card_of(table).state == "used"
    later = Client()
    assert later.post(reverse("sign-in-card"), {"code": printed.code.lower()}).url == reverse("sign-in-pin")
    assert later.get(reverse("me")).status_code == 302
    wrong = later.post(reverse("sign-in-pin"), {"pin": "59391846"})
    assert wrong.status_code == 422
    assert "59391846" not in wrong.content.decode()
    assert later.post(reverse("sign-in-pin"), {"pin": PIN}).status_code == 302
    assert later.get(reverse("me")).status_code == 200


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_card_changes_nothing(table: Table, method: str) -> None:
    path = urlsplit(issue(table).url).path
    client = Client()
    for _again in range(3):
        response = getattr(client, method)(path)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
    assert card_of(table).state == "new"
    assert SESSION not in client.cookies


SESSION = "langbord"


def test_the_page_of_a_link_has_one_form(table: Table) -> None:
    page = Client().get(urlsplit(issue(table).url).path).content.decode()
    assert page.count("<form") == 1


def test_link_of_the_card_leads_to_the_pin(table: Table) -> None:
    client = Client()
    assert client.post(urlsplit(issue(table).url).path).url == reverse("sign-in-pin")
    assert card_of(table).state == "new"
    client.post(reverse("sign-in-pin"), {"pin": PIN, "again": PIN})
    assert card_of(table).state == "used"


def test_a_card_is_taken_in_use_exactly_once(table: Table) -> None:
    issue(table)
    first, second = card_of(table), card_of(table)
    first.person = second.person = table.people["citizen"]
    assert cards.take_in_use(first, PIN)
    assert not cards.take_in_use(second, "8642")
    person = Person.objects.unrestricted(TEST).get(pk=table.people["citizen"].pk)
    assert person.check_password(PIN)


def test_pins_that_differ_are_told_beside_the_field(table: Table) -> None:
    client = Client()
    client.post(reverse("sign-in-card"), {"code": issue(table).code})
    response = client.post(reverse("sign-in-pin"), {"pin": "59384716", "again": "5937"})
    assert response.status_code == 422
    assert "De to er ikke like" in response.content.decode()
    assert "59384716" not in response.content.decode()
    assert card_of(table).state == "new"


def write(table: Table, when: Any, words: str = SECRET) -> Piece:
    with clock.frozen(when):
        return Piece.objects.create(
            process=table.process,
            room=table.rooms["peer"],
            author=table.people["citizen"],
            sealed_by=table.people["citizen"].pk,
            kind=PieceKind.STORY,
            body=words,
            created_at=when,
            shared_at=when,
        )


def test_whoever_issues_a_card_reads_no_older_piece(table: Table) -> None:
    """The coordinator prints a card for Amina, takes it in use themselves, and sees nothing that was there before."""
    now = clock.now()
    write(table, now - timedelta(days=3))
    coordinator = signed_in(table.people["coordinator"])
    page = coordinator.post(
        reverse("cards-print", args=[table.process.slug]), {"people": [str(table.people["citizen"].pk)]}
    )
    code = re.search(rf"[{codes.LETTERS}]{{4}}-[{codes.LETTERS}]{{4}}", page.content.decode())
    assert code is not None
    with clock.frozen(now) as moving:
        thief = Client()
        thief.post(reverse("sign-in-card"), {"code": code.group()})
        thief.post(reverse("sign-in-pin"), {"pin": PIN, "again": PIN})
        request_actor = actor_in(thief, table)
        assert list(Piece.objects.visible_to(request_actor)) == []
        newer = write(table, now + timedelta(minutes=1), "Nytt")
        assert list(Piece.objects.visible_to(actor_in(thief, table))) == [newer]
        # A second sign-in, by the same card or by another way, opens no more.
        again = Client()
        again.post(reverse("sign-in-card"), {"code": code.group()})
        again.post(reverse("sign-in-pin"), {"pin": PIN})
        assert list(Piece.objects.visible_to(actor_in(again, table))) == [newer]
        moving.move(timedelta(hours=24))
        assert thief.get(reverse("me")).status_code == 200
        assert "reads_from" not in thief.session
        assert Piece.objects.visible_to(actor_in(thief, table)).count() == 2


def actor_in(client: Client, table: Table) -> Any:
    """The actor of the client's session, as the request would have it."""
    from datetime import datetime

    stamp = client.session.get("reads_from")
    person = Person.objects.unrestricted(TEST).get(pk=client.session["_auth_user_id"])
    return actor_of(person, datetime.fromisoformat(stamp) if stamp else None)


def test_issuer_also_finds_no_way_in_by_a_one_time_link(table: Table) -> None:
    from langbord.people.signin.links import make_link

    now = clock.now()
    write(table, now - timedelta(days=3))
    url = make_link(person=table.people["citizen"], minutes=10, actor=table.actor("coordinator"))
    client = Client()
    assert client.post(urlsplit(url).path).url == reverse("sign-in-pin")
    client.post(reverse("sign-in-pin"), {"pin": PIN, "again": PIN})
    assert "reads_from" in client.session
    assert list(Piece.objects.visible_to(actor_in(client, table))) == []


def test_new_card_is_shown_to_the_person_and_to_the_hosts(table: Table) -> None:
    client = take_in_use(issue(table))
    page = client.get(reverse("me")).content.decode()
    assert "Er det deg?" in page
    shown = cards.new_cards_for(table.actor("host"))
    assert [(card.name, card.mine) for card in shown] == [("Amina", False)]
    for name in ("host-other-group", "citizen-2", "employee", "outsider", "host-waiting"):
        assert cards.new_cards_for(table.actor(name)) == []
    client.post(reverse("card-answer", args=[shown[0].id]), {"answer": "yes"})
    assert "Er det deg?" not in client.get(reverse("me")).content.decode()
    assert cards.new_cards_for(table.actor("host")) == shown, "a thief may have answered"


def test_revoking_ends_the_sessions_of_the_card(table: Table) -> None:
    printed = issue(table)
    client = take_in_use(printed)
    assert client.get(reverse("me")).status_code == 200
    card = card_of(table)
    host = signed_in(table.people["host"])
    assert host.post(reverse("card-answer", args=[card.pk]), {"answer": "no"}).status_code == 302
    assert client.get(reverse("me")).status_code == 302
    assert Client().post(reverse("sign-in-card"), {"code": printed.code}).status_code == 422
    assert not OwnSession.objects.visible_to(table.actor("citizen")).exists()


def test_strangers_do_not_find_the_card(table: Table) -> None:
    take_in_use(issue(table))
    card = card_of(table)
    for name in ("employee", "citizen-2", "host-other-group", "outsider", "coordinator-other-process"):
        response = signed_in(table.people[name]).post(
            reverse("card-answer", args=[card.pk]), {"answer": "no"}
        )
        assert response.status_code == 404, name
        with pytest.raises(NotAllowed):
            cards.revoke_card(card=card, actor=table.actor(name))
    assert card_of(table).state == "used"


def test_a_new_card_replaces_the_old_one_at_its_first_use(table: Table) -> None:
    old = issue(table)
    take_in_use(old)
    new = issue(table)
    assert Client().post(reverse("sign-in-card"), {"code": old.code}).status_code == 302, "works until then"
    take_in_use(new, "7193")
    assert Client().post(reverse("sign-in-card"), {"code": old.code}).status_code == 422


def test_an_unused_card_ends_when_a_new_one_is_printed_or_after_sixty_days(table: Table) -> None:
    first, second = issue(table), issue(table)
    assert cards.card_by_code(first.code) is None
    assert cards.card_by_code(second.code) is not None
    with clock.frozen(clock.now() + timedelta(days=61)):
        assert cards.card_by_code(second.code) is None


def test_print_page_shows_the_codes_once(table: Table) -> None:
    client = signed_in(table.people["coordinator"])
    address = reverse("cards-print", args=[table.process.slug])
    page = client.get(address).content.decode()
    assert "Amina" in page
    assert "Espen" not in page
    printed = client.post(
        address, {"people": [str(table.people["citizen"].pk), str(table.people["citizen-2"].pk)]}
    )
    text = printed.content.decode()
    assert printed.headers["Cache-Control"] == "no-store, private"
    assert text.count("brett her") == 2
    assert text.count("<svg") >= 2
    assert "style=" not in text
    assert "bare på denne maskinen" in text
    found = re.findall(rf"[{codes.LETTERS}]{{4}}-[{codes.LETTERS}]{{4}}", text)
    assert len(found) == 2
    assert not any(code in client.get(address).content.decode() for code in found)
    assert client.post(address, {}).status_code == 422


def test_print_page_is_not_there_for_others(table: Table) -> None:
    address = reverse("cards-print", args=[table.process.slug])
    for name in ("citizen", "employee", "leader", "coordinator-other-process", "outsider"):
        assert signed_in(table.people[name]).get(address).status_code == 404
    stranger = str(table.people["citizen-other-group"].pk)
    response = signed_in(table.people["host"]).post(address, {"people": [stranger]})
    assert response.status_code == 422
    assert not Card.objects.unrestricted(TEST).exists()


def test_shared_phone_leaves_nothing(table: Table) -> None:
    client = take_in_use(issue(table), shared="on")
    assert client.session.get("shared_phone") is True
    assert client.session.get_expire_at_browser_close()
    assert not client.cookies[SESSION]["max-age"]
    assert "<title>Notater</title>" in client.get(reverse("me")).content.decode()
    response = client.post(reverse("sign-out"))
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get(reverse("me")).status_code == 302


def test_own_phone_stays_for_thirty_days(table: Table) -> None:
    now = clock.now()
    with clock.frozen(now) as moving:
        client = take_in_use(issue(table))
        moving.move(timedelta(days=29))
        assert client.get(reverse("me")).status_code == 200
        moving.move(timedelta(days=2))
        assert client.get(reverse("me")).status_code == 302


def test_sign_in_keeps_nobody_elses_session(table: Table) -> None:
    client = sign_in(Client(), table.people["citizen-2"])
    before = client.session.session_key
    take_in_use(issue(table), client=client)
    assert client.session["_auth_user_id"] == str(table.people["citizen"].pk)
    assert client.session.session_key != before


def test_whoever_takes_somebody_in_by_their_address_prints_no_card_to_what_they_have_elsewhere(
    table: Table,
) -> None:
    """A card sets the PIN anew and opens everything. A coordinator elsewhere who knows an address took the citizen in,
    printed a card, waited a day and read their group."""
    kari = table.actor("coordinator")
    anna = register_person(name="Anna", actor=kari, email="anna@eksempel.example")
    take_in(process_id=table.process.pk, person=anna, role=Role.CITIZEN, actor=kari, room=table.room("peer"))
    table.people["anna"] = anna
    browser = signed_in(table.people["coordinator-other-process"])
    browser.post(
        reverse("process-invite", args=[table.other.slug]),
        {
            "name": "Anna",
            "role": Role.CITIZEN,
            "room": str(table.rooms["b-group"].pk),
            "email": "anna@eksempel.example",
            "once": str(uuid4()),
        },
    )
    assert table.actor("anna").has_role(table.other.pk, Role.CITIZEN)
    for by in ("coordinator-other-process", "daily-leader"):
        with pytest.raises(NotAllowed):
            issue(table, "anna", by=by)
    browser.get("/")  # here the message is shown that she has a seat
    page = browser.get(reverse("cards-print", args=[table.other.slug])).content.decode()
    assert "Oda" in page
    assert "Anna" not in page
    # Where she came from nothing changes, also when she has stopped there.
    issue(table, "anna", by="host")
    for membership in Membership.objects.unrestricted(TEST).filter(person=anna, process=table.process):
        end_membership(membership=membership, actor=kari)
    with pytest.raises(NotAllowed):
        issue(table, "anna", by="coordinator-other-process")
    with pytest.raises(NotAllowed):
        issue(table, "anna", by="coordinator")


def test_the_square_has_no_size_of_its_own_and_is_never_cut_off() -> None:
    """The page gives it a size. A drawing without a view box is not made smaller then: its right and lower parts are
    gone, and no phone can read it."""
    for text in ("http://localhost/k/kort", "https://langbord.en-stor-kommune.no/k/" + 43 * "x"):
        opening = qr_svg(text, "QR").partition(">")[0]
        assert "viewBox=" in opening
        assert "width=" not in opening
        assert "height=" not in opening
