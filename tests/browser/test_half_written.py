"""Words half written on a page stand there still when something else on it is pressed. Only with JavaScript: a browser
without it sends one form at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Route, expect

from . import behind
from .guests import Guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]

WORDS = "Jeg turte ikke å spørre om det"
NAMED = "main form[action$='/skriv/'] textarea"


def in_the_room(guest: Guest) -> Guest:
    guest.go(behind.link_for("citizen-1"))
    guest.press("Gå inn")
    guest.follow("Gruppa", within="nav")
    field(guest).fill(WORDS)
    return guest


def field(guest: Guest) -> Locator:
    return guest.page.locator(NAMED).first


def choose(guest: Guest, words: str) -> None:
    guest.page.locator("footer").get_by_role("button", name=words, exact=True).click()


def test_the_size_of_the_text_and_the_language(example: None, new_guest: Callable[..., Guest]) -> None:
    amina = in_the_room(new_guest("Amina"))
    where = amina.page.url
    choose(amina, "Størst")
    expect(amina.page.locator("html")).to_have_attribute("data-text-size", "largest")
    expect(field(amina)).to_have_value(WORDS)
    choose(amina, "Nynorsk")
    expect(amina.page.locator("html")).to_have_attribute("lang", "nn")
    expect(field(amina)).to_have_value(WORDS)
    expect(amina.page.locator("footer").get_by_role("button", name="Nynorsk", exact=True)).to_be_focused()
    assert amina.page.url == where
    # The page that was laid in place works as one that was loaded, and what was held is sent once.
    field(amina).fill(f"{WORDS}.")
    with amina.page.expect_navigation():
        amina.page.locator("main form[action$='/skriv/'] button[type=submit]").last.click()
    expect(amina.page.locator("article.piece", has_text=WORDS)).to_have_count(1)
    expect(field(amina)).to_have_value("")
    assert amina.complaints == []


def test_what_was_read_at_the_entrance(example: None, new_guest: Callable[..., Guest]) -> None:
    amina = in_the_room(new_guest("Amina"))
    amina.page.get_by_role("button", name="Jeg har lest det").click()
    expect(amina.page.get_by_role("button", name="Jeg har lest det")).to_have_count(0)
    expect(field(amina)).to_have_value(WORDS)


def test_a_button_that_leads_to_another_page_takes_the_words_along(
    example: None, new_guest: Callable[..., Guest]
) -> None:
    """*Jeg kommer* leads to the page of the gathering. They stand there to copy; *back* is the room again."""
    amina = in_the_room(new_guest("Amina"))
    room = amina.page.url
    amina.page.locator("main form[action$='/svar/'] button").first.click()
    left = amina.page.get_by_role("textbox", name="Det du hadde begynt å skrive")
    expect(left).to_have_value(WORDS)
    assert "/samling/" in amina.page.url
    amina.page.go_back()
    expect(field(amina)).to_be_visible()
    assert amina.page.url == room


def test_nothing_is_held_where_nothing_is_written(example: None, new_guest: Callable[..., Guest]) -> None:
    amina = in_the_room(new_guest("Amina"))
    field(amina).fill("")
    with amina.page.expect_navigation():
        choose(amina, "Størst")
    expect(field(amina)).to_have_value("")


def test_when_the_network_is_gone_the_page_stays_and_says_so(
    example: None, new_guest: Callable[..., Guest]
) -> None:
    amina = in_the_room(new_guest("Amina"))
    amina.page.route("**/storrelse/", lambda route: route.abort())
    choose(amina, "Størst")
    expect(amina.page.get_by_role("alert")).to_contain_text("står her ennå")
    expect(field(amina)).to_have_value(WORDS)
    amina.page.unroute("**/storrelse/")
    choose(amina, "Størst")
    expect(amina.page.locator("html")).to_have_attribute("data-text-size", "largest")
    expect(field(amina)).to_have_value(WORDS)


def test_the_field_is_gone_and_the_words_are_shown_to_copy(
    example: None, new_guest: Callable[..., Guest]
) -> None:
    """The room was closed meanwhile, say."""
    amina = in_the_room(new_guest("Amina"))

    def without(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("/skriv/", "/ikke-her/"))

    amina.page.route("**/storrelse/", without)
    choose(amina, "Størst")
    left = amina.page.get_by_role("textbox", name="Det du hadde begynt å skrive")
    expect(left).to_have_value(WORDS)
    assert WORDS not in amina.page.locator("form textarea").first.input_value()


def test_signing_out_takes_nothing_along(example: None, new_guest: Callable[..., Guest]) -> None:
    amina = in_the_room(new_guest("Amina"))
    with amina.page.expect_navigation():
        amina.page.locator("footer form button.linklike").click()
    assert WORDS not in amina.page.content()
    values = amina.page.locator("textarea, input").evaluate_all("all => all.map(one => one.value)")
    assert WORDS not in values
