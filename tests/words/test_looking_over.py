"""«Se over språket» on the forms of the service: what was typed stays, nothing is saved; and never for citizens."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

import langbord
from langbord.base import clock
from langbord.followup.models import Case
from langbord.gatherings.models import Gathering, Minutes
from langbord.library import looking
from langbord.rooms.models import Piece
from tests.cast import TEST, Table
from tests.followup.helpers import said, taken
from tests.gatherings.helpers import AFTERWARDS, NOON, address, form, once
from tests.gatherings.helpers import plan as laid_plan
from tests.signin import signed_in

SRC = Path(langbord.__file__).parent
HEAVY = "Vi skal kartlegge behovet."


def html(response: Any) -> str:
    return str(response.content.decode())


def pieces() -> int:
    return Piece.objects.unrestricted(TEST).count()


def kept(page: str, name: str) -> str:
    """What stands in a field of the page."""
    box = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    if box:
        return box.group(1).strip()
    field = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    return field.group(1) if field else ""


def at(name: str, table: Table, case: Case) -> str:
    return reverse(name, kwargs={"process": table.process.slug, "case": case.pk})


@pytest.mark.parametrize("route", ["case-answer", "case-use", "case-came-back"])
def test_on_the_board(table: Table, route: str) -> None:
    case, key = taken(table), once()
    client, before = signed_in(table.people["employee"]), pieces()
    assert "look_over" in html(client.get(at(route, table, case)))
    field = "reason" if route == "case-answer" else "text"
    sent = {"once": key, "kind": "not_now", field: HEAVY, "sent_to": "Husbanken", "look_over": "1"}
    answer = client.post(at(route, table, case), sent)
    shown = html(answer)
    assert answer.status_code == 200
    assert "<mark>kartlegge</mark>" in shown
    assert "finne ut" in shown
    assert kept(shown, field) == HEAVY
    assert kept(shown, "once") == key, "the same key: a later click makes one thing"
    if route == "case-answer":
        assert re.search(r'value="not_now"[^>]*checked', shown)
        assert kept(shown, "sent_to") == "Husbanken"
    assert pieces() == before


def test_an_unfinished_form_can_be_looked_over(table: Table) -> None:
    answer = signed_in(table.people["employee"]).post(
        at("case-answer", table, taken(table)), {"once": once(), "reason": HEAVY, "look_over": "1"}
    )
    assert answer.status_code == 200
    assert "Feil:" not in html(answer)
    assert "<mark>kartlegge</mark>" in html(answer)


def test_nothing_typed_yet(table: Table) -> None:
    answer = signed_in(table.people["employee"]).post(
        at("case-answer", table, taken(table)), {"once": once(), "look_over": "1"}
    )
    assert "Det er ingen tekst å se på ennå." in html(answer)


def test_a_comment_is_nobodys_to_correct(table: Table) -> None:
    case = said(table)
    for who in ("citizen", "employee", "host"):
        client, before = signed_in(table.people[who]), pieces()
        assert "look_over" not in html(client.get(at("case-comment", table, case)))
        sent = {"once": once(), "text": HEAVY, "look_over": "1"}
        assert client.post(at("case-comment", table, case), sent).status_code == 404
        assert pieces() == before


def test_a_citizen_who_answers_has_no_such_button(table: Table) -> None:
    case = taken(table, "citizen")
    client = signed_in(table.people["citizen"])
    page = client.get(at("case-answer", table, case))
    assert page.status_code == 200, "citizens answer too"
    assert "look_over" not in html(page)
    sent = {"once": once(), "kind": "do", "reason": HEAVY, "look_over": "1"}
    assert client.post(at("case-answer", table, case), sent).status_code == 404


def test_minutes(table: Table) -> None:
    with clock.frozen(NOON) as stopped:
        made = laid_plan(table)
        stopped.move_to(AFTERWARDS)
        client, before = signed_in(table.people["host"]), pieces()
        where = address(table, made, "referat/endre/")
        assert "look_over" in html(client.get(where))
        shown = html(client.post(where, {"once": once(), "text": HEAVY, "look_over": "1"}))
        assert "<mark>kartlegge</mark>" in shown
        assert kept(shown, "text") == HEAVY
        assert pieces() == before
        assert not Minutes.objects.unrestricted(TEST).exists()


def test_a_gathering(table: Table) -> None:
    with clock.frozen(NOON):
        client = signed_in(table.people["host"])
        where = reverse(
            "gathering-new", kwargs={"process": table.process.slug, "room": table.room("peer").pk}
        )
        assert "look_over" in html(client.get(where))
        sent = form(practical=HEAVY, place="", look_over="1", once=once())
        shown = html(client.post(where, sent))
        assert "<mark>kartlegge</mark>" in shown
        assert kept(shown, "practical") == HEAVY
        assert kept(shown, "date") == "2026-03-12"
        assert not Gathering.objects.unrestricted(TEST).exists()


def test_who_may(table: Table) -> None:
    may = {
        name
        for name in table.cast
        if any(looking.may_look(table.actor(name), p.pk) for p in (table.process, table.other))
    }
    assert not may & {
        "citizen",
        "citizen-2",
        "citizen-3",
        "citizen-other-group",
        "citizen-other-process",
        "paid",
    }
    assert not may & {"anonymous", "outsider", "withdrawn", "operator", "researcher"}
    assert {"employee", "partner", "coordinator", "leader", "host", "daily-leader"} <= may


# -- never for what citizens write

LOOKS = {
    "gatherings/minutes.py": "minutes are written by hosts",
    "gatherings/views.py": "what a gathering is about, written by whoever arranges it",
    "gatherings/views_after.py": "minutes are written by hosts",
    "followup/views.py": "answers of the service; not comments",
    "library/looking.py": "the button itself",
    "library/views_words.py": "the page that anybody may paste a text into",
    "stories/wordlist.py": "office words in the service's own texts, suggested to the group",
}
"""Who asks for advice on language, and on whose words. A new one needs a thought: is it ever a citizen's?"""
WRITES_FOR_THE_SERVICE = ("inviting/", "library/")
"""Apps whose letters and content only the service writes."""

