"""A unit of the course worked through by an employee, to a note that hangs in the service room. Without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from langbord.library import content

from . import behind
from .guests import Guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]

WORDS = "Vi spurte dem om fargen på døra, da alt annet var bestemt."


def test_a_unit_worked_through_to_a_note_in_the_service_room(
    example: None, new_guest: Callable[..., Guest]
) -> None:
    unit = content.course()[2]
    espen = new_guest("Espen", javascript=False, viewport={"width": 360, "height": 740})
    espen.go(behind.link_for("employee-1"))
    espen.press("Gå inn")
    espen.follow("Lære, et kvarter om gangen")
    espen.follow(f"3. {unit.title}")
    espen.follow("Begynn")
    hung = False
    for number, step in enumerate(unit.steps, 1):
        espen.sees(str(step.title), f"Steg {number} av {len(unit.steps)}")
        if step.prompt is not None and not hung:
            espen.write(text=WORDS)
            espen.press("Lagre, og heng det opp i tjenesterommet")
            espen.sees("Kari", WORDS)
            espen.press("Heng opp")
            espen.sees("Nå henger det i rommet", WORDS)
            hung = True
            espen.sees(WORDS, "Du har hengt opp noe fra dette notatet")
        espen.press("Ferdig med denne delen" if number == len(unit.steps) else "Neste")
    espen.sees("Du er gjennom denne delen", "Ta den en gang til")
    assert hung
    kari = new_guest("Kari", javascript=False)
    kari.go(behind.link_for("coordinator"))
    kari.press("Gå inn")
    kari.follow("Tjenesterommet")
    kari.sees(WORDS)
    kari.page.goto(f"{kari.page.url.split('/s/')[0]}/laering/kurs/{unit.key}/")
    assert "du har et notat" not in kari.page.content()
    assert espen.complaints == kari.complaints == []
