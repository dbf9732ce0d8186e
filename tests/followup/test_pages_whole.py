"""The pages of the board as a whole: queries, nothing inline, and what stands together."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from langbord.base import clock
from langbord.followup import actions, lines
from langbord.followup.enums import State, StepKind
from langbord.followup.models import Case
from tests.cast import Table
from tests.followup.helpers import QUOTE, fresh, said, taken
from tests.followup.test_lines import many
from tests.followup.test_pages import at, client, html

# -- how it is made


def addresses(table: Table, case: Case) -> dict[str, str]:
    names = ("case", "case-assign", "case-answer", "case-use", "case-came-back", "case-comment")
    found = {name: at(name, table, case) for name in names}
    found |= {name: at(name, table) for name in ("board", "board-print", "task-new")}
    return {**found, "promises": reverse("promises"), "searched": at("board", table) + "?sok=noe"}


def queries(browser: Client, address: str) -> int:
    with (
        CaptureQueriesContext(connections["default"]) as words,
        CaptureQueriesContext(connections["vault"]) as vault,
    ):
        assert browser.get(address).status_code == 200
    skip = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET")
    return sum(not q["sql"].startswith(skip) for q in [*words.captured_queries, *vault.captured_queries])


def test_every_page_costs_at_most_twelve_queries_with_one_and_with_thirty(table: Table) -> None:
    many(table, 2)
    case = Case.objects.visible_to(table.actor("employee")).filter(state=State.DO).get()
    browser = client(table, "coordinator")
    few = {name: queries(browser, address) for name, address in addresses(table, case).items()}
    many(table, 30)
    for name, address in addresses(table, case).items():
        number = queries(browser, address)
        assert number <= 12, (name, number)
        assert number == few[name], name
    employee = client(table, "employee")
    address = at("case-answer", table, case)
    with (
        CaptureQueriesContext(connections["default"]) as words,
        CaptureQueriesContext(connections["vault"]) as vault,
    ):
        employee.post(address, {"once": uuid4(), "kind": "do", "reason": "Ja."})
    assert len(words) + len(vault) <= 12


def test_nothing_inline_and_one_name_for_each_page(table: Table) -> None:
    case = taken(table)
    browser = client(table, "coordinator")
    for name, address in addresses(table, case).items():
        response = browser.get(address)
        page = html(response)
        expected = "board" if name == "searched" else name
        assert f'data-page="{expected}"' in page
        assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", page), name
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), (name, sorted(i for i in ids if ids.count(i) > 1))
        assert page.count('data-kind="main"') <= 1, name
        assert response["Cache-Control"] == "no-store, private"


def test_what_waits_and_what_happened_stand_on_one_page(table: Table) -> None:
    """The two parts for home pages, with the same case in both, and two boards: no anchor twice."""
    from django.template.loader import render_to_string

    taken(table)
    said(table, text="Ingens ennå")
    actor = table.actor("coordinator")
    found = lines.latest_cases(actor, [table.process.pk])
    waiting = render_to_string(
        "followup/_waiting.html", {"waiting": lines.waiting_for(table.actor("employee"))}
    )
    nobodys = render_to_string("followup/_waiting.html", {"waiting": lines.waiting_for(actor)})
    happened = render_to_string(
        "followup/_said_happened.html", {"lines": found, "board_slug": table.process.slug}
    )
    other = render_to_string("followup/_said_happened.html", {"lines": found[:0], "board_slug": "annen"})
    assert QUOTE in waiting
    assert "Du har lovet å svare" in waiting
    assert "Ingen svarer på dette ennå" in nobodys
    assert "Ingens ennå" in nobodys
    assert QUOTE in happened
    assert other.strip() == ""
    ids = re.findall(r'\sid="([^"]+)"', waiting + happened)
    assert len(ids) == len(set(ids))
    assert waiting.count("data-piece") == 1


# -- promises: what was, and the way on


def test_a_promise_that_was_kept_or_moved_is_told_as_what_was(table: Table) -> None:
    """Until there is an answer «Espen svarer innen …» stands; after it that would be a promise nobody waits for."""
    employee, case = table.actor("employee"), taken(table)
    browser = client(table, "employee")
    page = html(browser.get(at("case", table, case)))
    assert (page.count(" svarer innen "), page.count("Lovet: svar fra ")) == (1, 0)
    actions.assign(actor=employee, case=case, promised_on=clock.today() + timedelta(days=20))
    page = html(browser.get(at("case", table, case)))
    assert (page.count(" svarer innen "), page.count("Lovet: svar fra ")) == (1, 1)
    actions.answer(actor=employee, case=fresh(table, case), kind=StepKind.DO, reason="Ja.")
    page = html(browser.get(at("case", table, case)))
    assert (page.count(" svarer innen "), page.count("Lovet: svar fra ")) == (0, 2)
    actions.comment(actor=employee, case=fresh(table, case), text="Takk.")
    actions.assign(actor=employee, case=fresh(table, case), promised_on=clock.today() + timedelta(days=9))
    assert html(browser.get(at("case", table, case))).count(" svarer innen ") == 1, "a new one is to come"


def test_nothing_promised_has_the_way_to_the_board_for_whom_may_take_something_on(table: Table) -> None:
    main = html(client(table, "employee").get(reverse("promises"))).partition("<main")[2]
    assert f'href="{at("board", table)}"' in main
    assert "Jeg tar den" in main
    for who in ("host", "researcher"):
        assert "Jeg tar den" not in html(client(table, who).get(reverse("promises"))), who
