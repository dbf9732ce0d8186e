"""The page for a fault of ours looks like the others, can be left at once, and never fails itself."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from langbord.web import errors
from tests.cast import Table
from tests.signin import signed_in


def test_the_page_for_a_fault_looks_like_the_others_and_can_be_left(
    rf: RequestFactory, settings: object
) -> None:
    settings.NEUTRAL_SITE = "https://nøytral.example/"  # type: ignore[attr-defined]
    with translation.override("en"):
        answer = errors.server_error(rf.get("/gruppa/"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert 'rel="stylesheet"' in page
    assert 'href="https://nøytral.example/" rel="noreferrer"' in page
    assert 'lang="en"' in page


def test_it_is_there_without_the_stylesheet_too(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(path: str) -> str:
        raise ValueError(f"Missing staticfiles manifest entry for {path}")

    monkeypatch.setattr(errors, "static", missing)
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Noe stoppet opp hos oss" in answer.content.decode()


WORDS = "Jeg turte ikke å spørre <om> det."
FORM = {
    "text": WORDS,
    "once": "0d5dbd2f-5f6e-4b6c-8f8f-5d0a54ab3c1e",
    "kind": "good",
    "pin": "hemmelig kode her",
}
OURS = {"origin": "http://testserver"}


def given_back(page: str) -> bool:
    return "Jeg turte ikke å spørre &lt;om&gt; det.</textarea>" in page


def test_whoever_was_writing_gets_the_words_back(rf: RequestFactory) -> None:
    """And no database is asked: here none may be."""
    answer = errors.server_error(rf.post("/fortell/", FORM, headers=OURS))
    page = answer.content.decode()
    assert given_back(page)
    assert page.count("<textarea") == 1, "neither keys nor choices"
    assert "hemmelig" not in page
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "<textarea" not in errors.server_error(rf.get("/fortell/", {"text": WORDS})).content.decode()


@pytest.mark.parametrize("origin", [{}, {"origin": "null"}, {"origin": "https://elsewhere.example"}])
def test_words_that_may_come_from_another_place_are_not_shown_as_ones_own(
    rf: RequestFactory, origin: dict[str, str]
) -> None:
    assert "<textarea" not in errors.server_error(rf.post("/", FORM, headers=origin)).content.decode()


def test_words_that_cannot_be_read_are_no_reason_to_fail(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: object) -> list[str]:
        raise OSError("the connection was cut")

    monkeypatch.setattr(errors.rescue, "words_sent", broken)
    assert errors.server_error(rf.post("/", FORM, headers=OURS)).status_code == 500


@pytest.mark.django_db(databases=["default", "vault"])
def test_words_written_to_what_is_gone_or_on_a_page_that_stood_open_come_back(table: Table) -> None:
    """A room closed meanwhile, and one's own sign-in in another tab: the page that says so has the words."""
    somebody = signed_in(table.people["citizen"])
    gone = somebody.post("/b/0d5dbd2f-5f6e-4b6c-8f8f-5d0a54ab3c1e/endre/", FORM, headers=OURS)
    assert gone.status_code == 404
    assert given_back(gone.content.decode())
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = somebody.cookies
    stale = checked.post("/fortell/", FORM, headers=OURS)
    assert stale.status_code == 403
    assert given_back(stale.content.decode())
    assert "no-store" in stale.headers["Cache-Control"]
    foreign = checked.post("/fortell/", FORM, headers={"origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert not given_back(foreign.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("checked", [True, False])
def test_too_much_at_once_is_not_called_a_wrong_address(checked: bool) -> None:
    """A long text that was sent is not lost, and nobody is told that the page is not there."""
    client = Client(enforce_csrf_checks=checked)
    client.get(reverse("sign-in-card"))
    text = "a" * (django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = client.post(
        reverse("sign-in-card"), f"text={text}", content_type="application/x-www-form-urlencoded"
    )
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "Det ble for mye på en gang" in page
    assert "Vi finner ikke denne siden" not in page


@pytest.mark.django_db(databases=["default", "vault"])
def test_the_address_of_a_form_opened_as_a_page_is_not_blank(table: Table) -> None:
    """As a telephone does that closed the tab after a form was refused."""
    answer = signed_in(table.people["citizen"]).get(f"/s/{table.process.slug}/tavla/oppgave/ny/")
    opened = signed_in(table.people["citizen"]).get(
        f"/s/{table.process.slug}/rom/{table.rooms['peer'].pk}/skriv/"
    )
    assert (answer.status_code, opened.status_code) == (200, 405)
    assert opened.headers["Allow"] == "POST"
    assert "Gå hjem" in opened.content.decode()
    assert "no-store" in opened.headers["Cache-Control"]
    other = signed_in(table.people["citizen"]).put(f"/s/{table.process.slug}/tavla/oppgave/ny/")
    assert (other.status_code, other.content) == (405, b"")
