"""The page for a fault of ours looks like the others, can be left at once, and never fails itself."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from langbord.web import errors


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


def test_whoever_was_writing_is_told_where_the_words_are(rf: RequestFactory) -> None:
    assert "Teksten din står der ennå" in errors.server_error(rf.post("/fortell/")).content.decode()
    assert "Teksten din står der ennå" not in errors.server_error(rf.get("/fortell/")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("checked", [True, False])
def test_too_much_at_once_is_not_called_a_wrong_address(checked: bool) -> None:
    """A long text that was sent is not lost, and nobody is told that the page is not there."""
    client = Client(enforce_csrf_checks=checked)
    client.get(reverse("sign-in-card"))
    text = "a" * (django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = client.post(reverse("sign-in-card"), f"text={text}", content_type="application/x-www-form-urlencoded")
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "Det ble for mye på en gang" in page
    assert "Vi finner ikke denne siden" not in page
