"""Nothing that somebody wrote is lost: not when they only paused, not when the session ran out, not with two clicks."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from . import behind
from .conftest import MovedClock
from .guests import Guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]

BOTH_WAYS = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with-javascript", "without-javascript"]
)
WORDS = "Det tok sju uker før noen ringte tilbake."


def at_tell(guest: Guest) -> Guest:
    guest.go(behind.link_for("citizen-1"))
    guest.press("Gå inn")
    guest.follow("Fortell", within="nav")
    return guest


def kept(guest: Guest) -> int:
    """How many drafts or pieces of one's own have these words."""
    guest.go("/fortell/")
    return guest.page.locator("article.piece", has_text=WORDS).count()


def test_a_draft_saves_itself(example: None, new_guest: Callable[..., Guest]) -> None:
    amina = at_tell(new_guest("Amina"))
    amina.write(text=WORDS)
    expect(amina.page.locator("[data-saved]")).to_contain_text("Lagret")
    amina.page.goto("about:blank")
    assert kept(amina) == 1
    assert amina.complaints == []


def test_saving_oneself_after_it_saved_itself_makes_one(
    example: None, new_guest: Callable[..., Guest]
) -> None:
    amina = at_tell(new_guest("Amina"))
    amina.write(text=WORDS)
    expect(amina.page.locator("[data-saved]")).to_contain_text("Lagret")
    amina.press("Lagre")
    amina.sees(WORDS)
    assert kept(amina) == 1


def test_what_is_long_on_the_way_does_not_come_last(example: None, new_guest: Callable[..., Guest]) -> None:
    """Earlier words, still on their way to the draft when *Lagre* is pressed, arrive before the later ones, not after."""
    amina = at_tell(new_guest("Amina"))
    held: list[Route] = []
    told: list[str] = []
    amina.page.route("**/fortell/kladd/", lambda route: held.append(route))
    amina.page.on("request", lambda asked: told.append(f"asked {asked.method} {urlsplit(asked.url).path}"))
    amina.page.on("requestfinished", lambda asked: told.append(f"answered {urlsplit(asked.url).path}"))
    with amina.page.expect_request("**/fortell/kladd/"):
        amina.write(text="Det tok")
    amina.write(text=WORDS)
    amina.page.get_by_role("button", name="Lagre", exact=True).click(no_wait_after=True)
    held[0].continue_()
    expect(amina.page.locator("article.piece", has_text=WORDS).first).to_be_visible()
    assert told.index("answered /fortell/kladd/") < told.index("asked POST /fortell/")
    assert kept(amina) == 1
    assert amina.complaints == []


@BOTH_WAYS
def test_the_session_ran_out_while_writing(
    example: None, moved_clock: MovedClock, new_guest: Callable[..., Guest], javascript: bool
) -> None:
    """Thirty days on one's own phone; on the thirty-first what is sent is kept, for the same person only."""
    amina = at_tell(new_guest("Amina", javascript=javascript))
    moved_clock.move(days=31)
    amina.write(text=WORDS)
    amina.press("Lagre")
    amina.sees("Det du skrev, er her ennå.")
    amina.sees_not(WORDS)
    amina.go(behind.link_for("citizen-1"))
    amina.press("Gå inn")
    if WORDS not in amina.page.content():
        amina.go("/meg/")
        amina.tap(amina.page.locator('main a[href="/meg/reddet/"]'))
    amina.sees(WORDS)
    other = new_guest("Bjarne", javascript=javascript)
    other.go(behind.link_for("citizen-2"))
    other.press("Gå inn")
    other.go("/meg/reddet/")
    other.sees_not(WORDS)


@BOTH_WAYS
def test_two_clicks_save_once(example: None, new_guest: Callable[..., Guest], javascript: bool) -> None:
    amina = at_tell(new_guest("Amina", javascript=javascript))
    amina.write(text=WORDS)
    amina.page.get_by_role("button", name="Lagre", exact=True).dblclick(no_wait_after=True)
    # Not a wait for the next page: the second click breaks off the first one's.
    expect(amina.page.locator("article.piece", has_text=WORDS).first).to_be_visible()
    amina.page.wait_for_load_state()
    assert kept(amina) == 1


def test_another_button_of_the_same_form_is_another_wish(
    example: None, new_guest: Callable[..., Guest]
) -> None:
    """*Jeg kommer*, twice, is sent once; *Kan ikke* right after it is sent too."""
    amina = new_guest("Amina")
    amina.go(behind.link_for("citizen-1"))
    amina.press("Gå inn")
    amina.follow("Gruppa", within="nav")
    amina.page.evaluate(
        """() => {
          window.sent = [];
          addEventListener("submit", (event) => {
            if (!event.defaultPrevented) window.sent.push(event.submitter.value);
            event.preventDefault();
          });
        }"""
    )
    buttons = amina.page.locator("main form[action$='/svar/'] button[type=submit]")
    for number in (0, 0, 1):
        buttons.nth(number).click()
    wishes = [buttons.nth(number).get_attribute("value") for number in (0, 1)]
    assert amina.page.evaluate("window.sent") == wishes


@BOTH_WAYS
def test_going_back(example: None, new_guest: Callable[..., Guest], javascript: bool) -> None:
    """The words are on the page one comes back to, in the field or among the drafts; and sent again they are still there.
    (A browser may fill the new form with the old words: then they become a second draft, which its author can throw away.)"""
    amina = at_tell(new_guest("Amina", javascript=javascript))
    amina.write(text=WORDS)
    amina.press("Lagre")
    amina.page.go_back()
    field = amina.page.locator("main [name=text]")
    assert WORDS in (field.input_value() + (amina.page.locator("main").text_content() or ""))
    if field.input_value():
        amina.press("Lagre")
    assert kept(amina) >= 1


@BOTH_WAYS
def test_what_is_refused_stays_in_the_field(
    example: None, new_guest: Callable[..., Guest], javascript: bool
) -> None:
    """Too long: the page says so, and has every word."""
    amina = at_tell(new_guest("Amina", javascript=javascript))
    long = WORDS * 200
    amina.write(text=long)
    with amina.page.expect_navigation():
        amina.page.get_by_role("button", name="Lagre", exact=True).click()
    amina.sees("Teksten er for lang.")
    assert amina.page.locator("main [name=text]").input_value() == long


@BOTH_WAYS
def test_what_is_missing_is_said_in_our_words(
    example: None, new_guest: Callable[..., Guest], javascript: bool
) -> None:
    """Not by the browser, in a bubble and in its own language."""
    amina = at_tell(new_guest("Amina", javascript=javascript))
    with amina.page.expect_navigation():
        amina.page.get_by_role("button", name="Lagre", exact=True).click()
    expect(amina.page.locator("main .ds-error-summary")).to_be_visible()
    assert amina.page.locator("main [name=text][aria-invalid=true]").count() == 1
