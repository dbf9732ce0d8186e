"""The open library: read without signing in, by links that stay, and cheaply."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from langbord.library import content, other_words, search, shelves
from tests.signin import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

WIRE = 15_000


def every_address() -> list[str]:
    found = [
        reverse(name)
        for name in (
            "library", "library-search", "library-guide", "library-course", "library-templates",
            "library-words", "library-sources", "word-check",
        )
    ]  # fmt: skip
    for section in content.guide():
        found.append(reverse("library-section", args=[section.key]))
        found += [reverse("library-point", args=[point.key]) for point in section.points]
    found += [reverse("library-unit", args=[unit.key]) for unit in content.course()]
    found += [reverse("library-template", args=[template.key]) for template in content.templates()]
    for key in shelves.SHEETS:
        found.append(reverse("library-shelf", args=[key]))
        found += [reverse("library-sheet", args=[sheet.key]) for sheet in content.sheets(key)]
    found.append(reverse("word-check"))
    if shelves.letters():
        found.append(reverse("library-letters"))
    return found


def test_every_page_is_open_whole_light_and_leads_somewhere(client: Client) -> None:
    """200 without signing in, under 15 kB on the wire, every inner link leads to a page, every anchor is there."""
    pages: dict[str, str] = {}
    for address in every_address():
        response = client.get(address)
        assert response.status_code == 200, address
        pages[address] = response.content.decode()
        assert len(gzip.compress(response.content, 6)) < WIRE, address
        assert "[[" not in pages[address], address
    links = {
        (address, link)
        for address, page in pages.items()
        for link in re.findall(r'href="(/bibliotek/[^"]*|#[^"]*)"', page)
        if "?q=" not in link
    }
    for address, link in sorted(links):
        path, _, anchor = link.partition("#")
        at = path or address
        assert at in pages, f"{address} leads to {link}, which is no page"
        assert not anchor or f'id="{anchor}"' in pages[at], f"{address} leads to {link}, which is not there"


def test_open_pages_ask_the_database_nothing(client: Client, django_assert_num_queries: Any) -> None:
    """But the guide, the shelves, the letters and the words: they ask once, for the organisations that wrote something there."""
    with_a_choice = {
        reverse("library-guide"),
        reverse("library-letters"),
        reverse("library-words"),
        *(reverse("library-shelf", args=[key]) for key in shelves.SHEETS),
    }
    for address in every_address():
        with django_assert_num_queries(1 if address in with_a_choice else 0):
            client.get(address)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_speaks_each_language(client: Client, language: str) -> None:
    client.cookies["language"] = language
    (section, *_rest) = content.guide()
    page = client.get(reverse("library-section", args=[section.key])).content.decode()
    assert section.points[0].title.spoken(language) in page.replace("&#x27;", "'").replace("&quot;", '"')


def test_what_is_not_there_is_not_found(client: Client) -> None:
    for name in ("section", "point", "unit", "shelf", "sheet", "template"):
        assert client.get(reverse(f"library-{name}", args=["no-such-thing"])).status_code == 404


def test_a_page_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    address = reverse("library-sources")
    client.get(address)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    client.cookies["language"] = "nn"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_somebody_signed_in_leaves_nothing_in_the_browser(table: Any) -> None:
    page = signed_in(table.people["employee"]).get(reverse("library"))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "ETag" not in page


def test_the_way_in_is_at_the_foot_of_every_page(client: Client) -> None:
    for name in ("about", "privacy", "sign-in"):
        assert f'href="{reverse("library")}"' in client.get(reverse(name)).content.decode()


# --- search -------------------------------------------------------------------------------------------------------------


def test_every_page_is_found_by_its_title() -> None:
    for page in search.pages():
        found = search.search(page.title)
        assert any(hit.url == page.url for hit in found.hits[:8]), page.title


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("måltid", "maaltid"),
        ("RÅD", "rad"),
        ("familier", "familiene"),
        ("språk", "sprak"),
        ("gruppa", "GRUPPEN"),
    ],
)
def test_spelling_and_endings_are_forgiven(asked: str, same: str) -> None:
    first, second = search.search(asked), search.search(same)
    assert first.total > 0
    assert {hit.url for hit in first.hits} & {hit.url for hit in second.hits}


def test_where_the_ideas_come_from_is_found() -> None:
    for asked in ("om kildene", "Kobro", "masteroppgave", "Hagaseth"):
        assert any(hit.url.startswith(reverse("library-sources")) for hit in search.search(asked).hits), asked


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_other_word_leads_to_something(language: str) -> None:
    """Whoever asks with a word that we do not use finds pages, and none of the words stands in the list for nothing."""
    with translation.override(language):
        for entry in other_words.search_words().words:
            phrases = other_words.parts(str(entry.look_for))
            assert any(search.search(phrase).total for phrase in phrases), phrases
            for word in other_words.parts(str(entry.asked)):
                found = search.search(word)
                assert found.total, word
                assert not found.partly, word


def test_an_office_word_is_told_by_what_it_is_called_here(client: Client) -> None:
    page = client.get(reverse("library-search"), {"q": "rekruttere"}).content.decode()
    assert "Her kaller vi det:" in page
    assert reverse("library-section", args=["asking-people-in"]) in page
    # A word that stands in our texts is looked for as it is.
    assert not search.search("suppe").called


def test_one_wrong_letter_in_a_short_word_is_pointed_out() -> None:
    assert "tolk" in search.search("tålk").nearest


def test_a_word_is_not_found_inside_another_by_chance() -> None:
    assert "problemstilling" not in [str(hit.title) for hit in search.search("tillit").hits]


def test_a_hit_in_the_title_comes_first() -> None:
    found = search.build(
        (
            search.Page("a", "Noe annet", "/1", "suppe suppe suppe suppe suppe"),
            search.Page("a", "Suppe", "/2", "Noe helt annet."),
        )
    )
    scores = search._matching(found, "suppe")
    assert scores[1] > scores[0]


def test_hits_are_marked_and_everything_is_escaped(client: Client) -> None:
    page = client.get(reverse("library-search"), {"q": "innbygger"}).content.decode()
    assert "<mark>" in page
    evil = client.get(reverse("library-search"), {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in evil
    assert search.marked("a <b> suppe", ["suppe"]) == "a &lt;b&gt; <mark>suppe</mark>"


def test_nothing_found_helps(client: Client) -> None:
    page = client.get(reverse("library-search"), {"q": "qqxyzzyq"}).content.decode()
    assert "Vi fant ingenting om qqxyzzyq" in page
    assert reverse("library-guide") in page
    close = search.search("veiledren")
    assert close.hits or close.nearest


def test_searching_for_odd_things_never_fails(client: Client) -> None:
    for query in ("", " ", "%", "\x00", "a" * 5000, "((", "*", "å", "👩‍🍳", "[[guide:x]]", "og i på"):
        assert client.get(reverse("library-search"), {"q": query}).status_code == 200


def test_what_was_searched_for_stands_in_the_field(client: Client) -> None:
    page = client.get(reverse("library-search"), {"q": 'suppe "varm"'}).content.decode()
    assert 'value="suppe &quot;varm&quot;"' in page
