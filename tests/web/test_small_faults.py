"""Things people stumbled over: each page says where one is, what a button does, and everybody once."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from langbord.base import clock
from langbord.rooms import actions
from langbord.rooms.enums import PieceKind
from langbord.web.templatetags import ui
from tests.cast import Table
from tests.followup.helpers import said
from tests.gatherings.helpers import plan
from tests.rooms.helpers import address, browser, open_first_door, wrote
from tests.web.helpers import html


def test_gatherings_lead_back_to_the_process(table: Table) -> None:
    page = browser(table, "citizen").get(f"/s/{table.process.slug}/samlinger/").content.decode()
    assert f'<p class="back"><a href="/s/{table.process.slug}/">{table.process.name}</a>' in page


def test_the_exchange_form_is_found_from_the_top_and_its_faults_are_told_there(table: Table) -> None:
    path, client = address(table, "peer", "bytte/"), browser(table, "citizen")
    assert "#skriv" not in client.get(path).content.decode()  # nothing in the way of it yet
    wrote(table, "citizen", "peer", "en symaskin", PieceKind.GIVE)
    page = client.get(path).content.decode()
    assert page.index('href="#skriv"') < page.index("en symaskin") < page.index('id="skriv"')
    wrong = client.post(path, {"once": str(uuid4()), "kind": "give", "text": ""})
    assert wrong.status_code == 422
    body = wrong.content.decode()
    assert body.index("ds-error-summary") < body.index("en symaskin")


def test_what_somebody_needs_is_not_buried_under_what_others_give(table: Table) -> None:
    path, client = address(table, "peer", "bytte/"), browser(table, "citizen")
    assert 'href="#trenger"' not in html(client.get(path)), "a short list needs no jumps"
    for number in range(4):
        wrote(table, "citizen", "peer", f"symaskin {number}", PieceKind.GIVE)
    page = html(client.get(path))
    for name in ("gi", "trenger", "tips"):
        assert page.index(f'href="#{name}"') < page.index('id="gi"')
        assert page.count(f'id="{name}"') == 1


def test_everybody_is_once_on_the_page_for_cards(table: Table) -> None:
    page = browser(table, "host").get(f"/s/{table.process.slug}/kort/").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    assert main.count("Amina") == 1
    assert "Amina – har ikke kort" in main


def test_each_button_says_with_whom_it_shares(table: Table) -> None:
    open_first_door(table)
    draft = actions.save_draft(
        actor=table.actor("citizen"), process_id=table.process.pk, kind=PieceKind.STORY, text="min"
    )
    page = browser(table, "citizen").get(reverse("draft", args=[draft.pk])).content.decode()
    buttons = [" ".join(words.split()) for words in re.findall(r"<button[^>]*>(.*?)</button>", page, re.S)]
    shared = [re.sub(r"<[^>]+>", "", words).strip() for words in buttons if "Del " in words]
    assert len(shared) == len(set(shared)) >= 2
    assert f"Del i {table.rooms['peer'].name}" in shared
    assert "Del med alle rundt bordet" in shared


def test_old_gatherings_nobody_wrote_down_do_not_push_the_next_one_away(table: Table) -> None:
    """A host of a group that meets each week finds the latest two first, the others one tap away."""
    for week in range(1, 6):
        starts = clock.now() - timedelta(days=7 * week)
        with clock.frozen(starts - timedelta(days=1)):
            plan(table, starts_at=starts, ends_at=starts + timedelta(hours=2))
    page = html(browser(table, "host").get("/"))
    section = page.partition('aria-labelledby="etterpa"')[2].partition("</section>")[0]
    first, _more, rest = section.partition("<details")
    assert (first.count("/etterpa/"), rest.count("/etterpa/")) == (2, 3)


def test_the_coordinator_finds_all_that_nobody_answers(table: Table) -> None:
    for number in range(5):
        said(table, text=f"Innspill {number}")
    page = html(browser(table, "coordinator").get("/"))
    section = page.partition('aria-labelledby="ingen-svarer"')[2].partition("</section>")[0]
    first, _more, rest = section.partition("<details")
    assert (first.count("<article"), rest.count("<article")) == (3, 2)


def test_what_we_eat_begins_as_a_sentence() -> None:
    assert ui.sentence("fiskesuppe") == "Fiskesuppe."
    assert ui.sentence(" ") == ""
