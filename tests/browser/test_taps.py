"""How little it takes: taps from an opened link to a saved story, one tap to say *I come*; and the same by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from . import behind
from .guests import Guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]

PHONE = {"viewport": {"width": 360, "height": 740}}
MOST_TABS = 60


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_from_the_link_to_a_saved_story(
    example: None, new_guest: Callable[..., Guest], javascript: bool
) -> None:
    amina = new_guest("Amina", javascript=javascript, **PHONE)
    amina.go(behind.link_for("citizen-1"))
    amina.press("Gå inn")
    amina.follow("Fortell", within="nav")
    amina.write(text="Heisen sto, og naboen bar barnevogna.")
    amina.press("Lagre")
    amina.sees("Heisen sto, og naboen bar barnevogna.", "Lagret. Bare du kan lese det.")
    assert amina.taps <= 3
    assert amina.complaints == []


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_saying_that_one_comes(example: None, new_guest: Callable[..., Guest], javascript: bool) -> None:
    amina = new_guest("Amina", javascript=javascript, **PHONE)
    amina.go(behind.link_for("citizen-1"))
    amina.press("Gå inn")
    amina.taps = 0
    amina.press("Jeg kommer")
    amina.sees("Så fint. Vi sees.")
    assert amina.taps == 1
    assert amina.page.get_by_role("button", name="Jeg kommer").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_taking_back_a_yes(example: None, new_guest: Callable[..., Guest], javascript: bool) -> None:
    amina = new_guest("Amina", javascript=javascript, **PHONE)
    amina.go(behind.link_for("citizen-1"))
    amina.press("Gå inn")
    amina.taps = 0
    amina.follow("Meg", within="nav")
    amina.follow("Det jeg har sagt ja til")
    amina.press("Ta tilbake Å være med")
    assert amina.taps == 3
    amina.sees("Du har tatt det tilbake", "Si ja igjen")
    assert amina.complaints == []


def test_by_keyboard_alone(example: None, new_guest: Callable[..., Guest]) -> None:
    """Link, home and Fortell: the main button of each is reached with Tab, shows that it is, and works with Enter."""
    amina = new_guest("Amina", **PHONE)
    amina.go(behind.link_for("citizen-1"))
    _tab_to(amina, "Gå inn")
    _enter(amina)
    amina.sees("Hei, Amina")
    _tab_to(amina, "Jeg kommer")
    _enter(amina)
    amina.sees("Så fint. Vi sees.")
    _tab_to(amina, "Fortell")
    _enter(amina)
    _tab_to(amina, "", tag="TEXTAREA")
    amina.page.keyboard.type("Skrevet uten mus.")
    _tab_to(amina, "Lagre")
    _enter(amina)
    amina.sees("Skrevet uten mus.", "Lagret. Bare du kan lese det.")


def _tab_to(guest: Guest, words: str, tag: str = "") -> None:
    for _step in range(MOST_TABS):
        guest.page.keyboard.press("Tab")
        here: dict[str, Any] = guest.page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
               return {tag: e.tagName, words: e.innerText || "", shown: s.outlineStyle !== "none" || s.boxShadow !== "none"}; }"""
        )
        if here["tag"] == tag if tag else here["words"].strip() == words:
            assert here["shown"], f"«{words or tag}» has focus, and nobody sees it"
            return
    raise AssertionError(f"{guest.name} does not reach «{words or tag}» with Tab")


def _enter(guest: Guest) -> None:
    with guest.page.expect_navigation():
        guest.page.keyboard.press("Enter")