SHOWS = {
    "words/check.html",
    "gatherings/minutes_edit.html",
    "gatherings/plan.html",
    "followup/answer.html",
    "followup/words.html",
}
ADVICE = (
    "langbord.words.advice",
    "langbord.words.checking",
    "langbord.words.hints",
    "langbord.library.looking",
)


def asks_for_advice(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            names |= {
                f"langbord.library.{alias.name}"
                for alias in node.names
                if node.level and "library" in str(path)
            }
        elif isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        else:
            continue
        if any(name == advice or name.startswith(f"{advice}.") for name in names for advice in ADVICE):
            return True
    return False


def test_nobody_else_asks_for_advice() -> None:
    found = {
        str(path.relative_to(SRC)).replace("\\", "/")
        for path in SRC.rglob("*.py")
        if not path.is_relative_to(SRC / "words") and asks_for_advice(path)
    }
    assert {name for name in found if not name.startswith(WRITES_FOR_THE_SERVICE)} <= set(LOOKS)


def test_no_page_for_citizens_shows_the_button() -> None:
    templates = SRC / "templates"
    found = {
        str(path.relative_to(templates)).replace("\\", "/")
        for path in templates.rglob("*.html")
        if path.parent.name != "words" and "words/_check" in path.read_text(encoding="utf-8")
    }
    assert {name for name in found if not name.startswith("inviting/")} <= SHOWS
    assert not any(name.startswith(("stories/", "rooms/", "inputs/", "home/", "consent/")) for name in found)


@pytest.mark.parametrize("where", ["/fortell/", "{room}", "{room}bytte/", "{room}regler/", "{room}ord/"])
def test_where_citizens_write(table: Table, where: str) -> None:
    room = f"/s/{table.process.slug}/rom/{table.room('peer').pk}/"
    for who in ("citizen", "host"):
        page = signed_in(table.people[who]).get(where.format(room=room))
        assert page.status_code == 200
        assert "look_over" not in html(page)
        assert "word-check" not in html(page).replace('href="/bibliotek/ord/sjekk/"', "")
