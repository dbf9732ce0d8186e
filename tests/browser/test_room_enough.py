"""Room enough: a word longer than the screen folds instead of pushing the page wide, and who has nothing to do on a page
gets no hole where that would have stood."""

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
PAGES = {
    "citizen-1": ("/", "/gruppa/", "/fortell/", "/meg/ja/", f"{TABLE}tavla/", "/bibliotek/", "/forste-mote/"),
    "coordinator": (
        TABLE,
        f"{TABLE}folk/",
        f"{TABLE}invitere/",
        f"{TABLE}kort/",
        "/s/ny/",
        "/organisasjoner/",
    ),
}
LENGTHEN = """() => {
  const long = "Forvaltningskompetanseutviklingsprosjektkoordineringsgruppemedlemmene";
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const text of found)
    if (!text.parentElement.closest("svg, option, textarea")) text.textContent = text.textContent.replace(/\\S{2,}/, long);
  document.querySelectorAll("details").forEach((more) => { more.open = true; });
  return document.documentElement.scrollWidth;
}"""


def at(new_guest: Callable[..., Guest], key: str, width: int) -> Guest:
    guest = new_guest(key, viewport={"width": width, "height": 740})
    session = behind.session_of(behind.persona(key))
    guest.context.add_cookies([{"name": "langbord", "value": session, "url": guest.base}])
    return guest


def test_there_is_room(example: None, new_guest: Callable[..., Guest]) -> None:
    wide = []
    for key, pages in PAGES.items():
        guest = at(new_guest, key, 320)
        for page in pages:
            guest.go(page)
            if (width := guest.page.evaluate(LENGTHEN)) > 320:
                wide.append(f"{page} is {width} px wide at 320")
    assert wide == []

    researcher = at(new_guest, "researcher", 1280)
    researcher.go(TABLE)
    head = researcher.page.locator("main h1").bounding_box()
    first = researcher.page.locator("main .columns h2").first.bounding_box()
    assert head is not None
    assert first is not None
    assert first["x"] == head["x"]
