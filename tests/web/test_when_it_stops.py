"""The page for a fault of ours looks like the others, can be left at once, and never fails itself."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
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
