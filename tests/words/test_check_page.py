"""Looking over a text without signing in: marks and advice, the text kept, and nothing stored anywhere."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from langbord.library.views_words import LONGEST
from tests.cast import Table
from tests.signin import signed_in

PAGE = "/bibliotek/ord/sjekk/"
LETTER = "Det vises til søknaden. Vi hjelper sosialklienter, evt. brukere kanarifugl."


def html(response: Any) -> str:
    return str(response.content.decode())


def look(text: str, language: str = "nb", client: Client | None = None) -> Any:
    return (client or Client()).post(PAGE, {"text": text, "language": language})


@pytest.mark.django_db(databases=["default", "vault"])
def test_the_page_says_what_it_is_and_that_nothing_is_kept() -> None:
    page = Client().get(PAGE)
    assert page.status_code == 200
    assert "Vi lagrer ikke teksten" in html(page)
    assert "råd, ikke retting" in html(page)
    assert "word-check-text" not in html(page), "nothing to show yet"
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db(databases=["default", "vault"])
def test_marks_advice_and_the_text_again() -> None:
    page = look(LETTER)
    shown = html(page)
    assert page.status_code == 200
    for marked in ("Det vises til", "sosialklienter", "evt.", "brukere"):
        assert f"<mark>{marked}</mark>" in shown, marked
    assert "Pengene er én del av livet" in shown, "its own reason"
    assert "Skriv det helt ut" in shown
    assert "innbygger · deltaker" in shown
    box = shown[shown.index("<textarea") : shown.index("</textarea>")]
    assert LETTER in box, "can be changed and looked over again"
    assert "Se over en gang til" in shown


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_text_is_never_read_as_html() -> None:
    shown = html(look("<script>alert(1)</script> Vi kartlegger <b>alt</b>."))
    assert "<script>alert(1)" not in shown
    assert "<b>alt" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.django_db(databases=["default", "vault"])
@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("", "nb", "Skriv eller lim inn en tekst først."),
        ("  \n ", "nb", "Skriv eller lim inn en tekst først."),
        ("a " * LONGEST, "nb", "Teksten er for lang."),
        ("Hei", "xx", "Velg et annet"),
    ],
)
def test_wrong_input_is_told_and_kept(text: str, language: str, words: str) -> None:
    page = look(text, language)
    assert page.status_code == 422
    assert words in html(page)
    assert text.strip()[:40] in html(page)


@pytest.mark.django_db(databases=["default", "vault"])
def test_plain_text_gets_a_kind_word() -> None:
    assert "Vi fant ikke noe å si" in html(look("Vi møtes på kjøkkenet klokka fem."))


@pytest.mark.django_db(databases=["default", "vault"])
def test_nynorsk_and_english_have_their_own_words() -> None:
    assert "<mark>brukarane</mark>" in html(look("Vi ringjer brukarane.", "nn"))
    assert "<mark>prior to</mark>" in html(look("Call us prior to the visit.", "en"))


def test_nothing_is_stored_and_nothing_is_logged(table: Table, caplog: pytest.LogCaptureFixture) -> None:
    """Not for strangers and not for people who are signed in: no statement that writes, no word in the log."""
    caplog.set_level(logging.DEBUG)
    for client in (Client(), signed_in(table.people["employee"]), signed_in(table.people["citizen"])):
        client.get(PAGE)
        with (
            CaptureQueriesContext(connections["default"]) as seen,
            CaptureQueriesContext(connections["vault"]) as kept,
        ):
            assert look(LETTER, client=client).status_code == 200
        written = [q["sql"] for q in [*seen, *kept] if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert [sql for sql in written if "session" not in sql] == []
        assert not any("kanarifugl" in q["sql"] for q in [*seen, *kept])
        assert not any("kanarifugl" in str(value) for value in dict(client.session).values())
    assert "kanarifugl" not in caplog.text
