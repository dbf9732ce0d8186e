"""What is given away on paper: a card folds in the middle with its code inside, a sheet begins at the top of the paper,
and nothing is cut off at its edge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import behind
from .guests import Guest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

TABLE = "/s/et-hjem-a-trives-i/"
PAPER = {"width": 658, "height": 994}
"""An A4 sheet within its margins, 174 by 263 mm, in pixels of 1/96 inch."""
MM = 96 / 25.4
MARGIN = 18
HALF = 297 / 2


def test_paper(example: None, new_guest: Callable[..., Guest]) -> None:
    kari = new_guest("Kari", viewport=PAPER)
    session = behind.session_of(behind.persona("coordinator"))
    kari.context.add_cookies([{"name": "langbord", "value": session, "url": kari.base}])

    kari.go(f"{TABLE}kort/")
    kari.page.locator("main input[type=checkbox]").first.check()
    kari.press("Lag kortene")
    on_paper(kari)
    assert top_of(kari, ".fold-card") == 0, "the folds are measured from the top of the sheet"
    assert round(top_of(kari, ".fold-line") / MM + MARGIN) == round(HALF), "folded in the middle"
    code = kari.page.locator(".fold-code").bounding_box()
    assert code is not None
    assert code["y"] + code["height"] < PAPER["height"], "the code is on the same sheet, under the fold"

    whole(kari, ".fold-code svg")

    kari.page.emulate_media(media="screen")
    kari.go(f"{TABLE}samtykker/ark/")
    kari.page.locator("main input[type=checkbox]").first.check()
    kari.press("Lag arkene")
    on_paper(kari)
    assert top_of(kari, ".consent-sheet") == 0
    sheet = kari.page.locator(".consent-sheet").first
    assert sheet.evaluate("(e) => getComputedStyle(e).breakInside") == "auto", (
        "the first sheet of paper is not empty"
    )

    kari.go(f"{TABLE}samtykker/")
    on_paper(kari)
    table = kari.page.locator(".table-scroll").first
    assert table.evaluate("(e) => e.scrollWidth <= document.documentElement.clientWidth"), (
        "every answer is on the paper"
    )
    assert table.evaluate("(e) => getComputedStyle(e).overflowX") == "visible"
    assert not kari.page.locator(".back").first.is_visible()


def on_paper(guest: Guest) -> None:
    guest.page.emulate_media(media="print")


def top_of(guest: Guest, what: str) -> float:
    box = guest.page.locator(what).first.bounding_box()
    assert box
    return box["y"]


def whole(guest: Guest, what: str) -> None:
    """A QR that is cut off at an edge cannot be read."""
    drawn = guest.page.locator(f"{what} path").last.bounding_box()
    around = guest.page.locator(what).last.bounding_box()
    assert drawn is not None
    assert around is not None
    assert around["x"] < drawn["x"]
    assert around["y"] < drawn["y"]
    assert drawn["x"] + drawn["width"] < around["x"] + around["width"]
    assert drawn["y"] + drawn["height"] < around["y"] + around["height"]
