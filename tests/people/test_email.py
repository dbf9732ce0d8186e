"""Codes by e-mail: right for the one who has the address, and saying nothing to anybody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from langbord.access.actor import actor_of
from langbord.access.enums import Role
from langbord.base import clock
from langbord.people.actions import register_person
from langbord.people.models import EmailCode
from langbord.people.signin import emailcodes
from langbord.rooms.actions import write
from langbord.rooms.enums import PieceKind
from langbord.rooms.seating import take_in
from tests.cast import TEST, Table

from .test_links import bare

ADDRESS = "kari@fjordvik.example"
pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def kari() -> Any:
    return register_person(name="Kari", actor=None, email=ADDRESS, is_operator=True)


def ask(client: Client, email: str = ADDRESS) -> Any:
    response = client.post(reverse("sign-in-email"), {"email": email})
    emailcodes.wait_for_mail()
    return response


def sent_code() -> str:
    found = re.search(r"\b\d{4} \d{4}\b", mail.outbox[-1].body)
    assert found is not None
    return found.group()


def test_a_code_signs_in_once(kari: Any) -> None:
    client = Client()
    assert ask(client, " Kari@Fjordvik.example ").url == reverse("sign-in-code")
    assert mail.outbox[-1].to == [ADDRESS]
    code = sent_code()
    assert client.post(reverse("sign-in-code"), {"code": f" {code}."}).url == reverse("home")
    assert client.session["_auth_user_id"] == str(kari.pk)
    assert client.post(reverse("sign-in-code"), {"code": code}).url == reverse("sign-in-email")


def test_the_mail_is_neutral(kari: Any) -> None:
    ask(Client())
    text = (mail.outbox[-1].subject + mail.outbox[-1].body).casefold()
    for word in ("kari", "kommune", "samskaping", "gruppe", "nav", "http"):
        assert word not in text


def test_known_and_unknown_addresses_get_the_same_answer(kari: Any) -> None:
    known, unknown = Client(), Client()
    first, second = ask(known), ask(unknown, "ingen@fjordvik.example")
    for answer in (first, second):
        del answer["Expires"]  # the time of the answer: the two may lie on either side of a second
    assert (first.status_code, first.headers, first.content) == (
        second.status_code,
        second.headers,
        second.content,
    )
    assert len(mail.outbox) == 1
    pages = [bare(client.get(reverse("sign-in-code")).content) for client in (known, unknown)]
    assert pages[0] == pages[1]
    wrong = [bare(c.post(reverse("sign-in-code"), {"code": "000000"}).content) for c in (known, unknown)]
    assert wrong[0] == wrong[1]


def test_known_and_unknown_addresses_take_the_same_queries(kari: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask(Client(), "den-forste@fjordvik.example")
    counts = []
    for email in (ADDRESS, "ingen@fjordvik.example", ADDRESS, "noen@fjordvik.example"):
        with CaptureQueriesContext(connection) as queries:
            ask(Client(), email)
        counts.append(len(queries))
    # The third is a second code to the same address: its count of tries is there already.
    assert counts[0] == counts[1] == counts[3]


def test_a_code_gets_old(kari: Any) -> None:
    client = Client()
    ask(client)
    with clock.frozen(clock.now() + timedelta(minutes=10, seconds=1)):
        assert client.post(reverse("sign-in-code"), {"code": sent_code()}).status_code == 422


def test_five_tries_and_no_more(kari: Any) -> None:
    client = Client()
    ask(client)
    code = sent_code()
    wrong = "00000000" if code != "0000 0000" else "11111111"
    for _try in range(5):
        assert client.post(reverse("sign-in-code"), {"code": wrong}).status_code == 422
    assert client.post(reverse("sign-in-code"), {"code": code}).status_code == 422


def test_a_code_is_for_the_browser_that_asked(kari: Any) -> None:
    ask(Client())
    code = sent_code()
    other = Client()
    ask(other, "ingen@fjordvik.example")
    assert other.post(reverse("sign-in-code"), {"code": code}).status_code == 422


def test_asking_often_is_stopped_for_known_and_unknown_alike(kari: Any) -> None:
    pages = []
    for email in (ADDRESS, "ingen@fjordvik.example"):
        client = Client()
        for _time in range(5):
            assert ask(client, email).status_code == 302
        response = ask(client, email)
        assert response.status_code == 422
        pages.append(bare(response.content).replace(email.encode(), b""))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 5


def test_only_digests_of_codes_are_stored(kari: Any) -> None:
    ask(Client())
    row = EmailCode.objects.unrestricted(TEST).get()
    assert sent_code() not in repr(row.__dict__)
    assert sent_code().replace(" ", "") not in repr(row.__dict__)


def test_mail_goes_to_the_stored_address_and_not_to_a_look_alike(kari: Any) -> None:
    ask(Client(), "ｋari@fjordvik.example")
    assert [message.to for message in mail.outbox] in ([], [[ADDRESS]])


def test_what_is_no_address_is_kept_in_the_field(kari: Any) -> None:
    response = Client().post(reverse("sign-in-email"), {"email": "kari"})
    assert response.status_code == 422
    assert 'value="kari"' in response.content.decode()


def test_asking_on_and_on_from_one_place_keeps_nobody_else_out(
    kari: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emailcodes, "IN_ALL", 20)
    busy = Client(REMOTE_ADDR="192.0.2.7")
    answers = [ask(busy, f"noen-{number}@fjordvik.example").status_code for number in range(20)]
    assert answers.count(422) == 5
    assert ask(Client(REMOTE_ADDR="192.0.2.8")).status_code == 302


def test_nobody_is_kept_out_by_somebody_who_asks_for_codes_to_their_address(kari: Any) -> None:
    busy = Client(REMOTE_ADDR="192.0.2.7")
    assert [ask(busy).status_code for _time in range(6)] == [302] * 5 + [422]
    page = ask(busy).content.decode()
    assert "Har du et kort, kommer du inn med det nå" in page
    own = Client(REMOTE_ADDR="192.0.2.8")
    assert ask(own).status_code == 302
    assert own.post(reverse("sign-in-code"), {"code": sent_code()}).status_code == 302
    for place in range(40):  # and nobody's inbox is filled from many places
        ask(Client(REMOTE_ADDR=f"198.51.100.{place}"))
    assert len(mail.outbox) <= emailcodes.PER_ADDRESS_IN_ALL


def test_a_code_opens_a_citizen_no_more_than_a_card_does(table: Table) -> None:
    """Whoever seats somebody may have typed an address of their own. Like whoever printed a card they choose a PIN, and
    open nothing older for a day; and a card that the citizen takes in use sets the PIN anew."""
    kari = table.actor("coordinator")
    anna = register_person(name="Anna", actor=kari, email="anna@eksempel.example")
    take_in(process_id=table.process.pk, person=anna, role=Role.CITIZEN, actor=kari, room=table.room("peer"))
    write(actor=actor_of(anna), room=table.room("peer"), kind=PieceKind.STORY, text="Ord fra i går")
    client = Client()
    ask(client, "anna@eksempel.example")
    assert client.post(reverse("sign-in-code"), {"code": sent_code()}).url == reverse("sign-in-pin")
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("sign-in-pin"), {"pin": "5938", "again": "5938"})
    assert answer.url == reverse("home")
    assert client.session["_auth_user_id"] == str(anna.pk)
    room = reverse("room", args=[table.process.slug, table.rooms["peer"].pk])
    assert "Ord fra i går" not in client.get(room).content.decode()
    with clock.frozen(clock.now() + timedelta(hours=24, minutes=1)):
        later = Client()
        ask(later, "anna@eksempel.example")
        assert later.post(reverse("sign-in-code"), {"code": sent_code()}).url == reverse("sign-in-pin")
        assert later.post(reverse("sign-in-pin"), {"pin": "5939"}).status_code == 422
        assert later.post(reverse("sign-in-pin"), {"pin": "5938"}).url == reverse("home")
        assert "Ord fra i går" in later.get(room).content.decode()
