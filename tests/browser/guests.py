"""A guest: somebody with a browser of their own, who does what a person does and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Response

ADDRESS = re.compile(r"""(?:href|action|data-autosave)=["'](/[^"'#]*)""")
NOT_PAGES = ("/static/",)
PATIENCE = 60_000
"""Milliseconds that a browser is waited for. Only a fault waits so long; a busy machine may need a good part of it."""


@dataclass
class Seen:
    """Every address of the product that somebody has come upon, as page, link or form."""

    addresses: dict[str, None] = field(default_factory=dict)

    def note(self, url: str, html: str) -> None:
        for address in (
            urlsplit(url).path,
            *(found.replace("&amp;", "&") for found in ADDRESS.findall(html)),
        ):
            if not address.startswith(NOT_PAGES):
                self.addresses.setdefault(address.partition("?")[0])


class Guest:
    """Goes to pages, presses and writes, and notices when something is wrong."""

    def __init__(self, name: str, context: BrowserContext, base: str, seen: Seen) -> None:
        self.name, self.context, self.base, self.seen = name, context, base, seen
        self.page: Page = context.new_page()
        self.taps = 0
        self.complaints: list[str] = []
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asks)

    def _hears(self, message: Any) -> None:
        if message.type in ("error", "warning") and "404" not in message.text and "422" not in message.text:
            self.complaints.append(message.text)

    def _asks(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    # -- going about

    def go(self, path: str) -> None:
        """To an address, as typed or followed from a paper."""
        self._arrived(self.page.goto(path if path.startswith("http") else self.base + path))

    def follow(self, words: str, *, within: str = "body") -> None:
        """One tap on the first link with these words."""
        self.tap(self.page.locator(within).get_by_role("link", name=words).first)

    def press(self, words: str, *, within: str = "main") -> None:
        """One tap on the first button with exactly these words."""
        self.tap(self.page.locator(within).get_by_role("button", name=words, exact=True).first)

    def tap(self, target: Any) -> None:
        """One tap on what leads to another page; afterwards that page is there, whole."""
        self.taps += 1
        with self.page.expect_navigation() as going:
            target.click()
        self._arrived(going.value)

    def _arrived(self, response: Response | None) -> None:
        assert response is None or response.status < 400, (
            f"{self.name} at {self.page.url}: {response and response.status}\n{self.words()}"
        )
        self.seen.note(self.page.url, self.page.content())

    def unfold(self, words: str) -> None:
        """One tap on what opens a fold."""
        self.taps += 1
        self.page.locator("summary", has_text=words).first.click()

    def write(self, **fields: str) -> None:
        """Write in fields, by name."""
        for name, text in fields.items():
            self.page.locator(f"main [name={name}]:not([type=hidden])").first.fill(text)

    def choose(self, name: str, label: str) -> None:
        """Choose from a list, or tap the choice with these words."""
        field = self.page.locator(f"main [name={name}]").first
        if field.evaluate("node => node.tagName") == "SELECT":
            wanted = field.locator("option", has_text=label).first.get_attribute("value")
            field.select_option(value=wanted)
        else:
            self.page.locator("main").get_by_label(label, exact=True).first.check()

    # -- looking

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def words(self) -> str:
        return self.page.locator("body").inner_text()

    def sees(self, *texts: str) -> None:
        """Words on the page, also inside folds."""
        shown = self.page.locator("main").text_content() or ""
        for text in texts:
            assert text in shown, f"{self.name} at {self.path} does not see «{text}»:\n{self.words()}"

    def sees_not(self, *texts: str) -> None:
        html = self.page.content()
        for text in texts:
            assert text not in html, f"{self.name} at {self.path} sees «{text}»"
