"""That the browser, the server of the tests and the built front end work together."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]


def test_a_page_looks_and_sounds_right(page: Page, live_server: Any) -> None:
    """The missing page: ours, styled, with our font, and nothing the content policy had to stop."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/finnes-ikke/")
    page.wait_for_load_state("networkidle")
    assert [text for text in told if "404" not in text] == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].some(f => f.status === 'loaded'))"
    )
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_the_browser_speaks_norwegian(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/finnes-ikke/")
    assert page.evaluate("[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]") == [
        "nb-NO",
        "Europe/Oslo",
    ]
    assert page.locator("html").get_attribute("lang") == "nb"
