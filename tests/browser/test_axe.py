"""Every kind of page of the example, as somebody who comes there: no fault that axe finds, at a phone's and a desk's
width, light and dark; nothing sideways at 320 px; nothing in the console; nothing asked of anybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.urls import Resolver404, resolve

from . import behind
from .guests import ADDRESS, Guest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]

PERSONAS = (
    "citizen-1",
    "host-peer",
    "coordinator",
    "employee-1",
    "host-service",
    "leader",
    "researcher",
    "paid-participant",
    "mentor",
    "operator",
)
NO_PAGES = {"gathering-ics", "healthz", "readyz"}
SEEN_BY_ALL = {"home", "process"}
ONLY_CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
MOST_PAGES = 300
"""How far each persona looks around."""


def look_around(key: str, dead: list[str]) -> dict[tuple[str, str], str]:
    """The pages that a persona comes to by links, one of each kind and room. A link that leads nowhere is added to `dead`."""
    client = behind.client_of(behind.persona(key))
    found: dict[tuple[str, str], str] = {}
    waiting, met = ["/"], {"/": "the start"}
    while waiting and len(met) < 2000:
        address = waiting.pop(0)
        try:
            match = resolve(address)
        except Resolver404:
            dead.append(f"{key}: {address}, on {met[address]}")
            continue
        name = str(match.url_name)
        if name in NO_PAGES or "GET" not in match.func.declared:  # type: ignore[attr-defined]
            continue
        kind = (name, behind.place_of(match.kwargs, {})[0])
        if kind in found:
            continue
        response = client.get(address)
        if response.status_code in (301, 302, 303):
            further = response["Location"].partition("#")[0].partition("?")[0]
            met.setdefault(further, met[address])
            waiting.insert(0, further)
            continue
        if response.status_code != 200:
            dead.append(f"{key}: {address} answers {response.status_code}, on {met[address]}")
            continue
        if not response.headers["Content-Type"].startswith("text/html"):
            continue  # a file to take along
        found[kind] = address
        for link in ADDRESS.findall(response.content.decode()):
            path = link.replace("&amp;", "&").partition("?")[0]
            if path not in met and not path.startswith("/static/"):
                met[path] = address
                waiting.append(path)
        if len(found) >= MOST_PAGES:
            break
    return found


def test_every_kind_of_page(example: None, new_guest: Callable[..., Guest]) -> None:
    taken: set[tuple[str, str]] = set()
    faults: list[str] = []
    dead: list[str] = []
    looked = 0
    for key in PERSONAS:
        guest = new_guest(key)
        session = behind.session_of(behind.persona(key))
        guest.context.add_cookies([{"name": "langbord", "value": session, "url": guest.base}])
        for kind, address in look_around(key, dead).items():
            if kind in taken and kind[0] not in SEEN_BY_ALL:
                continue
            taken.add(kind)
            guest.go(address)
            looked += 1
            faults.extend(f"{key} {kind[0]} {address} {fault}" for fault in look_at(guest))
        faults.extend(f"{key}: {complaint}" for complaint in guest.complaints)
    assert faults == [], "\n".join(faults)
    assert dead == [], "\n".join(dead)
    assert looked > 40, "the example has become smaller than it was"


def look_at(guest: Guest) -> list[str]:
    """What is wrong with the page that is shown now. All rules for a phone in light and a desk in dark; the other two
    differ from them in colours only."""
    page, faults = guest.page, []
    page.evaluate(AXE)
    for width, scheme, rules in (
        (360, "light", {}),
        (360, "dark", ONLY_CONTRAST),
        (1280, "dark", {}),
        (1280, "light", ONLY_CONTRAST),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found: list[list[str]] = page.evaluate(
            """async (options) => (await axe.run(document, options)).violations.map(v => [v.id, v.nodes[0].html])""",
            {"resultTypes": ["violations"], **rules},
        )
        faults += [f"{width} {scheme}: {rule}: {html[:160]}" for rule, html in found]
    page.set_viewport_size({"width": 320, "height": 700})
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > 320:
        faults.append(f"is {wide} px wide at 320")
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate("document.documentElement.style.removeProperty('font-size')")
    return [*faults, f"is {wide} px wide at 360 with text of 200 %"] if wide > 360 else faults
