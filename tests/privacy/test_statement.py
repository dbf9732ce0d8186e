"""The privacy statement is true: it lists what the apps hold, the cookies a browser really gets, and who answers."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.utils import translation

from langbord.access.enums import RoomKind
from langbord.base import personal_data, retention
from langbord.base.personal_data import Category
from langbord.consent.models import Controller
from langbord.people.actions import found_organisation
from langbord.web.privacy import facts
from langbord.web.privacy.statement import FILE, SHOWS, statement
from langbord.words import split
from langbord.words.lix import EASY, ENOUGH_WORDS, HEAVY, lix
from tests.cast import Table
from tests.signin import signed_in

LANGUAGES = ("nb", "nn", "en")


def page(language: str = "nb", client: Client | None = None) -> str:
    response = (client or Client()).get("/personvern/", headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_read_it_in_their_language(table: Table, language: str) -> None:
    told = page(language)
    with translation.override(language):
        found = statement()
    assert f'<html lang="{language}"' in told
    for section in found.sections:
        assert f'<h2 id="{section.id}">' in told
    assert "Fjordvik kommune" in told


def _texts(node: Any) -> list[dict[str, str]]:
    if isinstance(node, dict):
        if "nb" in node:
            return [node]
        return [text for value in node.values() for text in _texts(value)]
    return [text for value in node for text in _texts(value)] if isinstance(node, list) else []


@pytest.mark.parametrize("file", [FILE, "staff/record.yaml"])
def test_nothing_is_left_untranslated(file: str) -> None:
    texts = _texts(yaml.safe_load((facts.FOLDER / file).read_text(encoding="utf-8")))
    assert texts
    assert not [text for text in texts if set(text) != set(LANGUAGES) or not all(text.values())]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_it_is_easy_to_read(language: str) -> None:
    figures = {
        text[language]: lix(text[language])
        for text in _texts(facts.content(FILE))
        if len(split.words(text[language])) >= ENOUGH_WORDS
    }
    assert len(figures) > 15
    worst = sorted(figures.items(), key=lambda pair: -pair[1])[:5]
    assert sum(figures.values()) / len(figures) < EASY, worst
    assert max(figures.values()) < HEAVY, worst


# -- what is kept


def test_it_has_a_sentence_for_each_kind_of_data_that_some_app_holds() -> None:
    held = {category for _r, holding in personal_data.holdings() for category in holding.categories}
    assert {category.value for category in held} == set(facts.content(FILE)["keeps"])
    assert held == set(facts.held_categories()) <= set(Category)


def test_it_names_every_single_thing_that_some_app_holds(table: Table) -> None:
    told = page().casefold()
    for _register, holding in personal_data.holdings():
        with translation.override("nb"):
            assert str(holding.what).casefold() in told, holding.model


def test_it_says_how_long_for_every_kind(table: Table) -> None:
    told = page()
    assert {one.kind for one in facts.kept()} == set(retention.policies())
    with translation.override("nb"):
        for one in facts.kept():
            assert one.title in told
            assert one.lasts in told
    lengths = [facts.Kept("", "", days, "fra da", "").lasts for days in (0, 1, 14, 365, 1825)]
    assert lengths == ["Fra da", "1 dag fra da", "14 dager fra da", "1 år fra da", "5 år fra da"]


def test_the_rights_are_where_it_says(table: Table) -> None:
    """Take back and correct: the buttons it names are on the pages."""
    from langbord.rooms import actions
    from langbord.rooms.enums import PieceKind

    told = page()
    assert "Ta det tilbake" in told
    piece = actions.write(
        actor=table.actor("citizen"), room=table.room(RoomKind.PEER), kind=PieceKind.POST, text="Hei"
    )
    amina = signed_in(table.people["citizen"])
    assert f"/b/{piece.pk}/ta-tilbake/" in amina.get(f"/b/{piece.pk}/").content.decode()
    assert "Ta det tilbake" in amina.get(f"/b/{piece.pk}/ta-tilbake/").content.decode()


# -- who answers


def test_whoever_answers_is_named_with_the_officer(table: Table) -> None:
    found_organisation(name="Svarer ikke for noe", kind="voluntary", units=())
    Controller.objects.create(organisation=table.municipality, contact="ombud@fjordvik.eksempel.no")
    told = page()
    assert "ombud@fjordvik.eksempel.no" in told
    assert "Svarer ikke for noe" not in told


def test_an_officer_who_is_not_named_is_said_to_be_missing(table: Table, settings: Any) -> None:
    assert "Ikke fylt ut ennå" in page()
    settings.LANGBORD_DPO_CONTACT = "ombud for alle, telefon 12 34 56 78"
    told = page()
    assert "Ikke fylt ut ennå" not in told
    assert "telefon 12 34 56 78" in told


def test_it_shows_something_sensible_before_anybody_began(db: None) -> None:
    assert "Ingen har begynt noe her ennå" in page()


def test_every_section_asks_only_for_what_there_is() -> None:
    assert {section.show for section in statement_sections()} - {""} == set(SHOWS)


def statement_sections() -> list[Any]:
    from langbord.web.privacy.statement import _section

    return [_section(raw) for raw in facts.content(FILE)["sections"]]


# -- cookies


def test_it_names_exactly_the_cookies_that_a_browser_gets(table: Table) -> None:
    """A visit, a choice of language, a sign-in and a form: what the browser holds afterwards is what is listed."""
    seen: set[str] = set()
    client = Client()
    for response in (
        client.get("/inn/"),
        client.post("/sprak/", {"language": "nn", "next": "/"}),
        client.post("/storrelse/", {"text_size": "large", "next": "/"}),
        client.get("/personvern/"),
    ):
        seen |= set(response.cookies)
    amina = signed_in(table.people["citizen"])
    for response in (
        amina.get("/"),
        amina.post(
            "/fortell/",
            {"once": str(uuid4()), "text": "Hei", "kind": "post", "process": str(table.process.pk)},
        ),
        amina.post("/meg/navn/", {"name": "Amina", "alias": "Mina"}),
    ):
        seen |= set(response.cookies)
    seen |= set(amina.cookies)
    assert seen == set(facts.cookie_names())
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME} <= seen
    assert set(facts.cookie_names().values()) == set(facts.content(FILE)["cookies"])


def test_nothing_else_is_kept_in_the_browser() -> None:
    folder = facts.FOLDER.parents[1] / "static" / "js"
    script = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.js")))
    assert "data-leave" in script
    assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", script)


# -- where it is found


def test_it_is_one_tap_from_every_page(table: Table) -> None:
    for client in (Client(), signed_in(table.people["citizen"]), signed_in(table.people["employee"])):
        for path in ("/", "/om/"):
            assert 'href="/personvern/"' in client.get(path).content.decode()
    assert (
        Client().get("/").content.decode().count('href="/personvern/"') == 2
    )  # the welcome page names it too
