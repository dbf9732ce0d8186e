"""The first meeting on two screens: an adviser's desktop and a citizen's phone, with JavaScript and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from langbord.base import clock

from . import behind
from .guests import PATIENCE, Guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]

PHONE = {"viewport": {"width": 360, "height": 740}}
BOTH_WAYS = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with-javascript", "without-javascript"]
)
SAID = "Jeg sover på sofaen til en venn."
PLAN = "Et sted å bo. Så vil jeg ta førerkort."


def come_in(guest: Guest, key: str) -> Guest:
    guest.go(behind.link_for(key))
    guest.press("Gå inn")
    return guest


def narrow(guest: Guest) -> None:
    width = guest.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360, f"{guest.path} is {width} px wide"


def tick_first(guest: Guest) -> None:
    guest.tap(guest.page.locator(".both-tick > li").first.get_by_role("button", name="Kryss av for meg"))


@BOTH_WAYS
def test_two_screens_one_list(example: None, new_guest: Callable[..., Guest], javascript: bool) -> None:
    espen = come_in(new_guest("Espen", javascript=javascript), "employee-1")
    amina = come_in(new_guest("Amina", javascript=javascript, **PHONE), "citizen-1")

    # The adviser begins and shows a code; the citizen finds the place on Meg and types it.
    espen.go("/forste-mote/")
    espen.page.locator("form[action='/forste-mote/ny/'] [name=called]").fill("Espen")
    espen.press("Begynn")
    espen.press("Lag en kode")
    code = espen.page.locator(".list-code").inner_text()
    amina.follow("Meg", within="nav")
    amina.follow("Listene mine")
    narrow(amina)
    amina.write(code=code.lower())
    amina.page.locator("form[action='/forste-mote/bli-med/'] [name=called]").fill("Amina")
    amina.press("Bli med på lista")
    amina.sees("Du og Espen", "Bare du og Espen")
    narrow(amina)
    where = amina.path
    espen.go(where)
    espen.sees("Du og Amina")

    # Both tick the same point, and she says what matters; he meets it.
    for guest in (amina, espen):
        guest.follow("Det som haster mest nå")
        tick_first(guest)
    amina.go(where + "om/what-matters-now/")
    narrow(amina)
    amina.sees("Amina: ja", "Espen: ja")
    if javascript:
        # His screen asks by itself: nothing is pressed on it.
        with espen.page.expect_response(
            lambda answer: "sett=" in answer.url and answer.status == 200, timeout=2 * PATIENCE
        ):
            amina.write(text=SAID)
            amina.press("Skriv det på lista")
        expect(espen.page.locator("section:has(#sagt)")).to_contain_text(SAID)
    else:
        amina.write(text=SAID)
        amina.press("Skriv det på lista")
        espen.go(where + "om/what-matters-now/")
        espen.sees(SAID)

    # He promises, with a day; she writes the plan; he can only propose to it.
    espen.go(where + "lofter/")
    espen.write(text="Jeg ringer boligkontoret.", due_on=(clock.today() + timedelta(days=2)).isoformat())
    espen.press("Jeg lover")
    amina.go(where + "lofter/")
    narrow(amina)
    amina.sees("Jeg ringer boligkontoret.")
    amina.go(where + "plan/")
    amina.write(text=PLAN)
    amina.press("Lagre")
    narrow(amina)
    espen.go(where + "plan/")
    espen.sees(PLAN, "Hva foreslår du?")
    espen.write(text="Vi kan se på trafikkskolen sammen.")
    espen.press("Foreslå")
    amina.go(where + "plan/")
    amina.press("Ta det inn i teksten min")
    assert "trafikkskolen" in amina.page.locator("main [name=text]").input_value()

    # By telephone, some days later: he writes for her, she says it is not right.
    espen.go(where + "om/my-plan/")
    espen.follow("Vi snakker i telefonen nå")
    espen.tap(espen.page.get_by_role("button", name="Innbyggeren sier ja i telefonen").first)
    amina.go("/meg/")
    amina.sees("Rådgiveren din har skrevet noe på lista for deg.")
    amina.go(where + "om/my-plan/")
    amina.press("Dette stemmer ikke")
    espen.go(where + "om/my-plan/")
    espen.sees("Amina: sier at dette ikke stemmer")

    # Put away, a new adviser: he sees nothing any more, she has it all.
    amina.go(where)
    amina.press("Legg bort lista for i dag")
    amina.sees("Vi spør bare denne ene gangen")
    amina.press("Ta den fram igjen")
    amina.unfold("Jeg har fått en ny rådgiver") if javascript else amina.page.locator("summary").first.click()
    amina.press("Steng lista for rådgiveren")
    amina.sees("Rådgiveren ser ikke lista lenger.")
    assert espen.page.goto(espen.base + where).status == 404  # type: ignore[union-attr]
    espen.sees_not(PLAN, SAID)
    amina.press("Lag en kode")
    narrow(amina)
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", amina.page.locator(".list-code").inner_text())
    kari = come_in(new_guest("Kari", javascript=javascript), "coordinator")
    kari.go("/forste-mote/bli-med/")
    kari.write(code=amina.page.locator(".list-code").inner_text(), called="Kari")
    kari.press("Bli med på lista")
    kari.sees("Du og Amina", "Et sted å bo.")
    assert amina.complaints == []
    assert espen.complaints == []
