"""One's own pages: reached from Meg, one thing at a time, taken back in three taps, nothing lost on wrong input."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from langbord.consent import actions, asking, setup, texts
from langbord.consent.enums import AgeBand, EventKind, Purpose, Standing
from tests.cast import Table
from tests.consent import helpers as h
from tests.signin import signed_in


def test_being_asked_one_thing_after_another(table: Table) -> None:
    amina, process = table.people["citizen"], table.process
    client = signed_in(amina)
    page = client.get(reverse("consents"))
    assert "Vi spør deg om 10 ting" in page.text
    age = reverse("consent-age", args=[process.pk])
    assert f"{age}?rekke=1" in page.text
    answered = client.post(f"{age}?rekke=1", {"band": "adult", "on": "1"})
    first = reverse("consent-ask", args=[process.pk, Purpose.TAKING_PART])
    assert answered["Location"] == f"{first}?rekke=1"
    question = client.get(answered["Location"])
    assert "Spørsmål 1 av 10" in question.text
    data = {"once": str(uuid4()), "shown": texts.notice(Purpose.TAKING_PART, "nb").sha256, "on": "1"}
    on = client.post(first, {**data, "answer": "yes"})
    assert on["Location"].endswith("/minutes/?rekke=1")
    later = client.post(on["Location"], {**data, "once": str(uuid4()), "shown": "", "answer": "later"})
    assert later["Location"].endswith("/recording/?rekke=1")
    page = client.get(reverse("consents"))
    assert "Du sa ja" in page.text
    assert "Vi spør deg om 8 ting" in page.text
    assert h.says_yes(amina, Purpose.TAKING_PART, process)
    assert not h.says_yes(amina, Purpose.MINUTES, process)
