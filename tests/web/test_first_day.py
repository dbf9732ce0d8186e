"""A table that is just laid: what the first pages say before anything has happened, and what is printed on that day."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from langbord.base import clock
from langbord.gatherings import minutes
from langbord.people.signin import cards
from langbord.processes.actions import describe
from tests.cast import Table
from tests.gatherings.helpers import AFTERWARDS, EVENING, NOON, address, mark, plan
from tests.rooms.helpers import browser, open_first_door, wrote


def test_a_name_can_be_changed_also_where_nobody_has_said_what_it_is_about(table: Table) -> None:
    change, page = reverse("process-purpose", args=[table.process.slug]), f"/s/{table.process.slug}/"
    for purpose in ("", "Hva er en god bolig?"):
        describe(
            process=table.process, name=table.process.name, purpose=purpose, actor=table.actor("coordinator")
        )
        assert change in browser(table, "coordinator").get(page).content.decode()
        assert change not in browser(table, "employee").get(page).content.decode()


def test_whoever_arranges_is_not_told_to_wait_for_the_host(table: Table) -> None:
    for name in ("host", "coordinator"):
        shown = browser(table, name).get("/").content.decode()
        assert "Ingen samling er avtalt med deg ennå." in shown
        assert "Når verten har funnet en dag" not in shown
        assert f'href="{reverse("gatherings", args=[table.process.slug])}"' in shown
    assert "Når verten har funnet en dag" in browser(table, "citizen").get("/").content.decode()


def test_new_cards_stand_together_for_the_host_and_the_answer_leads_home(table: Table) -> None:
    """Twelve new cards would keep the next meal off the first page for a fortnight."""
    host = browser(table, "host")
    for name, together in (("citizen", False), ("citizen-2", True)):
        (printed,) = cards.issue_cards(people=[table.people[name]], actor=table.actor("coordinator"))
        citizen = Client()
        citizen.post(reverse("sign-in-card"), {"code": printed.code})
        citizen.post(reverse("sign-in-pin"), {"pin": "5938", "again": "5938"})
        page = host.get("/").content.decode()
        assert ("nye kort er tatt i bruk." in page) is together
    assert page.count('<section class="ds-card card" data-tone="wait">') == 1
    assert "Et nytt kort er tatt i bruk for Amina" in page  # in the fold, each with a way to stop it
    assert page.count("Stopp kortet") == 2
    (shown,) = cards.new_cards_for(table.actor("citizen-2"))
    answer = citizen.post(reverse("card-answer", args=[shown.id]), {"answer": "yes"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Takk. Da vet vi det." in answer.content.decode()


def test_minutes_on_paper_have_a_day_that_is_as_true_tomorrow(table: Table) -> None:
    with clock.frozen(NOON):
        gathering = plan(table)
    with clock.frozen(AFTERWARDS + timedelta(minutes=1)):
        mark(table, gathering, "citizen")
        minutes.publish(actor=table.actor("host"), gathering=gathering, text="Vi spiste sammen.")
        page = browser(table, "host").get(address(table, gathering, "referat/")).content.decode()
    assert "I dag klokka 17 til 19" in page
    assert f"Torsdag {EVENING.day}. mars 2026 klokka 17 til 19" in page.partition('class="print-only"')[2]


def test_what_opens_a_piece_is_read_aloud_with_whose_it_is(table: Table) -> None:
    """Also where it is one's own, or the group's: «det Du skrev» and «det Gruppa skrev» were no sentences."""
    wrote(table, "citizen", "peer", "en symaskin")
    room = reverse("room", args=[table.process.slug, table.rooms["peer"].pk])
    for name, whose in (("host", "Amina"), ("citizen", "Du")):
        page = browser(table, name).get(room).content.decode()
        assert f'Åpne<span class="ds-sr-only"> bidraget: {whose}</span>' in page


def test_a_closed_door_says_so_before_anybody_fills_in_a_form(table: Table) -> None:
    page = reverse("gathering-new", args=[table.process.slug, table.rooms["joint"].pk])
    for name in ("coordinator", "host"):
        shown = browser(table, name).get(page).content.decode()
        assert "Innbyggerne sier fra når de vil møte alle." in shown
        assert 'name="place"' not in shown
        assert "Du venter på at gruppa" not in shown
    open_first_door(table)
    assert 'name="place"' in browser(table, "host").get(page).content.decode()
    door = reverse("door", args=[table.process.slug, table.rooms["peer"].pk])
    assert "Si fra til dem som skulle komme." in browser(table, "host").get(door).content.decode()
