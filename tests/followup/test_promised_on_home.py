"""A citizen who has taken something on reads on Hjem that they owe an answer, as those at work do on their desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from langbord.base import clock
from langbord.followup import actions
from langbord.followup.enums import StepKind
from tests.cast import Table
from tests.followup.helpers import fresh, said, taken
from tests.followup.test_lines import many
from tests.followup.test_pages import client, html
from tests.followup.test_pages_whole import queries

PROMISED = "Du har lovet å svare"


def home(table: Table, who: str) -> str:
    return html(client(table, who).get("/"))


def test_a_citizen_is_told_what_they_have_promised_until_they_have_answered(table: Table) -> None:
    case = said(table, "employee", "service")
    assert PROMISED not in home(table, "citizen")
    taken(table, "citizen", case)
    for _ in range(3):  # newer things push the case itself off the three that Hjem shows
        said(table, "citizen-2", text="Noe nyere")
    page = home(table, "citizen")
    assert PROMISED in page
    assert f"Svar innen {(clock.today() + timedelta(days=actions.DAYS_TO_ANSWER)).day}. " in page
    assert f'href="{reverse("promises")}"' in page
    assert PROMISED not in home(table, "citizen-2"), "only the one who promised"
    actions.answer(actor=table.actor("citizen"), case=fresh(table, case), kind=StepKind.DO, reason="Ja.")
    assert PROMISED not in home(table, "citizen")


def test_a_day_that_has_passed_is_told_as_passed(table: Table) -> None:
    with clock.frozen(clock.now() - timedelta(days=actions.DAYS_TO_ANSWER + 1)):
        case = said(table, "employee", "service")
        taken(table, "citizen", case)
    page = home(table, "citizen").partition(PROMISED)[2]
    assert "Skulle hatt svar" in page.partition("</p>")[0]


def test_what_was_taken_back_is_owed_no_more(table: Table) -> None:
    from langbord.rooms import actions as rooms

    case = said(table, "employee", "service")
    taken(table, "citizen", case)
    rooms.take_back(actor=table.actor("employee"), piece=case.piece)
    assert PROMISED not in home(table, "citizen")


@pytest.mark.parametrize("number", [1, 30])
def test_hjem_costs_no_more_for_it(table: Table, number: int) -> None:
    many(table, number)
    browser = client(table, "citizen")
    before = queries(browser, "/")
    taken(table, "citizen", said(table, "employee", "service"))
    assert queries(browser, "/") <= before
    assert before <= 12
