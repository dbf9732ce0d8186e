"""Leaving in a browser: told before, the file first, the PIN, the receipt; with and without JavaScript."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from . import behind
from .guests import Guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]

BOTH_WAYS = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with-javascript", "without-javascript"]
)
WORDS = "Vannet var borte i tre dager, og ingen sa fra."
PIN = "4817"
HOST = "host-peer"


def look(guest: Guest, name: str) -> None:
    """Keep a picture for whoever asks for one (LOOK=folder)."""
    if folder := os.environ.get("LOOK"):
        for width in (360, 1280):
            guest.page.set_viewport_size({"width": width, "height": 900})
            guest.page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


@BOTH_WAYS
def test_taking_everything(
    example: None, new_guest: Callable[..., Guest], tmp_path: Path, javascript: bool
) -> None:
    amina = new_guest("Amina", javascript=javascript, accept_downloads=True)
    amina.go(behind.link_for("citizen-1"))
    amina.press("Gå inn")
    amina.go("/meg/pin/")
    amina.write(pin=PIN, again=PIN)
    amina.press("Lagre")
    amina.follow("Fortell", within="nav")
    amina.write(text=WORDS)
    amina.press("Lagre")

    amina.go("/meg/")
    look(amina, "meg")
    amina.follow("Være stille en stund, eller slutte")
    look(amina, "slutte")
    amina.follow("Slutte og ta alt med meg")
    amina.sees("Dette blir borte for alle", "2 kladder", "Ingen kan åpne dem igjen")
    look(amina, "for")
    before = amina.page.locator("main section ul").first.inner_text().split("\n")

    amina.follow("Få alt i en fil")
    look(amina, "fil")
    with amina.page.expect_download() as coming:
        amina.page.get_by_role("button", name="Hent fila").click()
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    with zipfile.ZipFile(path) as packed:
        data = json.loads(packed.read("langbord.json"))
        page = packed.read("les-meg.html").decode()
    assert WORDS in page
    drafts = next(s for s in data["sections"] if s["key"] == "drafts")["items"]
    assert WORDS in [item["words"] for item in drafts]
    if folder := os.environ.get("LOOK"):
        (Path(folder) / "les-meg.html").write_text(page)

    amina.go("/meg/slutte/ta-alt-med/")
    amina.write(pin="9999")
    with amina.page.expect_navigation():
        amina.page.get_by_role("button", name="Slutte og ta alt med meg").click()
    amina.page.get_by_text("Ingenting er endret").first.wait_for()
    look(amina, "feil")
    amina.write(pin=PIN)
    amina.press("Slutte og ta alt med meg")
    assert amina.path == "/kvittering/"
    amina.sees("Kvittering", "Nøkkelen er ødelagt", *before)
    look(amina, "kvittering")
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", amina.words())
    assert found is not None
    code = found[0]
    amina.go("/meg/")
    assert amina.path == "/inn/"
    assert amina.complaints == []

    somebody = new_guest("Somebody", javascript=javascript)
    somebody.go("/kvittering/")
    look(somebody, "finn")
    somebody.write(code=code.lower())
    somebody.press("Vis")
    somebody.sees("Kvittering", *before)
    somebody.press("Ferdig")
    somebody.go("/kvittering/")
    somebody.sees("Koden på kvitteringen")
    assert somebody.complaints == []


@BOTH_WAYS
def test_silent_and_back(example: None, new_guest: Callable[..., Guest], javascript: bool) -> None:
    amina = new_guest("Amina", javascript=javascript)
    amina.go(behind.link_for("citizen-1"))
    amina.press("Gå inn")
    amina.go("/meg/slutte/")
    amina.follow("Være stille en stund")
    look(amina, "stille")
    amina.tap(amina.page.locator("main").get_by_role("button", name=re.compile("Vær stille i")).first)
    amina.sees("Nå er du stille")
    amina.go("/meg/")
    look(amina, "meg-stille")
    amina.press("Jeg er tilbake")
    amina.go("/meg/")
    assert "Du er stille" not in amina.words()
    assert amina.complaints == []


def test_a_host_helps(example: None, new_guest: Callable[..., Guest]) -> None:
    host = new_guest("Randi")
    host.go(behind.link_for(HOST))
    host.press("Gå inn")
    host.go("/gruppa/")
    host.follow("Hjelpe noen å slutte")
    look(host, "hjelp")
    host.page.locator("main [name=person]").first.check()
    host.choose("way", "Slutte og ta alt med meg")
    host.page.locator("main [name=heard]").check()
    host.press("Skriv det ned")
    host.sees("Ingenting har skjedd ennå", "Venter på personen selv")
    look(host, "hjelp-venter")
    host.press("Stopp dette")
    host.sees("Stoppet")
    assert host.complaints == []
