"""A yes that means something, in a browser: on paper and on screen, taken back and felt at once, and then everything taken
along. With and without JavaScript."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from langbord.base import clock

from . import behind
from .guests import Guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]

TABLE = "/s/et-hjem-a-trives-i/"
WORD = "fjordlyktestripe"
PIN = "7391"
SHOWN_CODE = re.compile(r"kode ([A-Z0-9]{4}[ -]?[A-Z0-9]{4})")


def signed_in(guest: Guest, key: str) -> Guest:
    guest.go(behind.link_for(key))
    guest.press("Gå inn")
    return guest


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_yes_on_paper_and_on_screen_taken_back_and_gone(
    example: None, new_guest: Callable[..., Guest], tmp_path: Path, javascript: bool
) -> None:
    randi = signed_in(new_guest("Randi", javascript=javascript), "host-peer")
    on_paper(randi)
    amina = signed_in(new_guest("Amina", javascript=javascript, accept_downloads=True), "citizen-1")
    researcher = signed_in(new_guest("Forsker", javascript=javascript), "researcher")

    amina.go("/")
    amina.sees("Ja til bilder", "Dette sa jeg ikke")  # what Randi wrote down is told at once
    amina.go("/meg/ja/")
    amina.sees("Bilder")
    amina.follow("Fortell", within="nav")
    amina.write(text=f"Vi fikk ei {WORD} i gangen.")
    amina.press("Lagre")
    amina.tap(amina.page.get_by_role("button", name=re.compile("^Del i ")).first)
    amina.sees(WORD)
    researcher.go(f"{TABLE}materiale/")
    researcher.sees(WORD)

    amina.go("/meg/ja/")
    amina.tap(amina.page.get_by_role("button", name=re.compile("Ta tilbake .*forskning")).first)
    researcher.go(f"{TABLE}materiale/")
    researcher.sees_not(WORD)
    amina.press("Si ja igjen")
    researcher.go(f"{TABLE}materiale/")
    researcher.sees(WORD)
    amina.go("/meg/ja/")
    amina.tap(amina.page.get_by_role("button", name=re.compile("Ta tilbake .*forskning")).first)
    researcher.go(f"{TABLE}materiale/")
    researcher.sees_not(WORD)
    randi.go(f"{TABLE}")
    amina.go("/meg/forskning/")
    amina.sees("åpnet")

    takes_everything(amina, tmp_path)
    randi.go("/gruppa/")
    randi.sees_not(WORD)
    for guest in (randi, amina, researcher):
        assert guest.complaints == []


def on_paper(randi: Guest) -> None:
    """A sheet for Amina about pictures, and the yes that came back on it."""
    randi.go(f"{TABLE}samtykker/ark/")
    randi.choose("people", "Amina")
    randi.choose("purposes", "Bilder av meg")
    randi.press("Lag arkene")
    randi.go(f"{TABLE}samtykker/")
    found = SHOWN_CODE.search(randi.words())
    assert found is not None, randi.words()
    randi.follow(f"kode {found[1]}")
    randi.write(code=found[1].lower(), signed_on=clock.today().isoformat())
    for blank in randi.page.locator("main input[type=radio][value=none]").all():
        blank.check()  # the sheet asks more than she answered
    randi.page.locator("main input[name=answer-photo][value=yes]").check()
    randi.press("Lagre svarene")


def takes_everything(amina: Guest, folder: Path) -> None:
    amina.go("/meg/pin/")
    amina.write(pin=PIN, again=PIN)
    amina.press("Lagre")
    amina.go("/meg/fil/")
    with amina.page.expect_download() as coming:
        amina.page.get_by_role("button", name="Hent fila").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    with zipfile.ZipFile(path) as packed:
        assert WORD in packed.read("les-meg.html").decode()
    amina.go("/meg/slutte/ta-alt-med/")
    amina.write(pin=PIN)
    amina.press("Slutte og ta alt med meg")
    amina.sees("Kvittering", "Nøkkelen er ødelagt")
