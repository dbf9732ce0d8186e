"""Codes and PINs that are not right: what was typed stays, all get the same answer, and guessing is slowed down for whoever guesses."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from langbord.base import clock
from langbord.people.signin.places import place_of
from tests.cast import Table

from .test_cards import PIN, issue, take_in_use


def test_wrong_code_keeps_what_was_typed(table: Table) -> None:
    response = Client().post(reverse("sign-in-card"), {"code": "ABCD-EF23"})
    assert response.status_code == 422
    assert "ABCD-EF23" in response.content.decode()
    short = Client().post(reverse("sign-in-card"), {"code": "AB"})
    assert "åtte tegn" in short.content.decode()


def test_guessing_card_codes_is_slowed_down(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    from langbord.people.signin import views

    monkeypatch.setattr(views, "CARD_TRIES", 4)
    printed = issue(table)
    with clock.frozen(clock.now()) as now:
        client = Client(headers={"x-forwarded-for": "203.0.113.7"})
        for _wrong in range(4):
            client.post(reverse("sign-in-card"), {"code": "ABCD-EF23"})
        assert (
            "for mange forsøk"
            in client.post(reverse("sign-in-card"), {"code": printed.code}).content.decode()
        )
        assert "for mange forsøk" in client.post("/k/" + "x" * 32 + "/").content.decode()
        assert client.post(urlsplit(printed.url).path).status_code == 302, "a QR is not guessed"
        elsewhere = Client(headers={"x-forwarded-for": "203.0.113.8"})
        assert elsewhere.post(reverse("sign-in-card"), {"code": printed.code}).status_code == 302
        now.move(timedelta(minutes=10))
        assert client.post(reverse("sign-in-card"), {"code": printed.code}).status_code == 302


def test_unknown_old_and_stopped_cards_get_the_same_answer(table: Table) -> None:
    from .test_links import bare

    stopped, printed = issue(table), issue(table)
    with clock.frozen(clock.now() + timedelta(days=61)):
        pages = {
            bare(Client().post(reverse("sign-in-card"), {"code": code}).content).replace(code.encode(), b"")
            for code in ("ABCD-EF23", stopped.code, printed.code)
        }
        links = {
            bare(Client().post(path).content)
            for path in (urlsplit(stopped.url).path, urlsplit(printed.url).path, "/k/" + "x" * 32 + "/")
        }
    assert len(pages) == len(links) == 1


def test_twenty_places_that_guess_keep_nobody_else_out(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    from langbord.people.signin import views

    monkeypatch.setattr(views, "CARD_TRIES", 12)
    printed = issue(table)
    wrong = {"code": "ABCD-EF23"}
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{place}").post(reverse("sign-in-card"), wrong).content.decode()
        for place in range(20)
        for _try in range(12)
    ]
    tried = [page for page in answers if "for mange forsøk" not in page]
    assert 0 < len(tried) <= 20 * 12, "no more in all than before"
    elsewhere = Client(REMOTE_ADDR="192.0.2.200")
    assert elsewhere.post(reverse("sign-in-card"), {"code": printed.code}).status_code == 302


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:51234", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:201::1", "2001:db8:1:200::/56"),
        ("2001:db8:1:2ff:a:b:c:d", "2001:db8:1:200::/56"),
        ("[2001:db8:1:201::1]:443", "2001:db8:1:200::/56"),
        ("nowhere", "nowhere"),
        ("1.1.1.1, 203.0.113.7", "203.0.113.7"),
    ],
)
def test_a_whole_network_counts_as_one_place(said: str, place: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": said})
    assert place_of(request) == place


def test_wrong_pins_have_to_wait_longer_and_longer(table: Table) -> None:
    printed = issue(table)
    with clock.frozen(clock.now()) as now:
        take_in_use(printed)
        client = Client()
        client.post(reverse("sign-in-card"), {"code": printed.code})
        for _wrong in range(5):
            assert "ikke riktig PIN" in client.post(reverse("sign-in-pin"), {"pin": "9999"}).content.decode()
        refused = client.post(reverse("sign-in-pin"), {"pin": PIN})
        assert refused.status_code == 422
        when = (now.at + timedelta(minutes=1)).astimezone(clock.OSLO).strftime("%H.%M")
        assert when in refused.content.decode()
        now.move(timedelta(minutes=1, seconds=1))
        client.post(reverse("sign-in-pin"), {"pin": "9999"})
        now.move(timedelta(minutes=1, seconds=1))
        assert client.post(reverse("sign-in-pin"), {"pin": PIN}).status_code == 422
        now.move(timedelta(minutes=1))
        assert client.post(reverse("sign-in-pin"), {"pin": PIN}).status_code == 302
