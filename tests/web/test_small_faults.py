"""Things people stumbled over: each page says where one is, what a button does, and everybody once."""

from __future__ import annotations

import re
from uuid import uuid4

from django.urls import reverse

from langbord.rooms import actions
from langbord.rooms.enums import PieceKind
from tests.cast import Table
from tests.rooms.helpers import address, browser, open_first_door, wrote


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
